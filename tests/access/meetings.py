"""The meeting: its agenda, leading it, its evaluation, and the expert's pages."""

from datetime import date

import pytest
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from meetings.models import (
    AgendaItem,
    AgendaTemplate,
    Agreement,
    Door,
    ExpertInvitation,
    FreeWeek,
    ImprovementPoint,
    Inventory,
    Knock,
    LeadingNote,
    Meeting,
    Wish,
)
from tests.access.table import (
    COACH,
    COACHS_ROWS,
    LEADERS,
    MEMBERS,
    SIGNED_OUT,
    STRANGERS,
    Codes,
    Objects,
    Row,
    deelnemers,
    open_to_all,
    posts,
    refuses,
    with_account,
)
from tests.factories import make_agenda_item, make_user

EXPERT: Codes = {**open_to_all(404), "expert": 200}
DEELNEMERS: Codes = {**MEMBERS, "coach": 403}
OWN_ANSWERS: Codes = {**STRANGERS, **deelnemers(404), "participant": 200, "coach": 403}
"""The Startvragen of `participant`, which the coach reads and does not write."""

ROWS = [
    Row("get", "meetings:overview", with_account(200)),
    Row("get", "meetings:dates", COACH, "group"),
    Row("get", "meetings:my_calendar", with_account(200)),
    Row("post", "meetings:end_calendar", with_account(302)),
    # The secret of its address is the gate: whoever signed in gets no more by it.
    Row("get", "meetings:feed", open_to_all(404), "token"),
    Row("get", "meetings:reminders", COACH, "meeting"),
    Row("post", "meetings:remind", posts(COACH), "meeting", {"field": "leervraag_deadline"}),
    Row("get", "meetings:rhythm", COACH, "group"),
    Row("post", "meetings:remove_free_week", posts(COACH), "week"),
    Row("get", "meetings:add", COACH, "group"),
    Row("get", "meetings:move", COACH, "meeting"),
    Row("get", "meetings:remove", COACH, "meeting"),
    Row("get", "meetings:detail", MEMBERS, "meeting"),
    Row("get", "meetings:now", MEMBERS, "meeting"),
    Row("get", "meetings:calendar", MEMBERS, "meeting"),
    Row("post", "meetings:absence", posts({**MEMBERS, "coach": 403}), "meeting", {"absent": "1"}),
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
    Row("post", "meetings:retime_items", posts(LEADERS), "meeting"),
    Row("post", "meetings:undo_change", posts(LEADERS), "meeting", {"change": "1"}),
    Row("post", "meetings:restore_part", posts(LEADERS), "meeting", {"kind": "talent"}),
    Row("post", "meetings:fix_item", posts(LEADERS), "meeting item", {"fixed_start": "16.15"}),
    Row("get", "meetings:agenda_sources", COACH, "meeting"),
    Row("post", "meetings:copy_agenda", posts(COACH), "meeting meeting"),
    Row("post", "meetings:use_template", {**posts(COACH), "coach": 404}, "meeting template"),
    Row("post", "meetings:remove_template", posts(COACH), "meeting template"),
    Row("get", "meetings:edit_item", LEADERS, "meeting item"),
    Row("post", "meetings:move_item", posts(LEADERS), "meeting item", {"position": "1"}),
    Row("post", "meetings:remove_item", posts(LEADERS), "meeting item"),
    Row("get", "meetings:invite_expert", COACH, "meeting"),
    Row("post", "meetings:resend_expert", posts(COACH), "invitation"),
    Row("post", "meetings:revoke_expert", posts(COACH), "invitation"),
    Row("get", "meetings:lead", LEADERS, "meeting"),
    Row("get", "meetings:attendance", LEADERS, "meeting"),
    Row("post", "meetings:tap", posts(LEADERS), "meeting", {"face": "nobody:present"}),
    Row("get", "meetings:jot_down", LEADERS, "meeting"),
    Row("post", "meetings:jot_down", refuses(LEADERS), "meeting"),
    Row("post", "meetings:remove_note", posts(COACHS_ROWS), "note"),
    Row("get", "meetings:where", {**MEMBERS, **SIGNED_OUT}, "meeting"),
    Row("post", "meetings:show_door", posts(COACH), "meeting", {"shown": "0"}),
    Row("post", "meetings:let_in", posts(COACHS_ROWS), "knock"),
    Row("post", "meetings:turn_away", posts(COACHS_ROWS), "knock"),
    # To whom holds no code, and to whom knocked nowhere, all are alike.
    Row("get", "meetings:door", open_to_all(404), "token"),
    Row("get", "meetings:waiting", open_to_all(404)),
    Row("get", "meetings:waiting_state", open_to_all(200)),
    Row("post", "meetings:step", posts(LEADERS), "meeting start"),
    Row("post", "meetings:item_step", posts(LEADERS), "meeting go_to break"),
    Row("get", "meetings:as_expert", COACH, "meeting"),
    Row("get", "meetings:film_task", LEADERS, "meeting"),
    Row("post", "meetings:film_task", refuses(LEADERS), "meeting"),
    Row("get", "meetings:screen", LEADERS, "meeting"),
    Row("get", "meetings:evaluation", MEMBERS, "meeting"),
    Row("post", "meetings:scribe", posts(MEMBERS), "meeting"),
    Row("post", "meetings:add_point", posts(MEMBERS), "meeting", {"improvement-text": "Eerder beginnen"}),
    Row("post", "meetings:remove_point", posts(MEMBERS), "meeting point"),
    Row("post", "meetings:add_agreement", posts(MEMBERS), "meeting", {"agreement-text": "Koffie regelen"}),
    Row("post", "meetings:remove_agreement", posts(MEMBERS), "meeting agreement"),
    Row("get", "meetings:inventory", DEELNEMERS, "group"),
    Row("get", "meetings:inventory_together", COACH, "group"),
    Row("post", "meetings:open_inventory", posts(COACH), "group", {"half": "film"}),
    Row("post", "meetings:arrange", posts(COACH), "group", {"question": "camera"}),
    Row("post", "meetings:make_goal", posts(OWN_ANSWERS), "inventory"),
    Row("post", "meetings:make_wishes", posts({**OWN_ANSWERS, "coach": 200}), "inventory", {"question": "topics"}),
    Row("get", "meetings:wishes", MEMBERS, "group"),
    Row("post", "meetings:back_wish", posts(MEMBERS), "wish", {"wanted": "1"}),
    Row("post", "meetings:merge_wish", posts(COACH), "wish"),
    Row("post", "meetings:agree_wish", posts(COACH), "wish", {"agreed": "1"}),
    Row("get", "meetings:guest", EXPERT),
    # Without the mark of what it is about: who gets in is told which meeting this is.
    Row("post", "meetings:guest_answer", {**EXPERT, "expert": 409}, body={"answer": "yes"}),
    Row("get", "meetings:guest_calendar", EXPERT),
    Row("get", "meetings:expert_link", open_to_all(404), "token"),
]


