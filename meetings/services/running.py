"""Leading a meeting: the coach moves it along; nothing moves by itself, and a second press changes nothing."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership, User
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.locks import lock

from ..models import AgendaItem, Attendance, LastAct, Meeting
from ..points import item_opened, meeting_ended
from . import agenda_items, displays, doors

CLOCK = ["started_at", "ended_at", "paused"]
MOST_EXTRA_MINUTES = 180
OPENED_BY_MISTAKE = timedelta(minutes=2)


def _running(meeting: Meeting) -> Meeting:
    """The row as it is now, held: two phones that lead do not undo each other."""
    meeting = lock(meeting)
    if not meeting.is_running:
        raise ValidationError(_("Deze bijeenkomst is nu niet bezig."))
    return meeting


def _tell(actor: Actor, meeting: Meeting, kind: LastAct.Kind, item: AgendaItem | None = None) -> None:
    """Two who lead at once see who did what."""
    title = item.title if item else ""
    if isinstance(actor, User):
        facts = {"by": actor, "kind": kind, "title": title, "at": timezone.now()}
        LastAct.objects.update_or_create(meeting=meeting, defaults=facts)
    live.touch(live.topic_of("meeting", meeting))


@transaction.atomic
def start_meeting(*, actor: Actor, meeting: Meeting) -> Meeting:
    meeting = lock(meeting)
    if meeting.is_running:
        return meeting
    first = meeting.agenda.first()
    if meeting.is_over:
        raise ValidationError(_("Deze bijeenkomst is al voorbij. Open de bijeenkomst eerst weer."))
    if first is None:
        raise ValidationError(_("Er staat nog niets op de agenda. Voeg eerst een onderdeel toe."))
    meeting.state = Meeting.State.RUNNING
    meeting.started_at = timezone.now()
    _open(meeting, first)
    meeting.save()
    audit.record(actor, "meeting.started", meeting, group_id=meeting.group_id)
    _tell(actor, meeting, LastAct.Kind.BEGAN)
    return meeting


@transaction.atomic
def take_start_back(*, actor: Actor, meeting: Meeting) -> Meeting:
    """Begun by mistake: the meeting is planned as before, as long as it is at its first onderdeel. A second press
    changes nothing.
    """
    meeting = lock(meeting)
    if meeting.state == Meeting.State.PLANNED:
        return meeting
    meeting = _running(meeting)
    if meeting.agenda.filter(ended_at__isnull=False).exists():
        raise ValidationError(_("Jullie zijn al verder dan het eerste onderdeel. Rond de bijeenkomst af."))
    meeting.state = Meeting.State.PLANNED
    meeting.current_item = meeting.started_at = meeting.paused_at = None
    meeting.save()
    meeting.agenda.update(started_at=None, paused=timedelta(), extra_minutes=0)
    LastAct.objects.filter(meeting=meeting).delete()
    doors.take_away_door(meeting=meeting)
    displays.end_displays(meeting=meeting)
    audit.record(actor, "meeting.start_taken_back", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
    return meeting


@transaction.atomic
def go_to(*, actor: Actor, meeting: Meeting, item: AgendaItem, seen: str = "") -> Meeting:
    """ "Naar …" and "begin nu": closes the current onderdeel and opens this one, done before or not.

    `seen` is the key of the onderdeel that was on for who pressed. When another went on meanwhile, this press is about
    a page that is no longer true: it is told, and changes nothing. "" is for who was shown none.
    """
    meeting = _running(meeting)
    item = meeting.agenda.fresh(item)
    if meeting.current_item_id == item.pk:
        return meeting
    _check_seen(meeting, seen)
    left = meeting.current_item
    if left is not None and _was_opened_by_mistake(left, item):
        left.started_at, meeting.paused_at = None, None
        left.save(update_fields=CLOCK)
    else:
        _close_current(meeting)
    _open(meeting, item)
    meeting.save()
    _tell(actor, meeting, LastAct.Kind.WENT, item)
    return meeting


def _check_seen(meeting: Meeting, seen: str) -> None:
    on_now = meeting.current_item
    if seen and on_now is not None and str(on_now.pk) != seen:
        raise ValidationError(
            _("Iemand anders ging al verder: jullie zijn nu bij “%(title)s”. Kijk eerst, en kies dan opnieuw."),
            params={"title": on_now.title},
        )


def _open(meeting: Meeting, item: AgendaItem) -> None:
    """One that is opened again counts on from where it was: the time between is time that stood still."""
    now = timezone.now()
    if item.started_at is None:
        item.started_at = now
    elif item.ended_at is not None:
        item.paused += now - item.ended_at
    item.ended_at = None
    item.save(update_fields=CLOCK)
    meeting.current_item = item
    # The slides make way, as whatever else is shown does. The presentation of the introductie goes on where it was.
    meeting.shows_slides = False
    if meeting.kind != Meeting.Kind.INTRODUCTION:
        meeting.slide = 1
    for react in item_opened:
        react(meeting)


def _was_opened_by_mistake(left: AgendaItem, item: AgendaItem) -> bool:
    """Whoever goes back to what was begun before, that soon, did nothing there: it is still to come."""
    if left.started_at is None or left.paused or item.started_at is None:
        return False
    return item.started_at < left.started_at and timezone.now() - left.started_at < OPENED_BY_MISTAKE


def _close_current(meeting: Meeting) -> None:
    item = meeting.current_item
    if item is None:
        return
    _let_run(meeting)
    item.ended_at = timezone.now()
    item.save(update_fields=CLOCK)


def _let_run(meeting: Meeting) -> None:
    item = meeting.current_item
    if meeting.paused_at is not None and item is not None:
        item.paused += timezone.now() - meeting.paused_at
        item.save(update_fields=CLOCK)
    meeting.paused_at = None


@transaction.atomic
def stop_time(*, actor: Actor, meeting: Meeting) -> Meeting:
    """ "Zet de tijd stil"."""
    meeting = _running(meeting)
    if meeting.paused_at is None:
        meeting.paused_at = timezone.now()
        meeting.save()
        _tell(actor, meeting, LastAct.Kind.STOPPED)
    return meeting


@transaction.atomic
def resume_time(*, actor: Actor, meeting: Meeting) -> Meeting:
    meeting = _running(meeting)
    if meeting.paused_at is not None:
        _let_run(meeting)
        meeting.save()
        _tell(actor, meeting, LastAct.Kind.RESUMED)
    return meeting


@transaction.atomic
def set_extra_minutes(*, actor: Actor, meeting: Meeting, item: AgendaItem, minutes: int) -> AgendaItem:
    """ "5 minuten erbij" and "5 minuten eraf". Takes the new total of added minutes, less than none for what goes off,
    so that the same press twice is one.
    """
    meeting = _running(meeting)
    item = meeting.agenda.fresh(item)
    if minutes > MOST_EXTRA_MINUTES:
        raise ValidationError(_("Er kunnen hoogstens %(most)d minuten bij."), params={"most": MOST_EXTRA_MINUTES})
    if item.minutes + minutes < 1:
        raise ValidationError(_("Er moet minstens één minuut overblijven. Ga anders verder naar het volgende."))
    if item.extra_minutes != minutes:
        item.extra_minutes = minutes
        item.save(update_fields=["extra_minutes"])
        _tell(actor, meeting, LastAct.Kind.TIMED, item)
    return item


@transaction.atomic
def put_off(*, actor: Actor, meeting: Meeting, item: AgendaItem) -> Meeting:
    """ "Doe dit later": the onderdeel goes to just before the last one; the current one makes way for the next that is
    still to come. Where nothing else is to come, it stays.
    """
    meeting = _running(meeting)
    item = meeting.agenda.fresh(item)
    items = list(meeting.agenda.all())
    if item.ended_at is not None or item not in items[:-2]:
        return meeting
    # What follows may have been before its turn: that is not begun again.
    at = items.index(item)
    following = next((one for one in [*items[at + 1 :], *items[:at]] if not one.is_done), None)
    if following is None:
        return meeting
    items.remove(item)
    items.insert(len(items) - 1, item)
    if meeting.current_item_id == item.pk:
        _let_run(meeting)
        # Put off is not begun: its minutes start anew when it comes.
        item.started_at, item.paused = None, timedelta()
        item.save(update_fields=CLOCK)
        _open(meeting, following)
        meeting.save()
    agenda_items.number_anew(actor=actor, items=items)
    _tell(actor, meeting, LastAct.Kind.PUT_OFF, item)
    return meeting


@transaction.atomic
def record_attendance(
    *, actor: Actor, meeting: Meeting, statuses: Mapping[UUID, str], version: str | None = None
) -> None:
    """Who is there, per membership of the group; before, during and after the meeting. "" takes back what was recorded:
    what nobody said is not known.

    `version` is the one that they were written on top of: raises WrittenMeanwhile when others stand there now. None is
    for who was shown none.
    """
    meeting = lock(meeting)
    members = Membership.objects.filter(group=meeting.group_id, pk__in=statuses)
    if members.count() != len(statuses) or not set(statuses.values()) <= {"", *Attendance.Status.values}:
        raise ValidationError(_("Kies voor elk lid van de groep: aanwezig, online, afgemeld of later."))
    stand = Attendance.objects.of(meeting)
    if all(stand.statuses.get(pk, "") == status for pk, status in statuses.items()):
        return
    if version is not None and version != stand.version:
        raise WrittenMeanwhile(stand)
    unknown = [pk for pk, status in statuses.items() if not status]
    Attendance.objects.filter(meeting=meeting, membership__in=unknown).delete()
    for membership in members.exclude(pk__in=unknown):
        Attendance.objects.update_or_create(
            meeting=meeting, membership=membership, defaults={"status": statuses[membership.pk]}
        )
    live.touch(live.topic_of("meeting", meeting))


@transaction.atomic
def end_meeting(*, actor: Actor, meeting: Meeting) -> Meeting:
    """Ends it, with every app's reaction in the same transaction: nothing is half ended.

    One that was held on paper ends without having been led here, once its day has come.
    """
    meeting = lock(meeting)
    if meeting.is_over:
        return meeting
    if not meeting.is_running and not meeting.has_passed:
        raise ValidationError(_("Deze bijeenkomst is nog niet begonnen."))
    _close_current(meeting)
    meeting.current_item = None
    meeting.state = Meeting.State.ENDED
    meeting.ended_at = timezone.now()
    meeting.save()
    meeting.agenda_changes.all().delete()
    LastAct.objects.filter(meeting=meeting).delete()
    for react in meeting_ended:
        react(meeting, actor)
    audit.record(actor, "meeting.ended", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
    return meeting


def resume_ended(*, actor: Actor, meeting: Meeting) -> None:
    """An ended meeting runs on at the onderdeel that was last on; the time since then stood still. Does not save it."""
    meeting.ended_at = None
    last = meeting.agenda.exclude(ended_at=None).order_by("ended_at").last()
    if last is None:
        meeting.state, meeting.started_at = Meeting.State.PLANNED, None
        return
    meeting.state = Meeting.State.RUNNING
    _open(meeting, last)
