"""A meeting as a calendar item (RFC 5545, 5546): one UID for its whole life, and a SEQUENCE that rises.

Times are written in UTC, so that a change of summer time between sending and meeting changes nothing.
"""

from collections.abc import Iterator
from datetime import UTC, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import Calendar, Event, vCalAddress, vText

from groups.models import memberships_of
from netwerkleren.base.mail import Attachment

from .models import CalendarFeed, Meeting

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
DEADLINES = {
    "leervraag_deadline": gettext_lazy("Lever je leervraag in: %(title)s"),
    "clip_deadline": gettext_lazy("Plaats je fragment: %(title)s"),
    "feedback_deadline": gettext_lazy("Geef feedback: %(title)s"),
}


def calendar_of(meeting: Meeting, *, method: str, name: str = "", email: str = "") -> bytes:
    """One event for one recipient; no other address than the portal's and their own is in it.

    `meeting` comes from `with_facts()`, and has a date unless the method is CANCEL.
    """
    event = _event_of(meeting, is_cancelled=method == CANCEL)
    event.add("organizer", the_portal())
    if email:
        attendee = _person(name, email)
        attendee.params["RSVP"] = vText("FALSE")
        event.add("attendee", attendee, encode=False)

    calendar = empty_calendar(method)
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def feed_of(feed: CalendarFeed) -> bytes:
    """All dated meetings of someone's groups, and their deadlines if wished. No name of a person is in it.

    A meeting has the UID that its mails have, so that a calendar which has both shows one.
    """
    calendar = empty_calendar(PUBLISH)
    calendar.add("x-wr-calname", _("Netwerkleren"))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    asked = {own.group_id for own in memberships_of(feed.user) if not own.is_coach}
    for meeting in Meeting.objects.visible_to(feed.user).exclude(starts_at=None).with_facts().order_by("starts_at"):
        is_cancelled = meeting.state == Meeting.State.CANCELLED
        if meeting.group.is_draft:
            continue
        calendar.add_component(_event_of(meeting, is_cancelled=is_cancelled))
        if feed.with_deadlines and meeting.group_id in asked and not is_cancelled:
            for event in _deadlines_of(meeting):
                calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _deadlines_of(meeting: Meeting) -> Iterator[Event]:
    """Each a moment that keeps no time free."""
    for field, what in DEADLINES.items():
        if deadline := getattr(meeting, field):
            event = Event()
            event.add("uid", uid_of(f"{meeting.ics_uid}-{field.replace('_', '-')}"))
            event.add("sequence", meeting.ics_sequence)
            event.add("dtstamp", timezone.now())
            event.add("dtstart", deadline.astimezone(UTC))
            event.add("summary", what % {"title": meeting.title})
            event.add("transp", "TRANSPARENT")
            yield event


def empty_calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Netwerkleren//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def uid_of(of: str) -> str:
    return f"{of}@{urlsplit(settings.BASE_URL).hostname}"


def _event_of(meeting: Meeting, *, is_cancelled: bool) -> Event:
    event = Event()
    event.add("uid", uid_of(str(meeting.ics_uid)))
    event.add("sequence", meeting.ics_sequence)
    event.add("dtstamp", timezone.now())
    if meeting.starts_at and meeting.ends_at:
        event.add("dtstart", meeting.starts_at.astimezone(UTC))
        if meeting.ends_at > meeting.starts_at:
            event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", _("Netwerkleren: %(title)s") % {"title": meeting.title})
    event.add("description", _description(meeting))
    if meeting.place:
        event.add("location", meeting.place)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event


def attachment_of(meeting: Meeting, *, method: str, name: str, email: str) -> Attachment:
    content = calendar_of(meeting, method=method, name=name, email=email)
    return Attachment(f"{_file_name(meeting)}.ics", content, f"text/calendar; method={method}")


def calendar_file(meeting: Meeting) -> HttpResponse:
    """For who wants to put it into a calendar by hand; of one that does not take place, what takes it out again."""
    is_cancelled = meeting.state == Meeting.State.CANCELLED
    content = calendar_of(meeting, method=CANCEL if is_cancelled else PUBLISH)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(meeting)}.ics"'
    return response


def _file_name(meeting: Meeting) -> str:
    return "-".join(meeting.number_name.lower().split())


def _description(meeting: Meeting) -> str:
    lines = [_("%(number)s van %(group)s") % {"number": meeting.number_name, "group": meeting.group.name}]
    if meeting.online_url:
        lines.append(_("Online: %(url)s") % {"url": meeting.online_url})
    return "\n".join(lines)


def the_portal() -> vCalAddress:
    """Who an item comes from, as one that takes another out of a calendar has to say."""
    return _person(*parseaddr(settings.DEFAULT_FROM_EMAIL))


def _person(name: str, email: str) -> vCalAddress:
    """A quote or a line break in a name would end the parameter and begin another line."""
    person = vCalAddress(f"mailto:{email}")
    person.params["CN"] = vText(" ".join(name.replace('"', "").split()))
    return person
