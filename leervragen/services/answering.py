"""Steps 2 to 5 of the meetlat: dividing the time, answering, ending each question, looking back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.rules import membership_of
from meetings.models import Meeting
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile, write_on_top
from netwerkleren.base.permissions import has_perm

from ..board import Block
from ..held import check_not_held
from ..models import Leervraag, Meetlat
from ..queries import block_of
from . import laying

State, Outcome = Leervraag.State, Leervraag.Outcome


def _block_of(leervraag: Leervraag) -> Block:
    block = block_of(leervraag)
    if block is None:
        raise _taken_back()
    return block


def _taken_back() -> PermissionDenied:
    return PermissionDenied(_("Deze vraag is intussen ingetrokken."))


@transaction.atomic
def go_to_step(*, actor: Actor, meeting: Meeting, step: int) -> Meetlat:
    """Takes the group to a step; back is allowed, and so is skipping one."""
    meetlat = laying.lock_meetlat(meeting=meeting)
    check_not_held(meeting)
    meetlat.step = step
    meetlat.full_clean(exclude=["meeting", "current"])
    meetlat.save(update_fields=["step"])
    laying.touch(meeting=meeting)
    return meetlat


@transaction.atomic
def set_minutes(*, actor: Actor, meeting: Meeting, kept_back: int, per_question: int | None) -> Meetlat:
    meetlat = laying.lock_meetlat(meeting=meeting)
    check_not_held(meeting)
    meetlat.minutes_kept_back, meetlat.minutes_per_question = kept_back, per_question
    meetlat.full_clean(exclude=["meeting", "current"])
    meetlat.save(update_fields=["minutes_kept_back", "minutes_per_question"])
    laying.touch(meeting=meeting)
    return meetlat


@transaction.atomic
def begin_question(*, actor: Actor, leervraag: Leervraag) -> None:
    """The group takes up this question: it stands on the Scherm, and its minutes begin."""
    meetlat = laying.lock_meetlat(meeting=leervraag.meeting)
    check_not_held(leervraag.meeting)
    if not Leervraag.objects.current().filter(pk=leervraag.pk).exists():
        raise _taken_back()
    if meetlat.current_id != leervraag.pk:
        meetlat.current, meetlat.current_since = leervraag, timezone.now()
    meetlat.step = Meetlat.Step.ANSWERING
    meetlat.save(update_fields=["current", "current_since", "step"])
    laying.touch(meeting=leervraag.meeting)


@transaction.atomic
def save_answer(*, actor: Actor, leervraag: Leervraag, answer: str, version: str) -> Block:
    """Keeps what the group answers, with every question of its group: each author has the own question and answer.

    `version` is what the writer started from. Raises WrittenMeanwhile with the block when something else stands there
    now, with any question of the group, also when the writer wrote that on another device.
    """
    laying.lock_meetlat(meeting=leervraag.meeting)
    block = _block_of(leervraag)
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
    *,
    actor: Actor,
    leervraag: Leervraag,
    outcome: str,
    destination: str = "",
    reason: str = "",
    version: str | None = None,
) -> Leervraag:
    """Ends a question: answered, partly, on to the next netwerkbijeenkomst, or to P. OPEN opens it again.

    What has moved on moves no second time. `version` is how it stood for who ends it: raises WrittenMeanwhile when
    someone else ended it otherwise. None is for who was shown nothing.
    """
    laying.lock_meetlat(meeting=leervraag.meeting)
    # As it is now: another may have ended it, or taken it back, before the lock was ours.
    now = Leervraag.objects.current().select_related("meeting__group", "author").filter(pk=leervraag.pk).first()
    if now is None:
        raise _taken_back()
    is_same = (now.outcome, now.destination, now.reason) == (outcome, destination, reason)
    if not is_same and version is not None and version != now.version_of_outcome:
        raise WrittenMeanwhile(now)
    return _end(actor, now, outcome, destination=destination, reason=reason)


def _end(actor: Actor, leervraag: Leervraag, outcome: str, **texts: str) -> Leervraag:
    """Under the lock of the meetlat, with a question as it is now."""
    if outcome == leervraag.outcome == Outcome.MOVED:
        return leervraag
    if outcome == Outcome.MOVED:
        _move_on(leervraag)
    elif leervraag.outcome == Outcome.MOVED:
        laying.fetch_back(strip=leervraag)
    ended = laying.end_strip(strip=leervraag, outcome=outcome, state=_place_for(leervraag, outcome), **texts)
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
def round_off(*, actor: Actor, meeting: Meeting) -> int:
    """ "Neem alles mee": `finish_open_questions`, when the meeting is on, or was. Answers how many.

    While it is on any member may; once it was, the coach. One that is still to come is rounded off by nobody.
    """
    _check_round_off(actor, meeting)
    return finish_open_questions(actor=actor, meeting=meeting)


@transaction.atomic
def undo_round_off(*, actor: Actor, meeting: Meeting) -> tuple[int, int]:
    """Opens again what rounding off ended, where it lay. Answers how many, and how many someone took up elsewhere."""
    _check_round_off(actor, meeting)
    return _open_again(meeting, Q(rounded_off__isnull=False))


def _check_round_off(actor: Actor, meeting: Meeting) -> None:
    if has_perm("leervragen.round_off", actor, meeting):
        return
    if meeting.state == Meeting.State.ENDED or meeting.has_passed:
        raise ValidationError(_("De bijeenkomst is geweest. De coach rondt af wat nog open is."))
    raise ValidationError(_("Deze bijeenkomst is nu niet bezig. Afronden kan zodra jullie zijn begonnen."))


def _open_again(meeting: Meeting, which: Q) -> tuple[int, int]:
    laying.lock_meetlat(meeting=meeting)
    ended = list(meeting.leervragen.in_order().filter(which))
    back = [strip for strip in ended if laying.take_back(strip=strip)]
    laying.put_back(meeting=meeting, strips=back)
    return len(back), len(ended) - len(back)


@transaction.atomic
def finish_open_questions(*, actor: Actor, meeting: Meeting, to_next: bool = True) -> int:
    """Whatever is still open goes to the next netwerkbijeenkomst, or to P when there is none. Answers how many.

    Without `to_next` all of it goes to P.

    Also what happens when a meeting ends early, or is cancelled: no question is lost. What the group laid on P stays.
    """
    laying.lock_meetlat(meeting=meeting)
    following = Meeting.objects.next_network_after(meeting)
    strips = list(meeting.leervragen.in_order())
    open_now = [one for one in strips if one.is_open]
    places = [Leervraag(pk=one.pk, rounded_off=_place_of(one, strips)) for one in open_now]
    for leervraag in open_now:
        if leervraag.state == State.PARKED:
            _end(actor, leervraag, Outcome.PARKED)
        elif not to_next:
            _end(actor, leervraag, Outcome.PARKED, reason=_("De bijeenkomst ging niet door."))
        elif following is not None:
            _end(actor, leervraag, Outcome.MOVED)
        else:
            _end(actor, leervraag, Outcome.PARKED, reason=_("Er is geen volgende netwerkbijeenkomst."))
    Leervraag.objects.bulk_update(places, ["rounded_off"])
    return len(open_now)


def _place_of(leervraag: Leervraag, strips: list[Leervraag]) -> dict[str, Any]:
    """Where it lies among the strips of its meeting, and with which of them: a group of one falls apart."""
    place = {"state": leervraag.state, "number": leervraag.number, "rank": leervraag.rank}
    group = leervraag.strip_group
    if group is None:
        return place
    beside = [str(one.pk) for one in strips if one.strip_group_id == group.pk]
    return {**place, "group": str(group.pk), "title": group.title, "beside": beside}


@transaction.atomic
def bring_back_moved(*, actor: Actor, meeting: Meeting) -> None:
    """The meeting goes on after all: what moved on is open here again, but for what someone took up there; and so is
    what its end laid on P.
    """
    _open_again(meeting, Q(outcome=Outcome.MOVED) | Q(rounded_off__isnull=False))


@transaction.atomic
def look_back(*, actor: Actor, meeting: Meeting, went: str, keep: str, change: str, version: str) -> Meetlat:
    """Saves the texts that were written on top of `version`. Raises WrittenMeanwhile when others stand there now."""
    meetlat = laying.lock_meetlat(meeting=meeting)
    if write_on_top(meetlat, version, went=went, keep=keep, change=change):
        meetlat.full_clean(exclude=["meeting", "current"])
        meetlat.save(update_fields=["went", "keep", "change"])
    return meetlat


def _move_on(leervraag: Leervraag) -> None:
    following = Meeting.objects.next_network_after(leervraag.meeting)
    if following is None:
        raise ValidationError(
            _("Er komt geen netwerkbijeenkomst meer. Zet de vraag op de Parkeerplaats en zeg waarheen.")
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
    laying.touch(meeting=following)