@pytest.fixture
def meetings_objects(
    group: NetworkGroup,
    coach: Membership,
    participant: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
) -> Objects:
    return {
        "group": group,
        "week": FreeWeek.objects.create(
            group=group, name="kerstvakantie", first_day=date(2026, 12, 19), last_day=date(2027, 1, 3)
        ),
        "meeting": meeting,
        "member": participant,
        "item": make_agenda_item(meeting),
        "note": LeadingNote.objects.create(meeting=meeting, writer=coach, text="Rustiger beginnen"),
        # Of another coach: nobody's own agenda is another's to take.
        "template": AgendaTemplate.objects.create(owner=make_user("Ander Mens"), kind=meeting.kind, name="Kort"),
        "break": make_agenda_item(meeting, AgendaItem.Kind.BREAK, 5),
        "point": ImprovementPoint.objects.create(meeting=meeting, text="Pitch korter"),
        "agreement": Agreement.objects.create(meeting=meeting, text="Beamer testen"),
        "invitation": expert_invitation,
        "inventory": Inventory.objects.create(member=participant, goal="Wachten", topics="Rust"),
        "wish": Wish.objects.create(group=group, kind="topic", text="Rust"),
        "knock": Knock.objects.create(
            door=Door.objects.create(meeting=meeting, opened_at=timezone.now()),
            number=1,
            name="Anna",
            email="a@b.example",
        ),
        "start": "start",
        "go_to": "go_to",
        "token": "niet-bestaand-token",
    }
