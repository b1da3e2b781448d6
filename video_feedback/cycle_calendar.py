"""The appointment of a round as a calendar item: one UID for its whole life, and a SEQUENCE that rises."""

from datetime import UTC, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event

from meetings.calendar import CANCEL, PUBLISH, empty_calendar, the_portal, uid_of
from netwerkleren.base.mail import Attachment

from .models import FilmCycle

LESSON_LASTS = timedelta(hours=1)
"""Nobody says how long: a lesson or a talk is about an hour."""


def appointment_of(cycle: FilmCycle) -> Attachment:
    """For both the same. Whose round it is, when and where; not the goal, which a calendar shows to others.

    Of a round that has no day any more it is what takes the earlier item out of a calendar.
    """
    method = PUBLISH if cycle.at else CANCEL
    event = Event()
    event.add("uid", uid_of(f"film-{cycle.pk}"))
    event.add("sequence", cycle.ics_sequence)
    event.add("dtstamp", timezone.now())
    if cycle.at is None:
        event.add("organizer", the_portal())
    else:
        event.add("dtstart", cycle.at.astimezone(UTC))
        event.add("dtend", (cycle.at + LESSON_LASTS).astimezone(UTC))
    event.add("summary", _("Samen filmen: bij %(name)s") % {"name": cycle.owner.user.first_name})
    if cycle.room:
        event.add("location", cycle.room)
    event.add("status", "CONFIRMED" if cycle.at else "CANCELLED")
    calendar = empty_calendar(method)
    calendar.add_component(event)
    return Attachment("samen-filmen.ics", calendar.to_ical(), f"text/calendar; method={method}")
