"""The meetlat in memory: which strips lie on which number, in which order; a group of strips is one block.

It knows no database: `services.boards` reads it, changes it and writes back what changed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from netwerkleren.base.conflicts import version_of

from .models import NUMBERS, Leervraag, StripGroup


@dataclass(eq=False)
class Block:
    """One strip, or the strips of one group: they lie together, move together, and are answered as one."""

    strips: list[Leervraag]

    @property
    def group(self) -> StripGroup | None:
        return self.strips[0].strip_group

    @property
    def group_id(self) -> UUID | None:
        return self.strips[0].strip_group_id

    @property
    def first(self) -> Leervraag:
        return self.strips[0]

    @property
    def is_open(self) -> bool:
        """Some question of it has no outcome yet."""
        return any(strip.is_open for strip in self.strips)

    @property
    def answer(self) -> str:
        """What was written with its questions; strips that were answered before they were grouped may differ."""
        return "\n\n".join(dict.fromkeys(strip.answer for strip in self.strips if strip.answer))

    @property
    def version(self) -> str:
        """What a writer of the answer starts from."""
        return version_of(self.answer)

    def __contains__(self, strip: Leervraag) -> bool:
        return strip in self.strips


def blocks_of(strips: Iterable[Leervraag]) -> list[Block]:
    """Strips in their order, with neighbours of one group joined."""
    blocks: list[Block] = []
    for strip in strips:
        if blocks and strip.strip_group_id is not None and blocks[-1].group_id == strip.strip_group_id:
            blocks[-1].strips.append(strip)
        else:
            blocks.append(Block([strip]))
    return blocks


def blocks_for_today(leervragen: Iterable[Leervraag]) -> list[Block]:
    """What the group answers, least complex first; then what was not laid, for a meetlat may be skipped."""
    today = [leervraag for leervraag in leervragen if not leervraag.not_today]
    laid = [leervraag for leervraag in today if leervraag.state == Leervraag.State.LAID]
    return blocks_of(laid + [leervraag for leervraag in today if leervraag.state == Leervraag.State.TRAY])


class Board:
    """The laid strips of one meeting. Iterating gives (number, its blocks), 1 to 10, empty numbers too."""

    def __init__(self, strips: Iterable[Leervraag]) -> None:
        laid = [strip for strip in strips if strip.state == Leervraag.State.LAID]
        laid.sort(key=lambda strip: (strip.number, strip.rank))
        self._found = {strip.pk: _place(strip) for strip in laid}
        self._rungs = {number: blocks_of(s for s in laid if s.number == number) for number in NUMBERS}

    def __iter__(self) -> Iterator[tuple[int, list[Block]]]:
        return iter(self._rungs.items())

    @property
    def blocks(self) -> list[Block]:
        """All blocks, least complex first."""
        return [block for _number, blocks in self for block in blocks]

    def block_of(self, strip: Leervraag) -> Block | None:
        return next((block for block in self.blocks if strip in block), None)

    def number_of(self, block: Block) -> int | None:
        return next((number for number, blocks in self if block in blocks), None)

    def place_of(self, strip: Leervraag) -> dict[str, Any]:
        """Where a strip lies and how it stands, to be kept as JSON: `beside` has the keys of its group in order, `at`
        how many blocks come before its own on that number.
        """
        block = self.block_of(strip)
        group = block.group if block and len(block.strips) > 1 else None
        return {
            "id": str(strip.pk),
            "state": strip.state,
            "number": strip.number,
            "at": self._rungs[strip.number].index(block) if block and strip.number else None,
            "group": str(group.pk) if group else None,
            "title": group.title if group else "",
            "beside": [str(mate.pk) for mate in block.strips] if block and group else [],
            "not_today": strip.not_today,
            "outcome": strip.outcome,
            "destination": strip.destination,
            "reason": strip.reason,
            "rounded_off": strip.rounded_off,
        }

    def places_of(self, strips: Iterable[Leervraag]) -> list[dict[str, Any]]:
        return [self.place_of(strip) for strip in strips]

    def lay(self, block: Block, number: int, before: Block | None = None) -> None:
        """Puts the block on a number: before another block there, else last."""
        self.lift(block)
        rung = self._rungs[number]
        rung.insert(rung.index(before) if before in rung else len(rung), block)

    def lay_at(self, block: Block, number: int, at: int) -> None:
        """Puts the block on a number with so many blocks before it, as far as there are."""
        self.lift(block)
        self._rungs[number].insert(at, block)

    def lay_back(self, strip: Leervraag, place: dict[str, Any], made: Callable[[], StripGroup]) -> None:
        """A strip that lies nowhere: on its number, and in its group with those that still lie there.

        `made()` gives a group that fell apart anew.
        """
        order: list[str] = place.get("beside", [])
        mates = self._rungs[place["number"]]
        own = next((block for block in mates if any(str(mate.pk) in order for mate in block.strips)), None)
        if own is None:
            self.lay_at(Block([strip]), place["number"], place.get("at", len(mates)))
            return
        self.join(strip, own, own.group or made())
        own.strips.sort(key=lambda one: order.index(str(one.pk)) if str(one.pk) in order else len(order))

    def lift(self, block: Block) -> None:
        """Takes the block off, if it lies here."""
        for _number, blocks in self:
            if block in blocks:
                blocks.remove(block)

    def nudge(self, block: Block, by: int) -> None:
        """One place up (-1) or down (+1): past its neighbour on this number, else to the next number."""
        number = self.number_of(block)
        if number is None:
            return
        rung = self._rungs[number]
        index = rung.index(block)
        if 0 <= index + by < len(rung):
            rung.insert(index + by, rung.pop(index))
        elif number + by in self._rungs:
            rung.remove(block)
            neighbours = self._rungs[number + by]
            neighbours.insert(len(neighbours) if by < 0 else 0, block)

    def take_out(self, strip: Leervraag) -> None:
        """Takes one strip out of its group; it stays on its number, just after the group."""
        block = self.block_of(strip)
        if block is None or len(block.strips) == 1:
            return
        rung = self._rungs[strip.number]  # type: ignore[index]
        block.strips.remove(strip)
        strip.strip_group = None
        rung.insert(rung.index(block) + 1, Block([strip]))

    def take_off(self, strip: Leervraag) -> None:
        """Takes one strip out of its group and off the meetlat, if it lies here."""
        self.take_out(strip)
        if (block := self.block_of(strip)) is not None:
            self.lift(block)
        strip.number = strip.rank = strip.strip_group = None

    def join(self, strip: Leervraag, block: Block, group: StripGroup) -> None:
        """Puts a strip into a block, which becomes the given group."""
        own = self.block_of(strip)
        if own is block:
            return
        if own is not None:
            self.take_out(strip)
            self.lift(self.block_of(strip) or own)
        block.strips.append(strip)
        for member in block.strips:
            member.strip_group = group

    def settle(self) -> list[Leervraag]:
        """Writes number and rank on the strips, dense from 0; a group of one is no group. Answers what changed."""
        changed = []
        for number, blocks in self:
            strips = [(strip, len(block.strips) > 1) for block in blocks for strip in block.strips]
            for rank, (strip, is_grouped) in enumerate(strips):
                strip.state, strip.number, strip.rank = Leervraag.State.LAID, number, rank
                strip.strip_group = strip.strip_group if is_grouped else None
                if self._found.get(strip.pk) != _place(strip):
                    changed.append(strip)
        return changed


def _place(strip: Leervraag) -> tuple[int | None, int | None, UUID | None]:
    return strip.number, strip.rank, strip.strip_group_id
