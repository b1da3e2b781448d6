"""The method explained, and its slides."""

import pytest

from groups.models import NetworkGroup
from meetings.models import Meeting
from netwerkleren.method.models import MethodLink
from tests.access.table import (
    COACH,
    LEADERS,
    MEMBERS,
    SIGNED_OUT,
    Codes,
    Objects,
    Row,
    open_to_all,
    posts,
    refuses,
)
from tests.factories import make_agenda_item

TURNS: Codes = {**{actor: 204 if code == 200 else code for actor, code in LEADERS.items()}, **SIGNED_OUT}

ROWS = [
    Row("get", "method:subjects", open_to_all(200)),
    Row("get", "method:subject", open_to_all(200), "subject"),
    Row("get", "method:subject_slides", open_to_all(200), "subject"),
    Row("get", "method:links", MEMBERS, "group"),
    Row("post", "method:links", refuses(COACH), "group"),
    Row("post", "method:remove_link", posts(COACH), "link"),
    Row("get", "method:slides", MEMBERS, "meeting"),
    Row("get", "method:slide_now", {**MEMBERS, **SIGNED_OUT}, "meeting"),
    Row("post", "method:show_slide", posts(LEADERS), "meeting", {"number": "1"}),
    Row("post", "method:turn_slide", TURNS, "meeting", {"number": "1"}),
    Row("get", "method:presentation_file", LEADERS, "meeting"),
]


@pytest.fixture
def method_objects(group: NetworkGroup, meeting: Meeting) -> Objects:
    """The meeting runs, at an onderdeel with slides."""
    meeting.current_item = make_agenda_item(meeting, "meetlat")
    meeting.state = Meeting.State.RUNNING
    meeting.save()
    link = MethodLink.objects.create(group=group, subject="ruler", title="Film", link="https://films.example/1")
    return {"group": group, "meeting": meeting, "link": link, "subject": "ruler"}
