"""A reader of calendars by RFC 5545, and by nothing of the library that writes ours."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Item:
    """A VEVENT: its properties by name, without their parameters."""

    facts: dict[str, str]

    @property
    def starts_at(self) -> datetime:
        return datetime.strptime(self.facts["DTSTART"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@dataclass(frozen=True)
class Calendar:
    facts: dict[str, str]
    items: list[Item]


def read(content: bytes) -> Calendar:
    """Raises AssertionError where it is no calendar: lines end in CRLF, none is over 75 octets, blocks are closed."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    calendar = Calendar({}, [])
    open_blocks: list[tuple[str, dict[str, str]]] = []
    for line in content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        name, value = _parts(line)
        if name == "BEGIN":
            open_blocks.append((value, calendar.facts if value == "VCALENDAR" else {}))
        elif name == "END":
            kind, facts = open_blocks.pop()
            assert kind == value
            if kind == "VEVENT":
                assert {"UID", "DTSTAMP", "DTSTART"} <= facts.keys()
                calendar.items.append(Item(facts))
        else:
            facts = open_blocks[-1][1]
            assert name not in facts, name
            facts[name] = value
    assert open_blocks == []
    assert {"VERSION", "PRODID"} <= calendar.facts.keys()
    return calendar


def _parts(line: str) -> tuple[str, str]:
    """Name and value; a colon inside quotes belongs to a parameter."""
    quoted = False
    for at, letter in enumerate(line):
        quoted ^= letter == '"'
        if letter == ":" and not quoted:
            value = line[at + 1 :]
            for escaped, meant in ((r"\,", ","), (r"\;", ";"), (r"\n", "\n"), (r"\\", "\\")):
                value = value.replace(escaped, meant)
            return line[:at].split(";")[0].upper(), value
    raise AssertionError(line)
