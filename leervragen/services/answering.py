"""Steps 2 to 5 of the meetlat: dividing the time, answering, ending each question, looking back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from groups.rules import membership_of
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile, version_of, write_on_top
from netwerkleren.base.permissions import has_perm

from ..board import Block, blocks_for_today
from ..held import check_not_held
from ..models import Leervraag, Meetlat, WrittenAnswer
from ..queries import block_of
from . import boards, mailing

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
    meetlat = boards.lock_meetlat(meeting=meeting)
    check_not_held(meeting)
    meetlat.step = step
    meetlat.full_clean(exclude=["meeting", "current"])
    meetlat.save(update_fields=["step"])
    boards.touch(meeting=meeting)
    return meetlat


@transaction.atomic
def set_minutes(*, actor: Actor, meeting: Meeting, kept_back: int, per_question: int | None) -> Meetlat:
    meetlat = boards.lock_meetlat(meeting=meeting)
    check_not_held(meeting)
    meetlat.minutes_kept_back, meetlat.minutes_per_question = kept_back, per_question
    meetlat.full_clean(exclude=["meeting", "current"])
    meetlat.save(update_fields=["minutes_kept_back", "minutes_per_question"])
    boards.touch(meeting=meeting)
    return meetlat


@transaction.atomic
def begin_question(*, actor: Actor, leervraag: Leervraag) -> None:
    """The group takes up this question: it stands on the Scherm, and its minutes begin."""
    meetlat = boards.lock_meetlat(meeting=leervraag.meeting)
    check_not_held(leervraag.meeting)
    if not Leervraag.objects.current().filter(pk=leervraag.pk).exists():
        raise _taken_back()
    if meetlat.current_id != leervraag.pk:
        meetlat.current, meetlat.current_since = leervraag, timezone.now()
    meetlat.step = Meetlat.Step.ANSWERING
    meetlat.save(update_fields=["current", "current_since", "step"])
    boards.touch(meeting=leervraag.meeting)


@transaction.atomic
def save_answer(*, actor: Actor, leervraag: Leervraag, answer: str, version: str) -> Block | WrittenAnswer:
    """Keeps what the group answers, with every question of its group: each author has the own question and answer.

    `version` is what the writer started from. Did someone write something else there meanwhile, then both stay: that
    text is the answer, and this one is kept beside it as the writer's note, in which the writer goes on. Answers where
    it was kept. Raises WrittenMeanwhile when the writer wrote in that note too, on another device.
    """
    boards.lock_meetlat(meeting=leervraag.meeting)
    block = _block_of(leervraag)
    if answer == block.answer or version_of(answer) == version:
        return block  # It stands there, or nothing was typed.
    writer = membership_of(actor, leervraag.meeting)
    note = WrittenAnswer.objects.notes_of(writer).filter(leervraag=block.first).first()
    if version == block.version and (note is None or note.version != version):
        for strip in block.strips:
            strip.answer, strip.answer_by = answer, writer
            strip.full_clean(validate_constraints=False)
        Leervraag.objects.bulk_update(block.strips, ["answer", "answer_by"])
        return block
    if writer is None or (note is not None and answer != note.text and version != note.version):
        raise WrittenMeanwhile(note or block)
    return _note_beside(block, writer, answer)


def _note_beside(block: Block, writer: Membership, text: str) -> Block | WrittenAnswer:
    """With every question of the block; a note that was emptied is none."""
    notes = WrittenAnswer.objects.notes_of(writer).filter(leervraag__in=block.strips)
    if not text:
        notes.delete()
        return block
    for strip in block.strips:
        note = notes.filter(leervraag=strip).first() or WrittenAnswer(leervraag=strip, author=writer, is_note=True)
        note.text, note.written_at = text, timezone.now()
        note.full_clean(validate_unique=False)
        note.save()
    return notes.get(leervraag=block.first)


@transaction.atomic
def end_question(
    *,
    actor: Actor,
    leervraag: Leervraag,
    outcome: str,
    destination: str = "",
    reason: str = "",
    version: str | None = None,
    expert: ExpertInvitation | None = None,
    together: bool = False,
) -> Leervraag:
    """Ends a question: answered, partly, on to the next netwerkbijeenkomst, to P, or let go. OPEN opens it again.

    What has moved on moves no second time. `version` is how it stood for who ends it: raises WrittenMeanwhile when
    someone else ended it otherwise. None is for who was shown nothing. To the `expert` it goes by mail, when the actor
    is who sends mail. `together` ends what is answered as one with it in the same way, but for what someone ended
    otherwise.
    """
    boards.lock_meetlat(meeting=leervraag.meeting)
    now = _as_it_is(leervraag)
    stood, ends = _end_of(now), (outcome, destination, reason)
    if stood != ends and version is not None and version != now.version_of_outcome:
        raise WrittenMeanwhile(now)
    if outcome == Outcome.LET_GO and not has_perm("leervragen.let_go_leervraag", actor, now):
        raise PermissionDenied(_("Alleen de vrager zelf, of de coach, laat een vraag los."))
    strips = _block_of(now).strips if together and outcome != Outcome.LET_GO else []
    others = [strip for strip in strips if strip != now and (strip.is_open or _end_of(strip) == stood)]
    for strip in [now, *(_as_it_is(other) for other in others)]:
        _end(actor, strip, outcome, destination=destination, reason=reason)
        if expert is not None and has_perm("leervragen.send_parked", actor, strip):
            mailing.send_parked(actor=actor, leervraag=strip, invitation=expert)
    return _as_it_is(now)


def _as_it_is(leervraag: Leervraag) -> Leervraag:
    """Under the lock: another may have ended it, or taken it back, before the lock was ours."""
    now = Leervraag.objects.current().select_related("meeting__group", "author").filter(pk=leervraag.pk).first()
    if now is None:
        raise _taken_back()
    return now


def _end_of(leervraag: Leervraag) -> tuple[str, str, str]:
    return leervraag.outcome, leervraag.destination, leervraag.reason


@transaction.atomic
def answer_and_go_on(*, actor: Actor, leervraag: Leervraag, version: str | None = None) -> Leervraag | None:
    """ "Beantwoord, volgende vraag": ends the question, with its group, and begins the next that is open; None when
    there is none. Is the group at another question already, by someone else's press, then one goes along there.

    Raises WrittenMeanwhile as `end_question` does.
    """
    end_question(actor=actor, leervraag=leervraag, outcome=Outcome.ANSWERED, version=version, together=True)
    meetlat = boards.lock_meetlat(meeting=leervraag.meeting)
    today = blocks_for_today(leervraag.meeting.leervragen.in_order())
    place = next((place for place, block in enumerate(today) if leervraag in block), 0)
    still_open = [block for block in (*today[place:], *today[:place]) if block.is_open]
    now = [block for block in still_open if meetlat.current_id in {strip.pk for strip in block.strips}]
    following = next(iter(now or still_open), None)
    if following is None:
        return None
    begin_question(actor=actor, leervraag=following.first)
    return following.first


@transaction.atomic
def answer_too(*, actor: Actor, leervraag: Leervraag, other: Leervraag) -> None:
    """ "Ook hiermee beantwoord": the answer of `leervraag` is that of the other as well, with its group, which ends.

    Each keeps the own asker, and shows the question to which it points. Twice is once.
    """
    boards.lock_meetlat(meeting=leervraag.meeting)
    source, block = _as_it_is(leervraag), _block_of(_as_it_is(other))
    if other.meeting_id != source.meeting_id or source in block:
        raise ValidationError(_("Kies een andere vraag van deze bijeenkomst."))
    further = source.answered_by if not source.answer else None
    if further is not None and further in block:
        raise ValidationError(_("Deze vraag is zelf met die vraag beantwoord. Kies een andere vraag."))
    source = further or source
    too = [_as_it_is(strip) for strip in block.strips if strip.is_open]
    if not too and not any(strip.answered_with_id == source.pk for strip in block.strips):
        raise ValidationError(_("Die vraag is intussen al afgerond."))
    for strip in too:
        _end(actor, strip, Outcome.ANSWERED)
    Leervraag.objects.filter(pk__in=[strip.pk for strip in too]).update(answered_with=source)


def _end(actor: Actor, leervraag: Leervraag, outcome: str, **texts: str) -> Leervraag:
    """Under the lock of the meetlat, with a question as it is now."""
    if outcome == leervraag.outcome == Outcome.MOVED:
        return leervraag
    if leervraag.answered_with_id and outcome != Outcome.ANSWERED:
        Leervraag.objects.filter(pk=leervraag.pk).update(answered_with=None)
    if outcome == Outcome.MOVED:
        _move_on(leervraag)
    elif leervraag.outcome == Outcome.MOVED:
        boards.fetch_back(strip=leervraag)
    ended = boards.end_strip(strip=leervraag, outcome=outcome, state=_place_for(leervraag, outcome), **texts)
    audit.record(actor, f"leervraag.{outcome}", leervraag, group_id=leervraag.author.group_id)
    return ended


def _place_for(leervraag: Leervraag, outcome: str) -> str | None:
    """Where the strip of a question with this outcome goes; None: it stays."""
    if outcome in (Outcome.PARKED, Outcome.LET_GO):
        return State.PARKED  # From there what was let go can be laid back.
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
    boards.lock_meetlat(meeting=meeting)
    ended = list(meeting.leervragen.in_order().filter(which))
    back = [strip for strip in ended if boards.take_back(strip=strip)]
    boards.put_back(meeting=meeting, strips=back)
    return len(back), len(ended) - len(back)


@transaction.atomic
def finish_open_questions(*, actor: Actor, meeting: Meeting, to_next: bool = True) -> int:
    """Whatever is still open goes to the next netwerkbijeenkomst, or to P when there is none. Answers how many.

    Without `to_next` all of it goes to P.

    Also what happens when a meeting ends early, or is cancelled: no question is lost. What the group laid on P stays.
    """
    boards.lock_meetlat(meeting=meeting)
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
def look_back(*, actor: Actor, meeting: Meeting, went: str, keep: str, version: str) -> Meetlat:
    """Saves the texts that were written on top of `version`. Raises WrittenMeanwhile when others stand there now."""
    meetlat = boards.lock_meetlat(meeting=meeting)
    if write_on_top(meetlat, version, went=went, keep=keep):
        meetlat.full_clean(exclude=["meeting", "current"])
        meetlat.save(update_fields=["went", "keep"])
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
    boards.touch(meeting=following)
