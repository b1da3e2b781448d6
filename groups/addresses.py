"""E-mail addresses as people paste them: out of a mail, out of a sheet, or typed one below the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from netwerkleren.base.text import only_seen, plain

LONGEST_EMAIL = 254
LONGEST_NAME = 80
_is_email = EmailValidator()
_quotes = " \"'“”„‘’`´"
_quoted = re.compile(r"[\"“”„]([^\"“”„<>]*)[\"“”„]\s*<([^<>]*)>")
_named = re.compile(r"([^<>]*)<([^<>]*)>")
_columns = re.compile(r"[\t|]")
_bullet = re.compile(r"\s*(?:\(?\d{1,3}[.)](?=\s|$)|\d{1,3}\)|[a-z]\)|o(?=\s)|[-–—*•·▪◦‣●○■□☐☑✓>]+)\s*")
_label = re.compile(r"\s*([^@<>:;,\t\"“„(\[]{1,30})(?<!mailto):(?!//)\s*")
_about_a_mail = {"onderwerp", "subject", "verzonden", "sent", "datum", "date", "bijlage", "bijlagen", "attachments"}
"""What a copied head of a mail says, of which no line names a person."""
_marks = re.compile(r"[!-/:-@\[-`{-~–—•·…“”„‘’´]+")
_telephone = re.compile(r"\+?\d[\d\s()./-]{5,}\d")
_row_number = re.compile(r"\d{1,3}(?=\s|$)")
_joins = {"en", "of", "and", "or", "via", "namens"}

_name_columns = {"voornaam": 0, "roepnaam": 0, "first name": 0, "tussenvoegsel": 1, "achternaam": 2, "last name": 2}
_name_columns |= dict.fromkeys(
    ["naam", "name", "volledige naam", "deelnemer", "deelnemers", "weergavenaam", "display name"], 2
)
"""Heads of columns that hold a name, each with its place in it."""
_email_columns = {
    "e-mail",
    "email",
    "mail",
    "e-mailadres",
    "emailadres",
    "mailadres",
    "e-mail address",
    "email address",
}

Found = Iterator[tuple[str, str]]
"""(name, address) of each piece; what has no address at all stands in the address's place."""


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
    """Reads `Naam <a@b.nl>; c@d.nl, "Bos, Karin" <k@b.nl>`, rows of a sheet, and the like. It never raises."""
    people: dict[str, Address] = {}
    bad: list[str] = []
    for name, address in _pieces(text):
        email, named = _bare(address), _readable(name)
        if not named and not _readable(email):
            continue
        if not _is_valid(email):
            bad.append(f"{named} <{email}>" if named else email)
        elif email not in people or not people[email].name:
            people[email] = Address(email, named if len(named) <= LONGEST_NAME else "")
    return Pasted(list(people.values()), list(dict.fromkeys(bad)))


def _pieces(text: str) -> Found:
    lines = _paired([line for line in (_seen(line) for line in plain(text).split("\n")) if line.strip()])
    mark = _mark_of_sheet(lines)
    head: list[str] = []
    for line in lines:
        cells = [cell.strip(_quotes) for cell in (line.split(mark) if mark else _columns.split(line))]
        if _is_head(cells):
            head = [cell.lower() for cell in cells]
        elif len(cells) > 1:
            yield from _row(cells, head)
        else:
            yield from _line(line)


def _seen(line: str) -> str:
    """The line without what nobody sees in it; a tab stays, for it stands between two columns."""
    return "\t".join(only_seen(cell) for cell in line.split("\t")).rstrip("\t ")


def _paired(lines: list[str]) -> list[str]:
    """As it is, or with each name before the address on the line below it where all of it is written so."""
    names, emails = lines[::2], lines[1::2]
    if len(names) != len(emails) or any("@" in name or not _is_name(name) or _is_head([name]) for name in names):
        return lines
    if any(email.count("@") != 1 or " " in email.strip() or "\t" in email for email in emails):
        return lines
    return [f"{name} {email}" for name, email in zip(names, emails, strict=True)]


def _mark_of_sheet(lines: list[str]) -> str:
    """What stands between the columns where this is a sheet that was saved as text; else nothing.

    Then every line has as many of them, and one person: a list of people has them anywhere.
    """
    for mark in ";,":
        counts = {line.rstrip(mark + " ").count(mark) for line in lines}
        people = sum("@" in line for line in lines)
        if any("<" in line or "\t" in line or line.count("@") > 1 for line in lines):
            continue
        if len(counts) == 1 and counts != {0} and (people > 1 or _is_head(lines[0].split(mark))):
            return mark
    return ""


