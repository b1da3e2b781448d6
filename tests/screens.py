"""The Scherm as a room reads it: a running meeting at one onderdeel, and the words that stand there."""

import html
import re

from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from meetings.models import AgendaItem, Meeting
from meetings.points import screen_panels
from meetings.services import running
from netwerkleren.base.access import NOBODY
from tests.factories import make_agenda_item

TAG = re.compile(r"<(template|script|style|title).*?</\1>|<[^>]+>", re.DOTALL)


def be_at(coach: Membership, meeting: Meeting, kind: str, minutes: int = 15) -> AgendaItem:
    """The meeting runs, and this onderdeel is on."""
    item = make_agenda_item(meeting, kind, minutes)
    running.start_meeting(actor=coach.user, meeting=meeting)
    meeting.refresh_from_db()
    if meeting.current_item_id != item.pk:
        running.go_to(actor=coach.user, meeting=meeting, item=item)
        meeting.refresh_from_db()
    return item


def drawn(item: AgendaItem) -> str:
    """What the onderdeel puts on the Scherm, as who has no account sees it."""
    panels = screen_panels.collect(item, NOBODY)
    return "".join(render_to_string(panel.template, dict(panel.context)) for panel in panels)


def words_on(browser: Client, meeting: Meeting) -> str:
    """What the Scherm says, in one line."""
    return words_of(browser.get(reverse("meetings:screen", args=[meeting.pk])).content.decode())


def words_of(page: str) -> str:
    main = page[page.index("<live-region") : page.index("</live-region>")]
    return " ".join(html.unescape(TAG.sub(" ", main)).split())
