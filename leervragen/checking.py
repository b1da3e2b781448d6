"""What Controleren shows: the questions of today to choose from, and which of them may be about the same."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from .board import Block
from .models import Leervraag
from .overlaps import SEEN_AT_A_GLANCE, Overlap, likely_overlaps
from .pages import MeetlatPage
from .searching import MOST_WORDS, is_found, words_in

State = Leervraag.State


@dataclass(frozen=True)
class Checking:
    """`words` filters: each begins a word of the question, or of its asker's name."""

    page: MeetlatPage
    words: str = ""

    @cached_property
    def blocks(self) -> list[Block]:
        wanted = words_in(self.words)[:MOST_WORDS]
        return [block for block in self.page.today if is_found(wanted, *_texts_of(block))]

    @property
    def query(self) -> str:
        """What the live part of the page is asked with, to stay what it shows; nothing where the group is."""
        page = self.page
        if page.step == page.meetlat.step and not self.words:
            return ""
        return page.step.query + (f"&{urlencode({'words': self.words})}" if self.words else "")

    @property
    def has_many(self) -> bool:
        """More than one sees at a glance."""
        return len(self.page.today) > SEEN_AT_A_GLANCE

    @property
    def has_unlaid(self) -> bool:
        return any(block.first.state == State.TRAY for block in self.blocks)


@dataclass(frozen=True)
class Alike:
    """Two questions that do not lie together yet, and the words that they share."""

    first: Leervraag
    second: Leervraag
    words: tuple[str, ...]

    @property
    def both(self) -> tuple[Leervraag, Leervraag]:
        return self.first, self.second

    @property
    def is_laid(self) -> bool:
        """One of the two lies on a number: the other comes beside it."""
        return State.LAID in (self.first.state, self.second.state)


def alike_on(page: MeetlatPage) -> list[Alike]:
    """Of the questions of today that are still open."""
    strips = {strip.pk: strip for block in page.today for strip in block.strips if strip.is_open}
    meeting = page.meeting
    theme = f"{meeting.topic.title if meeting.topic else ''} {meeting.group.theme}"
    texts = [(key, strip.text) for key, strip in strips.items()]
    found: list[Overlap[UUID]] = likely_overlaps(texts, theme=theme)
    pairs = [Alike(strips[one.first], strips[one.second], one.words) for one in found]
    return [pair for pair in pairs if not _lie_together(pair)]


def _lie_together(pair: Alike) -> bool:
    return pair.first.strip_group_id is not None and pair.first.strip_group_id == pair.second.strip_group_id


def _texts_of(block: Block) -> list[str]:
    return [text for strip in block.strips for text in (strip.text, strip.author.user.name)]
