"""Searching in what a group asked, answered and agreed: each word by its beginning, case and accents folded.

A group has few of these, so they are folded here and not in the database: SQLite and PostgreSQL fold in two ways.
"""

import re
import unicodedata
from dataclasses import dataclass

from groups.models import Membership, NetworkGroup
from meetings.models import Agreement

from .journeys import Journey, agreements_of, group_journeys

MOST_WORDS = 12
"""Of what is asked; nobody looks for more, and a pasted page must not hold up the portal."""

_WORD = re.compile(r"\w+")
_ONE_LETTER = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""What Unicode takes for a letter of its own, and who types it on a Dutch keyboard leaves the stroke out of."""


def words_in(text: str) -> list[str]:
    """The words of a text, as they are compared: "Ruzië-tjes" is "ruzie" and "tjes"."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return _WORD.findall(folded.casefold().translate(_ONE_LETTER))


def is_found(asked: list[str], *texts: str) -> bool:
    """Every word that is asked begins a word of the texts."""
    words = {word for text in texts for word in words_in(text)}
    return all(any(word.startswith(start) for word in words) for start in asked)


@dataclass(frozen=True)
class Found:
    """What was found; `is_asked` says whether anything was asked at all."""

    is_asked: bool
    journeys: list[Journey]
    agreements: list[Agreement]

    @property
    def count(self) -> int:
        return len(self.journeys) + len(self.agreements)


def search(group: NetworkGroup, reader: Membership | None, asked: str) -> Found:
    """In a fixed number of queries, and in none when nothing is asked."""
    wanted = words_in(asked)[:MOST_WORDS]
    if not wanted:
        return Found(False, [], [])
    journeys = [one for one in group_journeys(group, reader) if is_found(wanted, *_texts_of(one))]
    agreements = [
        one for one in agreements_of(group) if is_found(wanted, one.text, one.owner.name if one.owner else "")
    ]
    return Found(True, journeys, agreements)


def _texts_of(journey: Journey) -> list[str]:
    tried = journey.tried
    texts = [text for strip in journey.strips for text in (strip.text, strip.situation, strip.answer, strip.reason)]
    texts += [text for answer in journey.written_answers for text in (answer.text, answer.writer)]
    texts += journey.answers
    return [*texts, journey.question.author.name, journey.question.meeting.title, tried.happened if tried else ""]
