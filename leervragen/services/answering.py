"""Steps 2 to 5 of the meetlat: dividing the time, answering, ending each question, looking back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.rules import membership_of
from meetings.models import Meeting
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile

from ..board import Block, blocks_of
from ..models import Leervraag, Meetlat
from .laying import end_strip, lock_meetlat, take_back, taken_up_elsewhere, touch

State, Outcome = Leervraag.State, Leervraag.Outcome


def blocks_for_today(leervragen: list[Leervraag]) -> list[Block]:
    """What the group answers, least complex first; then what was not laid, for a meetlat may be skipped."""
    today = [leervraag for leervraag in leervragen if not leervraag.not_today]
    laid = [leervraag for leervraag in today if leervraag.state == State.LAID]
    return blocks_of(laid + [leervraag for leervraag in today if leervraag.state == State.TRAY])


def block_of(leervraag: Leervraag) -> Block:
    """The question with those that are answered as one with it. Raises PermissionDenied once it was taken back."""
    strips = list(leervraag.meeting.leervragen.in_order())
    block = next((block for block in blocks_of(strips) if leervraag in block), None)
    if block is None:
        raise taken_back()
    return block


def taken_back() -> PermissionDenied:
    return PermissionDenied(_("Deze vraag is intussen ingetrokken."))


def next_network_meeting(meeting: Meeting) -> Meeting | None:
    later = Meeting.objects.of_group(meeting.group).not_cancelled().filter(kind=Meeting.Kind.NETWORK)
    later = later.filter(position__gt=meeting.position).exclude(state=Meeting.State.ENDED)
    return later.select_related("topic").first()


@transaction.atomic
def go_to_step(*, actor: Actor, meeting: Meeting, step: int) -> Meetlat:
    """Takes the group to a step; back is allowed, and so is skipping one."""
    meetlat = lock_meetlat(meeting)
    meetlat.step = step
    meetlat.full_clean(exclude=["meeting", "current"])
    meetlat.save(update_fields=["step"])
    touch(meeting)
    return meetlat


@transaction.atomic
def set_minutes(*, actor: Actor, meeting: Meeting, kept_back: int, per_question: int | None) -> Meetlat:
    meetlat = lock_meetlat(meeting)
    meetlat.minutes_kept_back, meetlat.minutes_per_question = kept_back, per_question
    meetlat.full_clean(exclude=["meeting", "current"])
    meetlat.save(update_fields=["minutes_kept_back", "minutes_per_question"])
    touch(meeting)
    return meetlat


@transaction.atomic
def begin_question(*, actor: Actor, leervraag: Leervraag) -> None:
    """The group takes up this question: it stands on the Scherm, and its minutes begin."""
    meetlat = lock_meetlat(leervraag.meeting)
    if meetlat.current_id != leervraag.pk:
        meetlat.current, meetlat.current_since = leervraag, timezone.now()
    meetlat.step = Meetlat.Step.ANSWERING
    meetlat.save(update_fields=["current", "current_since", "step"])
    touch(leervraag.meeting)


@transaction.atomic
def save_answer(*, actor: Actor, leervraag: Leervraag, answer: str, version: str) -> Block:
    """Keeps what the group answers, with every question of its group: each author has the own question and answer.

    `version` is what the writer started from. Raises WrittenMeanwhile with the block when something else stands there
    now, with any question of the group, also when the writer wrote that on another device.
    """
    lock_meetlat(leervraag.meeting)
    block = block_of(leervraag)
    if block.answer != answer and block.version != version:
        raise WrittenMeanwhile(block)
    writer = membership_of(actor, leervraag.meeting)
    for strip in block.strips:
        strip.answer, strip.answer_by = answer, writer
        strip.full_clean(validate_constraints=False)
    Leervraag.objects.bulk_update(block.strips, ["answer", "answer_by"])
    return block


@transaction.atomic
def end_question(
    *, actor: Actor, leervraag: Leervraag, outcome: str, destination: str = "", reason: str = ""
) -> Leervraag:
    """Ends a question: answered, partly, on to the next netwerkbijeenkomst, or to P. OPEN opens it again.

    What has moved on moves no second time.
    """
    lock_meetlat(leervraag.meeting)
    # As it is now: another may have ended it, or taken it back, before the lock was ours.
    now = Leervraag.objects.select_related("meeting__group", "author").get(pk=leervraag.pk)
    if now.is_withdrawn:
        raise taken_back()
    return _end(actor, now, outcome, destination=destination, reason=reason)


def _end(actor: Actor, leervraag: Leervraag, outcome: str, **texts: str) -> Leervraag:
    """Under the lock of the meetlat, with a question as it is now."""
    if outcome == leervraag.outcome == Outcome.MOVED:
        return leervraag
    if outcome == Outcome.MOVED:
        _move_on(leervraag)
    elif leervraag.outcome == Outcome.MOVED and not take_back(leervraag):
        raise taken_up_elsewhere()
    ended = end_strip(leervraag, outcome=outcome, state=_place_for(leervraag, outcome), **texts)
    audit.record(actor, f"leervraag.{outcome}", leervraag, group_id=leervraag.author.group_id)
    return ended


def _place_for(leervraag: Leervraag, outcome: str) -> str | None:
    """Where the strip of a question with this outcome goes; None: it stays."""
    if outcome == Outcome.PARKED:
        return State.PARKED
    if leervraag.state == State.PITCH and outcome != Outcome.ANSWERED:
        return State.TRAY  # The pitch did not answer it after all.
    if leervraag.state == State.PARKED and outcome == Outcome.OPEN:
        return State.TRAY
    return None


@transaction.atomic
def finish_open_questions(*, actor: Actor, meeting: Meeting) -> int:
    """Whatever is still open goes to the next netwerkbijeenkomst, or to P when there is none. Answers how many.

    Also what happens when a meeting ends early, or is cancelled: no question is lost. What the group laid on P stays.
    """
    lock_meetlat(meeting)
    following = next_network_meeting(meeting)
    open_now = list(meeting.leervragen.in_order().open())
    for leervraag in open_now:
        if leervraag.state == State.PARKED:
            _end(actor, leervraag, Outcome.PARKED)
        elif following is not None:
            _end(actor, leervraag, Outcome.MOVED)
        else:
            _end(actor, leervraag, Outcome.PARKED, reason=_("Er is geen volgende netwerkbijeenkomst."))
    return len(open_now)


@transaction.atomic
def bring_back_moved(*, actor: Actor, meeting: Meeting) -> None:
    """The meeting goes on after all: what moved on is open here again, but for what someone took up there."""
    lock_meetlat(meeting)
    for leervraag in meeting.leervragen.in_order().filter(outcome=Outcome.MOVED):
        if take_back(leervraag):
            end_strip(leervraag, outcome=Outcome.OPEN)


@transaction.atomic
def look_back(*, actor: Actor, meeting: Meeting, went: str, keep: str, change: str, version: str) -> Meetlat:
    """Saves the texts that were written on top of `version`. Raises WrittenMeanwhile when others stand there now."""
    meetlat = lock_meetlat(meeting)
    if (meetlat.went, meetlat.keep, meetlat.change) == (went, keep, change):
        return meetlat
    if meetlat.version != version:
        raise WrittenMeanwhile(meetlat)
    meetlat.went, meetlat.keep, meetlat.change = went, keep, change
    meetlat.full_clean(exclude=["meeting", "current"])
    meetlat.save(update_fields=["went", "keep", "change"])
    return meetlat


def _move_on(leervraag: Leervraag) -> None:
    following = next_network_meeting(leervraag.meeting)
    if following is None:
        raise ValidationError(
            {"outcome": _("Er komt geen netwerkbijeenkomst meer. Zet de vraag op de Parkeerplaats en zeg waarheen.")}
        )
    Leervraag.objects.create(
        meeting=following,
        author=leervraag.author,
        typed_by=leervraag.typed_by,
        situation=leervraag.situation,
        text=leervraag.text,
        clip=leervraag.clip,
        moved_from=leervraag,
    )
    touch(following)
