"""Leervragen and the meetlat (docs/security.md A1). By link an expert comes to none of these."""

import pytest

from groups.models import Membership, NetworkGroup
from leervragen.models import Leervraag, Meetlat, StripGroup
from meetings.models import Meeting
from tests.access.table import (
    COACH,
    MEMBERS,
    PARTICIPANT,
    STRANGERS,
    Codes,
    Objects,
    Row,
    deelnemers,
    posts,
    refuses,
)
from tests.factories import make_meeting, make_topic

ELSEWHERES: Codes = {**STRANGERS, **deelnemers(404), "coach": 404, "own_phone": 404} | dict.fromkeys(
    ("other_member", "other_coach"), 200
)
"""Of the other group's meeting."""

ROWS = [
    Row("get", "leervragen:leervragen", {**MEMBERS, "own_phone": 200}, "meeting"),
    Row("post", "leervragen:leervragen", refuses({**MEMBERS, "own_phone": 200}), "meeting"),
    Row("get", "leervragen:leervragen", ELSEWHERES, "elsewhere"),
    Row("get", "leervragen:meetlat", MEMBERS, "meeting"),
    Row("get", "leervragen:look_back", MEMBERS, "meeting"),
    Row("get", "leervragen:answer", MEMBERS, "leervraag"),
    Row("get", "leervragen:change", PARTICIPANT, "leervraag"),
    Row("post", "leervragen:not_this_time", posts(MEMBERS), "meeting"),
    Row("post", "leervragen:send_to_expert", posts(COACH), "meeting"),
    Row("post", "leervragen:withdraw", posts(PARTICIPANT), "leervraag"),
    Row("post", "leervragen:go_to_step", posts(MEMBERS), "meeting", {"step": "2"}),
    Row("post", "leervragen:set_minutes", posts(MEMBERS), "meeting", {"minutes_kept_back": "8"}),
    Row("post", "leervragen:quick_add", refuses(MEMBERS), "meeting"),
    Row("post", "leervragen:finish", posts(MEMBERS), "meeting"),
    Row("post", "leervragen:undo_finish", posts(MEMBERS), "meeting"),
    Row("post", "leervragen:move", posts(MEMBERS), "leervraag", {"to": "3", "version": "0"}),
    Row("post", "leervragen:group", refuses(MEMBERS), "leervraag"),
    Row("post", "leervragen:ungroup", posts(MEMBERS), "leervraag", {"version": "0"}),
    Row("post", "leervragen:name_group", posts(MEMBERS), "strip_group", {"title": "Uitleg"}),
    Row("post", "leervragen:choose_for_today", posts(MEMBERS), "leervraag", {"not_today": "1"}),
    Row("post", "leervragen:begin", posts(MEMBERS), "leervraag"),
    Row("post", "leervragen:end", refuses(MEMBERS), "leervraag", {"outcome": "x"}),
]


@pytest.fixture
def leervragen_objects(meeting: Meeting, participant: Membership, other_group: NetworkGroup) -> Objects:
    """The leervraag is of `participant`."""
    leervraag = Leervraag.objects.create(meeting=meeting, author=participant, text="Hoe help ik bij een ruzie?")
    strip_group = StripGroup.objects.create(meetlat=Meetlat.objects.create(meeting=meeting))
    elsewhere = make_meeting(other_group, topic=make_topic(other_group))
    return {"meeting": meeting, "leervraag": leervraag, "strip_group": strip_group, "elsewhere": elsewhere}
