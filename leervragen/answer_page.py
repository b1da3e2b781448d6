"""What the page of one question shows while the group answers it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from groups.rules import membership_of
from netwerkleren.base.access import Actor
from netwerkleren.base.permissions import has_perm
from video_feedback.models import Clip
from video_feedback.queries import Showing, showings_of

from .board import Block, blocks_of
from .models import Leervraag, Meetlat, WrittenAnswer
from .pages import MeetlatPage


@dataclass(frozen=True)
class AnswerPage:
    """One look at a question and at those that are answered as one with it, as its reader goes on with it."""

    page: MeetlatPage
    leervraag: Leervraag
    block: Block
    written: list[WrittenAnswer]
    """What experts and members wrote with any of its questions; a note, which stands with each, once."""
    own_note: WrittenAnswer | None
    facts: dict[UUID, Leervraag]
    """Its questions, each with what it was answered with."""

    @classmethod
    def of(cls, leervraag: Leervraag, actor: Actor) -> "AnswerPage":
        page = MeetlatPage.of(leervraag.meeting, Meetlat.Step.ANSWERING)
        block = next(block for block in blocks_of(page.leervragen) if leervraag in block)
        rows = Leervraag.objects.filter(pk__in=[strip.pk for strip in block.strips])
        rows = rows.select_related("answered_with", "answer_by__user").with_written_answers()
        facts = {one.pk: one for one in rows}
        member = membership_of(actor, leervraag.meeting)
        written, own_note, seen = [], None, set()
        for one in (one for strip in block.strips for one in facts[strip.pk].written_answers.all()):
            if one.is_note and one.author_id in seen:
                continue
            if one.is_note:
                seen.add(one.author_id)
            if one.is_note and member is not None and one.author_id == member.pk:
                own_note = one
            else:
                written.append(one)
        return cls(page, leervraag, block, written, own_note, facts)

    @property
    def stands(self) -> Block | WrittenAnswer:
        """What its reader goes on writing in: the answer of the group, or the own note beside it."""
        return self.own_note or self.block

    def context(self, actor: Actor) -> dict[str, Any]:
        page, block = self.page, self.block
        order = [other.first.pk for other in page.today]
        since = page.meetlat.current_since if page.current and page.current.first == block.first else None
        until = since + timedelta(minutes=page.division.per_question) if since else None
        return {
            "page": page,
            "meeting": page.meeting,
            "leervraag": self.leervraag,
            "asked": block,
            "until": until,
            "is_leading": page.meeting.is_running and has_perm("meetings.lead_meeting", actor, page.meeting),
            "position": order.index(block.first.pk) + 1 if block.first.pk in order else None,
            "films": films_of(block, actor),
            "own_note": self.own_note,
            "written": self.written,
            "scribe": self.facts[block.first.pk].answer_by if block.answer else None,
            "answered_with": {pk: other for pk, one in self.facts.items() if (other := one.answered_by)},
            "others_open": [other for other in page.today if other.is_open and other.first.pk != block.first.pk],
            "differs": len({(strip.outcome, strip.destination) for strip in block.strips}) > 1,
            "has_answers_apart": len({strip.answer for strip in block.strips}) > 1,
        }


def films_of(block: Block, actor: Actor) -> list[Showing]:
    """The fragments that the askers have with these questions, by the consent of the parents (docs/security.md P1)."""
    wanted = [strip.clip_id for strip in block.strips if strip.clip_id]
    if not wanted:
        return []
    return showings_of(actor, list(Clip.objects.filter(pk__in=wanted, state=Clip.State.READY).with_people()))
