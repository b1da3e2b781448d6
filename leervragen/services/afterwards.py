"""Achteraf invullen: a coach types in what the group did on paper, in its name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import Membership
from groups.rules import membership_of
from meetings.models import FilledIn, Meeting
from meetings.services import paper, talk
from meetings.was_held import check_was_held
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.locks import lock
from netwerkleren.base.once import make_once

from ..afterwards import OnPaper, Stand, stand_of
from ..models import Leervraag
from ..queries import block_of
from . import answering, boards

Outcome = Leervraag.Outcome


@dataclass(frozen=True)
class Asked:
    """A question that came up in the room; `key` is its line's."""

    key: UUID
    author: Membership
    text: str


@dataclass(frozen=True)
class Agreed:
    """An afspraak; without `owner` the whole group's."""

    text: str
    owner: Membership | None


@dataclass(frozen=True)
class FromPaper:
    """All of it, each part of which may be left out."""

    stand: Stand
    asked: Sequence[Asked] = field(default=())
    agreed: Sequence[Agreed] = field(default=())
    otherwise: Sequence[str] = field(default=())


@transaction.atomic
def fill_in(*, actor: Actor, meeting: Meeting, key: UUID, version: str, typed: FromPaper) -> Meeting:
    """Keeps what was typed, and ends the meeting if nobody did, at its planned hours. `key` is the form's: sent twice
    it is kept once.

    `version` is the Stand that the writer started from: raises WrittenMeanwhile when another coach changed it. What is
    new, a question or an afspraak, comes beside what the other wrote.
    """
    meeting = lock(meeting, "group")
    check_was_held(meeting)
    boards.lock_meetlat(meeting=meeting)
    if FilledIn.objects.filter(meeting=meeting, by=membership_of(actor, meeting), key=key).exists():
        return meeting
    strips = {strip.pk: strip for strip in meeting.leervragen.in_order()}
    stand = stand_of(meeting, strips.values())
    if typed.stand != stand and version != stand.version:
        raise WrittenMeanwhile(stand)
    if typed.stand.there != stand.there:
        paper.record_presence(actor=actor, meeting=meeting, there=typed.stand.there)
    for pk, was in stand.questions.items():
        _end(actor, strips[pk], was, typed.stand.questions.get(pk, was))
    boards.lay_as_on_paper(meeting=meeting, places={pk: one.place for pk, one in typed.stand.questions.items()})
    for one in typed.asked:
        _ask(actor, meeting, one)
    for agreed in typed.agreed:
        talk.add_agreement(actor=actor, meeting=meeting, text=agreed.text, owner=agreed.owner)
    for text in typed.otherwise:
        talk.add_improvement(actor=actor, meeting=meeting, text=text)
    if meeting.is_planned:
        paper.end_on_paper(actor=actor, meeting=meeting)
    paper.note_filled_in(actor=actor, meeting=meeting, key=key)
    boards.touch(meeting=meeting)
    return meeting


def _end(actor: Actor, strip: Leervraag, was: OnPaper, now: OnPaper) -> None:
    """How a question ended, and its answer, as far as they are others than they were."""
    try:
        if now.outcome != was.outcome:
            answering.end_question(actor=actor, leervraag=strip, outcome=now.outcome)
    except ValidationError as problem:
        # The page has many of these: it is said beside the field of this one.
        raise ValidationError({f"outcome-{strip.pk}": problem.messages}) from None
    block = block_of(strip) if now.answer != was.answer else None
    if block is not None:
        answering.save_answer(actor=actor, leervraag=strip, answer=now.answer, version=block.version)


def _ask(actor: Actor, meeting: Meeting, one: Asked) -> None:
    """It stands with this meeting. What ended already hands it on at once, as its end would have done."""
    if one.author.group_id != meeting.group_id:
        raise ValidationError(_("Kies iemand uit deze groep."))
    typist = membership_of(actor, meeting)
    leervraag, created = make_once(
        Leervraag,
        key=one.key,
        by="author",
        meeting=meeting,
        author=one.author,
        typed_by=typist if typist != one.author else None,
        text=one.text,
    )
    if created:
        audit.record(actor, "leervraag.handed_in", leervraag, group_id=meeting.group_id)
    if created and meeting.is_over:
        following = Meeting.objects.next_network_after(meeting)
        outcome = Outcome.MOVED if following else Outcome.PARKED
        answering.end_question(actor=actor, leervraag=leervraag, outcome=outcome)
