"""The meeting: its agenda, leading it, its evaluation, and the expert's pages."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from meetings.models import (
    AgendaItem,
    AgendaTemplate,
    Agreement,
    BoardPhoto,
    Display,
    Door,
    ExpertInvitation,
    FreeWeek,
    Handout,
    ImprovementPoint,
    Inventory,
    Keepsake,
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
    PARTICIPANT,
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
from tests.factories import make_agenda_item, make_meeting, make_user

EXPERT: Codes = {**open_to_all(404), "expert": 200}
DEELNEMERS: Codes = {**MEMBERS, "coach": 403}
OWN_ANSWERS: Codes = {**STRANGERS, **deelnemers(404), "participant": 200, "coach": 403}
"""The Startvragen of `participant`, which the coach reads and does not write."""

PAPER = [
    Row("get", "meetings:handouts", MEMBERS, "meeting"),
    Row("post", "meetings:handouts", refuses(COACH), "meeting"),
    Row("get", "meetings:handout", MEMBERS, "handout"),
    Row("post", "meetings:remove_handout", posts(COACH), "handout"),
    Row("post", "meetings:guest_add_handout", {**EXPERT, "expert": 409}),
    Row("post", "meetings:guest_remove_handout", {**EXPERT, "expert": 409}),
    Row("get", "meetings:hang_photo", COACH, "meeting"),
    Row("post", "meetings:hang_photo", refuses(COACH), "meeting"),
    Row("get", "meetings:board_photo", MEMBERS, "meeting"),
    Row("post", "meetings:take_photo_down", posts(COACH), "meeting"),
    Row("get", "meetings:thank_expert", {**COACH, "coach": 302}, "invitation"),
    Row("post", "meetings:thank_expert", refuses(COACH), "invitation"),
]
"""What is taken along from a meeting."""

GIVER: Codes = {**STRANGERS, **deelnemers(404), "participant": 422, "maatje": 403, "coach": 404}

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
    Row("post", "meetings:answer_agreement", posts(PARTICIPANT), "own_agreement", {"reply": "done"}),
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
    Row("get", "meetings:display", open_to_all(200)),
    Row("get", "meetings:display_state", open_to_all(200)),
    # Which code it is, is asked of nobody here: the page asks for which meeting of one's own it is.
    Row("get", "meetings:take_display", with_account(200), "code"),
    Row("get", "meetings:couple_display", LEADERS, "meeting"),
    Row("post", "meetings:couple_display", refuses(LEADERS), "meeting", {"code": "000000"}),
    Row("post", "meetings:let_go_display", posts(LEADERS), "display"),
    Row("post", "meetings:step", posts(LEADERS), "meeting start"),
    Row("post", "meetings:item_step", posts(LEADERS), "meeting go_to break"),
    Row("get", "meetings:as_expert", COACH, "meeting"),
    Row("get", "meetings:film_task", LEADERS, "meeting"),
    Row("post", "meetings:film_task", refuses(LEADERS), "meeting"),
    Row("get", "meetings:icebreaker", LEADERS, "meeting"),
    Row("post", "meetings:icebreaker", refuses(LEADERS), "meeting"),
    Row("get", "meetings:screen", LEADERS, "meeting"),
    Row("get", "meetings:evaluation", MEMBERS, "meeting"),
    Row("post", "meetings:scribe", posts(MEMBERS), "meeting"),
    Row("post", "meetings:add_point", posts(MEMBERS), "meeting", {"improvement-text": "Eerder beginnen"}),
    Row("post", "meetings:remove_point", posts(MEMBERS), "meeting point"),
    Row("post", "meetings:add_agreement", posts(MEMBERS), "meeting", {"agreement-text": "Koffie regelen"}),
    Row("post", "meetings:remove_agreement", posts(MEMBERS), "meeting agreement"),
    Row("get", "meetings:warm_up", MEMBERS, "meeting"),
    Row("get", "meetings:warm_up_together", LEADERS, "meeting"),
    Row("post", "meetings:ask_first", posts(LEADERS), "meeting", {"asked": "1"}),
    Row("get", "meetings:keepsakes", MEMBERS, "closing"),
    Row("post", "meetings:deal_keepsakes", posts(MEMBERS), "closing"),
    Row("post", "meetings:take_keepsakes_back", posts(MEMBERS), "closing"),
    # It was given: its writer changes it, its receiver reads it, and to all others, the coach too, it is not there.
    Row("post", "meetings:give_keepsake", GIVER, "keepsake"),
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
    *PAPER,
]


def _with_photo(meeting: Meeting) -> Meeting:
    """Its paper meetlat hangs with it."""
    BoardPhoto(meeting=meeting).file.save("meetlat.webp", ContentFile(b"WEBP"))
    return meeting


def _handout(meeting: Meeting, invitation: ExpertInvitation) -> Handout:
    """Of the expert, by link."""
    handout = Handout(meeting=meeting, invitation=invitation, title="Sheets", kind=Handout.Kind.PDF)
    handout.file.save("sheets.pdf", ContentFile(b"%PDF-1.7"))
    return handout


@pytest.fixture
def meetings_objects(
    group: NetworkGroup,
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
) -> Objects:
    closing = make_meeting(group, Meeting.Kind.CLOSING, position=9, state=Meeting.State.RUNNING)
    return {
        "group": group,
        "week": FreeWeek.objects.create(
            group=group, name="kerstvakantie", first_day=date(2026, 12, 19), last_day=date(2027, 1, 3)
        ),
        "meeting": _with_photo(meeting),
        "member": participant,
        "item": make_agenda_item(meeting),
        "note": LeadingNote.objects.create(meeting=meeting, writer=coach, text="Rustiger beginnen"),
        # Of another coach: nobody's own agenda is another's to take.
        "template": AgendaTemplate.objects.create(owner=make_user("Ander Mens"), kind=meeting.kind, name="Kort"),
        "break": make_agenda_item(meeting, AgendaItem.Kind.BREAK, 5),
        "point": ImprovementPoint.objects.create(meeting=meeting, text="Pitch korter"),
        "agreement": Agreement.objects.create(meeting=meeting, text="Beamer testen"),
        "own_agreement": Agreement.objects.create(meeting=meeting, text="Filmpje delen", owner=participant),
        "invitation": expert_invitation,
        "closing": closing,
        "keepsake": Keepsake.objects.create(
            meeting=closing, giver=participant, receiver=maatje, text="Jouw rust.", given_at=timezone.now()
        ),
        "inventory": Inventory.objects.create(member=participant, goal="Wachten", topics="Rust"),
        "wish": Wish.objects.create(group=group, kind="topic", text="Rust"),
        "knock": Knock.objects.create(
            door=Door.objects.create(meeting=meeting, opened_at=timezone.now()),
            number=1,
            name="Anna",
            email="a@b.example",
        ),
        "display": Display.objects.create(
            secret_hash="0", code_ends_at=timezone.now(), meeting=meeting, taken_by=coach, taken_at=timezone.now()
        ),
        "handout": _handout(meeting, expert_invitation),
        "code": "hjr-ge4",
        "start": "start",
        "go_to": "go_to",
        "token": "niet-bestaand-token",
    }
