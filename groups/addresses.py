"""E-mail addresses as people paste them: out of Outlook, out of a sheet, or typed one below the other."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

LONGEST_EMAIL = 254
LONGEST_NAME = 80
_is_email = EmailValidator()
_between_people = re.compile(r"[;\r\n\t]+")
_named = re.compile(r"([^<>]*)<([^<>]*)>")
_quotes = " \"'“”‘’"


@dataclass(frozen=True)
class Address:
    """One person: an address in small letters, and the name where the paste had one."""

    email: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


@dataclass(frozen=True)
class Pasted:
    """Every address once, in the order of the paste, and the pieces that are no address."""

    people: list[Address]
    bad: list[str]


def read_addresses(text: str) -> Pasted:
    """Reads `Naam <a@b.nl>; c@d.nl, "Bos, Karin" <k@b.nl>` and the like. It never raises."""
    people: dict[str, Address] = {}
    bad: list[str] = []
    for name, email in _pieces(text):
        if not _is_valid(email):
            bad.append(email if not name else f"{name} <{email}>")
        elif email not in people or not people[email].name:
            people[email] = Address(email, _readable(name))
    return Pasted(list(people.values()), list(dict.fromkeys(bad)))


def _pieces(text: str) -> list[tuple[str, str]]:
    """(name, address) for each piece; what has no address at all stands in the address's place."""
    found: list[tuple[str, str]] = []
    for part in _between_people.split(text):
        rest = part
        while match := _named.search(rest):
            # Outlook writes "Bos, Karin <k@b.nl>": a comma before the bracket belongs to the name, unless an address
            # without brackets stands before it.
            words = match[1].split(",")
            after = next((index + 1 for index in reversed(range(len(words))) if "@" in words[index]), 0)
            found += _plain(",".join(words[:after]))
            found.append((",".join(words[after:]), match[2]))
            rest = rest[match.end() :]
        found += _plain(rest)
    return [(name.strip(_quotes + ","), _bare(email)) for name, email in found if name.strip(" ,") or email.strip(" ,")]


def _plain(text: str) -> list[tuple[str, str]]:
    """Addresses without brackets, between commas or spaces; words before an address are its name."""
    found: list[tuple[str, str]] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name: list[str] = []
        for word in part.split():
            if "@" in word:
                found.append((" ".join(name), word))
                name = []
            else:
                name.append(word)
        if name:
            found.append(("", " ".join(name)))
    return found


def _bare(email: str) -> str:
    return email.strip(_quotes + "()[],.").removeprefix("mailto:").lower()


def _is_valid(email: str) -> bool:
    try:
        _is_email(email)
    except ValidationError:
        # Django's validator has no other way to say no.
        return False
    return len(email) <= LONGEST_EMAIL


def _readable(name: str) -> str:
    """ "Bos, Karin" as Karin Bos."""
    family, comma, given = name.partition(",")
    return " ".join(f"{given} {family}".split() if comma else name.split())[:LONGEST_NAME]