def _is_head(cells: list[str]) -> bool:
    """The first row of a sheet, which says what its columns are."""
    words = {cell.strip(_quotes).lower() for cell in cells} - {""}
    is_named = bool(words & _email_columns) or (bool(words) and words <= set(_name_columns))
    return is_named and not any("@" in cell for cell in cells)


def _row(cells: list[str], head: list[str]) -> Found:
    """A row of a sheet: its address, and the name that stands in the columns before it, or else behind it."""
    at = [index for index, cell in enumerate(cells) if "@" in cell]
    if len(at) > 1:
        # People beside each other, each with the name before it, or behind it where the row begins with an address.
        starts = [0, *(index + 1 for index in at[:-1])] if at[0] else at
        for start, end in zip(starts, [*starts[1:], len(cells)], strict=True):
            yield from _line(" ".join(cells[start:end]))
        return
    if not at:
        yield "", " ".join(_without_marks(cell) for cell in cells if _is_name(cell))
        return
    named = [(_name_columns[word], cell) for word, cell in zip(head, cells, strict=False) if word in _name_columns]
    before, behind = cells[: at[0]], cells[at[0] + 1 :]
    beside = [cell for cell in before if _is_name(cell)] or [cell for cell in behind if _is_name(cell)]
    words = [cell for _place, cell in sorted(named, key=lambda one: one[0])] if named else beside
    for name, email in _line(cells[at[0]]):
        if email.strip():
            yield name or " ".join(_without_marks(word) for word in words), email


def _line(line: str) -> Found:
    rest = _without_marks(line)
    if not rest:
        return
    at = 0
    for match in _quoted.finditer(rest):
        yield from _unquoted(rest[at : match.start()])
        yield match[1], match[2]
        at = match.end()
    yield from _unquoted(rest[at:])


def _without_marks(line: str) -> str:
    """Without the number, the bullet and the "Van:" before it; of a mail's own head nothing."""
    while match := _bullet.match(line):
        line = line[match.end() :]
    while match := _label.match(line):
        if match[1].strip().lower() in _about_a_mail:
            return ""
        line = line[match.end() :]
    return line


def _unquoted(text: str) -> Found:
    for part in text.split(";"):
        rest = part
        while "<" in rest and (match := _named.search(rest)):
            # Outlook writes "Bos, Karin <k@b.nl>": a comma before the bracket belongs to the name, unless an address
            # without brackets stands before it.
            words = match[1].split(",")
            after = next((index + 1 for index in reversed(range(len(words))) if "@" in words[index]), 0)
            yield from _plain(",".join(words[:after]))
            yield ",".join(words[after:]), match[2]
            rest = rest[match.end() :]
        yield from _plain(rest)


def _plain(text: str) -> Found:
    """Addresses without brackets, between commas or spaces; words before an address are its name, or else behind it."""
    for part in text.split(","):
        words = _without_marks(part).split()
        at = [index for index, word in enumerate(words) if "@" in word]
        if not at:
            yield "", " ".join(words)
        elif len(at) == 1 and not _readable(" ".join(words[: at[0]])):
            yield " ".join(words[at[0] + 1 :]).strip("()"), words[at[0]]
        else:
            for start, index in zip([0, *(index + 1 for index in at)], at, strict=False):
                yield " ".join(words[start:index]), words[index]
            if behind := _readable(" ".join(words[at[-1] + 1 :])):
                yield "", behind


def _bare(email: str) -> str:
    address = email.strip(_quotes + "()[]<>,.:").lower()
    address = address.removeprefix("mailto:").partition("?")[0]
    return address[match.end() :] if (match := _bullet.match(address)) else address


def _is_valid(email: str) -> bool:
    try:
        _is_email(email)
    except ValidationError:
        # Django's validator has no other way to say no.
        return False
    return len(email) <= LONGEST_EMAIL


def _is_name(cell: str) -> bool:
    """Not a number of a row, of a telephone, or of a class."""
    bare = _without_marks(cell)
    return any(letter.isalpha() for letter in bare) and not any(letter.isdigit() for letter in bare)


def _readable(name: str) -> str:
    """ "Bos, Karin" as Karin Bos; without what stood between two people."""
    bare = _without_marks(name).strip(_quotes + ",")
    family, comma, given = bare.partition(",")
    whole = _telephone.sub(" ", f"{given} {family}" if comma else bare).strip()
    if number := _row_number.match(whole):
        whole = whole[number.end() :]
    words = [word for word in whole.split() if not _marks.fullmatch(word)]
    while words and words[0].lower() in _joins:
        words = words[1:]
    while words and words[-1].lower() in _joins:
        words = words[:-1]
    return " ".join(words)
