"""Leervragen and the meetlat (docs/security.md A1). By link an expert comes to one of these: to answer
in writing, once the questions were sent."""

import pytest
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from leervragen.models import Clarification, Leervraag, Mailing, Meetlat, StripGroup
from meetings.models import Agreement, ExpertInvitation, Meeting, TeamSharing
from tests.access.table import (
    COACH,
    LEADERS,
    MEMBERS,
    PARTICIPANT,
    SIGNED_OUT,
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

LETS_GO: Codes = {**PARTICIPANT, "coach": 200}
"""The asker and the coach."""

ALSO_EXPERT: Codes = {**MEMBERS, "expert": 200}
"""Members, and the expert once the questions were sent."""

BOARD_ALONE: Codes = {**COACH, **SIGNED_OUT, "coach": 403, "digibord": 422}
"""By hand on the digibord, and only while its group lays: of these rows it does not. Who is signed in has a meetlat of
their own."""

NOT_THE_ASKER: Codes = {**MEMBERS, "participant": 403}
THE_ASKERS_OWN: Codes = {**STRANGERS, **deelnemers(404), "coach": 404, "participant": 200}
"""What is only there for the asker."""

OWN_SHARING: Codes = {**STRANGERS, **deelnemers(404), "participant": 200, "coach": 404}
"""What `participant` shared with the own team."""

ROWS = [
    # Before its hour nothing is filled in: the coach is told so on the meeting's page.
    Row("get", "leervragen:team", {**MEMBERS, **deelnemers(302), "coach": 302}, "meeting"),
    Row("get", "leervragen:team_page_pdf", MEMBERS, "meeting"),
    Row("post", "leervragen:add_sharing", refuses(MEMBERS), "meeting"),
    Row("post", "leervragen:remove_sharing", posts(OWN_SHARING), "sharing"),
    Row("post", "leervragen:mark_answer", posts(LETS_GO), "leervraag", {"outside": "1"}),
    Row("post", "leervragen:mark_agreement", posts(LETS_GO), "agreement", {"outside": "1"}),
    Row("get", "leervragen:afterwards", {**COACH, "coach": 302}, "meeting"),
    Row("get", "leervragen:leervragen", {**MEMBERS, "own_phone": 200}, "meeting"),
    Row("post", "leervragen:leervragen", refuses({**MEMBERS, "own_phone": 200}), "meeting"),
    Row("get", "leervragen:leervragen", ELSEWHERES, "elsewhere"),
    Row("get", "leervragen:meetlat", MEMBERS, "meeting"),
    Row("post", "leervragen:look_back", refuses(MEMBERS), "meeting"),
    Row("get", "leervragen:answer", MEMBERS, "leervraag"),
    Row("get", "leervragen:change", PARTICIPANT, "leervraag"),
    Row("get", "leervragen:group_questions", MEMBERS, "group"),
    Row("get", "leervragen:group_questions_pdf", MEMBERS, "group"),
    Row("get", "leervragen:search", MEMBERS, "group"),
    Row("get", "leervragen:parked", MEMBERS, "group"),
    Row("get", "leervragen:write_answer", ALSO_EXPERT, "leervraag"),
    Row("post", "leervragen:write_answer", refuses(ALSO_EXPERT), "leervraag"),
    Row("get", "leervragen:clarify", NOT_THE_ASKER, "leervraag"),
    Row("post", "leervragen:clarify", refuses(NOT_THE_ASKER), "leervraag"),
    Row("post", "leervragen:put_aside", posts(THE_ASKERS_OWN), "clarification"),
    Row("get", "leervragen:tried", PARTICIPANT, "leervraag"),
    Row("get", "leervragen:hold_back", COACH, "leervraag"),
    Row("post", "leervragen:hold_back", refuses(COACH), "leervraag"),
    Row("post", "leervragen:let_through", posts(COACH), "held_back"),
    Row("get", "leervragen:pitch", MEMBERS, "meeting"),
    Row("get", "leervragen:overlaps", MEMBERS, "meeting"),
    Row("post", "leervragen:choose_several", refuses(MEMBERS), "meeting"),
    Row("post", "leervragen:lay_together", refuses(MEMBERS), "meeting"),
    Row("post", "leervragen:tick", refuses(MEMBERS), "leervraag"),
    Row("post", "leervragen:erase_tick", posts(MEMBERS), "leervraag"),
    Row("post", "leervragen:say", posts(PARTICIPANT), "leervraag", {"said": "answered", "version": "0"}),
    Row("post", "leervragen:take_up", refuses(MEMBERS), "leervraag"),
    Row("post", "leervragen:send_parked", refuses(COACH), "leervraag"),
    Row("post", "leervragen:let_go", posts(LETS_GO), "leervraag"),
    Row("post", "leervragen:lay_back", posts(MEMBERS), "leervraag"),
    Row("post", "leervragen:tried", refuses(PARTICIPANT), "leervraag"),
    Row("post", "leervragen:not_tried", posts(PARTICIPANT), "leervraag"),
    Row("post", "leervragen:not_this_time", posts(MEMBERS), "meeting"),
    Row("post", "leervragen:send_to_expert", posts(COACH), "meeting"),
    Row("post", "leervragen:withdraw", posts(PARTICIPANT), "leervraag"),
    Row("post", "leervragen:go_to_step", posts(MEMBERS), "meeting", {"step": "2"}),
    Row("post", "leervragen:undo_move", posts(MEMBERS), "meeting"),
    Row("post", "leervragen:choose_way", posts(LEADERS), "meeting", {"way": "board"}),
    Row("post", "leervragen:set_minutes", posts(MEMBERS), "meeting", {"minutes_kept_back": "8"}),
    Row("post", "leervragen:quick_add", refuses(MEMBERS), "meeting"),
    Row("post", "leervragen:finish", posts(MEMBERS), "meeting"),
    Row("post", "leervragen:undo_finish", posts(MEMBERS), "meeting"),
    Row("post", "leervragen:move", posts(MEMBERS), "leervraag", {"to": "3", "version": "0"}),
    Row("post", "leervragen:lay_at_board", BOARD_ALONE, "leervraag", {"to": "3", "version": "0"}),
    Row("post", "leervragen:group", refuses(MEMBERS), "leervraag"),
    Row("post", "leervragen:ungroup", posts(MEMBERS), "leervraag", {"version": "0"}),
    Row("post", "leervragen:name_group", posts(MEMBERS), "strip_group", {"title": "Uitleg"}),
    Row("post", "leervragen:choose_for_today", posts(MEMBERS), "leervraag", {"not_today": "1"}),
    Row("post", "leervragen:begin", posts(MEMBERS), "leervraag"),
    Row("post", "leervragen:end", refuses(MEMBERS), "leervraag", {"outcome": "x"}),
    Row("post", "leervragen:go_on", refuses(MEMBERS), "leervraag", {"outcome": "x"}),
    Row("post", "leervragen:answer_too", refuses(MEMBERS), "leervraag"),
    Row("post", "leervragen:ask_beside", refuses(MEMBERS), "leervraag"),
]


@pytest.fixture
def leervragen_objects(
    meeting: Meeting,
    participant: Membership,
    maatje: Membership,
    expert_invitation: ExpertInvitation,
    other_group: NetworkGroup,
) -> Objects:
    """The leervraag is of `participant`."""
    leervraag = Leervraag.objects.create(meeting=meeting, author=participant, text="Hoe help ik bij een ruzie?")
    held_back = Leervraag.objects.create(meeting=meeting, author=participant, text="Hoe?", outcome="held_back")
    asked = Clarification.objects.create(leervraag=leervraag, writer=maatje, text="Bedoel je in de pauze?")
    mailing = Mailing.objects.create(invitation=expert_invitation, kind=Mailing.Kind.FIRST)
    mailing.leervragen.add(leervraag)
    meetlat = Meetlat.objects.create(meeting=meeting, way_chosen=Meetlat.Way.PHONES)
    strip_group = StripGroup.objects.create(meetlat=meetlat)
    return {
        "group": meeting.group,
        "meeting": meeting,
        "leervraag": leervraag,
        "held_back": held_back,
        "strip_group": strip_group,
        "sharing": TeamSharing.objects.create(
            meeting=meeting, member=participant, form="talk", shared_on=timezone.localdate()
        ),
        "agreement": Agreement.objects.create(meeting=meeting, text="Koffie", owner=participant),
        "clarification": asked,
        "elsewhere": make_meeting(other_group, topic=make_topic(other_group)),
    }
