"""The meeting: its agenda, leading it, its evaluation, and the expert's pages."""

import pytest

from groups.models import Membership, NetworkGroup
from meetings.models import AgendaItem, Agreement, ExpertInvitation, ImprovementPoint, Meeting
from tests.access.table import COACH, LEADERS, MEMBERS, Codes, Objects, Row, open_to_all, posts, with_account
from tests.factories import make_agenda_item

EXPERT: Codes = {**open_to_all(404), "expert": 200}

ROWS = [
    Row("get", "meetings:overview", with_account(200)),
    Row("get", "meetings:dates", COACH, "group"),
    Row("get", "meetings:detail", MEMBERS, "meeting"),
    Row("get", "meetings:now", MEMBERS, "meeting"),
    Row("get", "meetings:calendar", MEMBERS, "meeting"),
    Row("get", "meetings:preparation", COACH, "meeting"),
    Row("post", "meetings:tick", posts(COACH), "meeting", {"key": "room", "done": "1"}),
    Row("get", "meetings:day_leader", COACH, "meeting"),
    Row("post", "meetings:hand_over_day", posts(COACH), "meeting member"),
    Row("post", "meetings:take_day_back", posts(COACH), "meeting"),
    Row("get", "meetings:edit", COACH, "meeting"),
    Row("post", "meetings:cancel", posts(COACH), "meeting"),
    Row("post", "meetings:reopen", posts(COACH), "meeting"),
    Row("post", "meetings:tick_point", posts(LEADERS), "meeting point"),
    Row("post", "meetings:tick_agreement", posts(MEMBERS), "meeting agreement"),
    Row("get", "meetings:agenda", LEADERS, "meeting"),
    Row("post", "meetings:reset_agenda", posts(LEADERS), "meeting"),
    Row("get", "meetings:edit_item", LEADERS, "meeting item"),
    Row("post", "meetings:move_item", posts(LEADERS), "meeting item", {"position": "1"}),
    Row("post", "meetings:remove_item", posts(LEADERS), "meeting item"),
    Row("get", "meetings:invite_expert", COACH, "meeting"),
    Row("post", "meetings:resend_expert", posts(COACH), "invitation"),
    Row("post", "meetings:revoke_expert", posts(COACH), "invitation"),
    Row("get", "meetings:lead", LEADERS, "meeting"),
    Row("get", "meetings:attendance", LEADERS, "meeting"),
    Row("post", "meetings:step", posts(LEADERS), "meeting start"),
    Row("post", "meetings:item_step", posts(LEADERS), "meeting go_to break"),
    Row("get", "meetings:screen", LEADERS, "meeting"),
    Row("get", "meetings:evaluation", MEMBERS, "meeting"),
    Row("post", "meetings:scribe", posts(MEMBERS), "meeting"),
    Row("post", "meetings:add_point", posts(MEMBERS), "meeting", {"improvement-text": "Eerder beginnen"}),
    Row("post", "meetings:remove_point", posts(MEMBERS), "meeting point"),
    Row("post", "meetings:add_agreement", posts(MEMBERS), "meeting", {"agreement-text": "Koffie regelen"}),
    Row("post", "meetings:remove_agreement", posts(MEMBERS), "meeting agreement"),
    Row("get", "meetings:guest", EXPERT),
    # Without the mark of what it is about: who gets in is told which meeting this is.
    Row("post", "meetings:guest_answer", {**EXPERT, "expert": 409}, body={"answer": "yes"}),
    Row("get", "meetings:guest_calendar", EXPERT),
    Row("get", "meetings:expert_link", open_to_all(404), "token"),
]


@pytest.fixture
def meetings_objects(
    group: NetworkGroup, meeting: Meeting, participant: Membership, expert_invitation: ExpertInvitation
) -> Objects:
    return {
        "group": group,
        "meeting": meeting,
        "member": participant,
        "item": make_agenda_item(meeting),
        "break": make_agenda_item(meeting, AgendaItem.Kind.BREAK, 5),
        "point": ImprovementPoint.objects.create(meeting=meeting, text="Pitch korter"),
        "agreement": Agreement.objects.create(meeting=meeting, text="Beamer testen"),
        "invitation": expert_invitation,
        "start": "start",
        "go_to": "go_to",
        "token": "niet-bestaand-token",
    }
