"""What Afronden shows: each question of the meeting once, with what is open first."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from .board import Block, blocks_of
from .models import Leervraag, Meetlat
from .pages import MeetlatPage


@dataclass(frozen=True)
class Finishing:
    """Its rows are blocks: what gets one outcome together."""

    page: MeetlatPage
    opened: frozenset[UUID] = frozenset()
    """The questions whose form the reader has open, each the first of its row."""
    places: bool = False
    """The reader may give another place to what got one by itself."""

    @cached_property
    def open(self) -> list[Block]:
        """A group is one row until its outcomes differ: then each of its open questions has one."""
        rows = []
        for block in blocks_of(self.page.leervragen):
            still_open = [strip for strip in block.strips if strip.is_open]
            if len(still_open) == len(block.strips):
                rows.append(block)
            else:
                rows += [Block([strip]) for strip in still_open]
        return rows

    @cached_property
    def to_place(self) -> list[Block]:
        """What got its place by itself, or lies on P without saying where it goes."""
        return [Block([strip]) for strip in self.page.to_place] if self.places else []

    @cached_property
    def ended_blocks(self) -> list[Block]:
        """The rest, with what was answered as one."""
        shown = {row.first.pk for row in self.to_place}
        return blocks_of(strip for strip in self.page.ended if strip.pk not in shown)

    @property
    def may_change(self) -> bool:
        """What was ended can get another outcome here."""
        return self.places or not self.page.is_held

    @property
    def query(self) -> str:
        """What the live part of the page is asked with, to keep its forms open; nothing while none is."""
        if self.page.step != Meetlat.Step.FINISHING or not self.opened:
            return ""
        return f"{self.opens}{','.join(sorted(str(key) for key in self.opened))}"

    @property
    def opens(self) -> str:
        """What an address ends on to open a form, before the key of its question."""
        return f"{Meetlat.Step.FINISHING.query}&open="

    @property
    def closes(self) -> str:
        """What an address ends on to have none open: where the group is, one goes along with it again."""
        return "?" if self.page.step == self.page.meetlat.step else Meetlat.Step.FINISHING.query

    def after(self, leervraag: Leervraag, *, together: bool) -> Leervraag:
        """Where its reader goes on once this question got its outcome: the next that is open, else where it stands."""
        row = next((row for row in self.open if leervraag in row), Block([leervraag]))
        ends = row.strips if together else [leervraag]
        strips = [strip for row in self.open for strip in row.strips]
        at = strips.index(leervraag) if leervraag in strips else len(strips)
        return next((strip for strip in strips[at:] + strips[:at] if strip not in ends), leervraag)
