"""Every own route × every actor: who gets in, who is sent to log in, for whom it does not exist."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Membership, User
from meetings.models import AgendaItem, Agreement, ExpertInvitation, ImprovementPoint, Meeting
from meetings.urls import urlpatterns
from tests.factories import make_agenda_item

ACTORS = [
    "anonymous",
    "outsider",
    "other_member",
    "other_coach",
    "ex_member",
    "beheerder",
    "participant",
    "maatje",
    "coach",
    "expert",
]
STRANGERS = {"outsider": 404, "other_member": 404, "other_coach": 404, "ex_member": 404, "beheerder": 404}
MEMBERS = {**STRANGERS, "anonymous": 302, "expert": 302, "participant": 200, "maatje": 200, "coach": 200}
COACH = {**MEMBERS, "participant": 403, "maatje": 403}
EVERYONE = dict.fromkeys(ACTORS, 200)
ONLY_EXPERT = {**dict.fromkeys(ACTORS, 404), "expert": 200}


def posts(table: dict[str, int]) -> dict[str, int]:
    """The same people, where the answer of who gets in is a redirect to the next page."""
    return {actor: 302 if code == 200 else code for actor, code in table.items()}


@dataclass(frozen=True)
class Case:
    name: str
    expected: dict[str, int]
    method: str = "get"
    extra: str = ""
    data: tuple[tuple[str, str], ...] = ()


CASES = [
    Case("list", {**EVERYONE, "anonymous": 302, "expert": 302}),
    Case(
        "dates",
        {
            **MEMBERS,
            "outsider": 403,
            "other_member": 403,
            "ex_member": 403,
            "beheerder": 403,
            "participant": 403,
            "maatje": 403,
        },
        extra="group",
    ),
    Case("detail", MEMBERS),
    Case("now", MEMBERS),
    Case("calendar", MEMBERS),
    Case("preparation", COACH),
    Case("tick", posts(COACH), "post", data=(("key", "room"), ("done", "1"))),
    Case("edit", COACH),
    Case("cancel", posts(COACH), "post"),
    Case("reopen", posts(COACH), "post"),
    Case("tick_point", posts(COACH), "post", "point"),
    Case("tick_agreement", posts(MEMBERS), "post", "agreement"),
    Case("agenda", COACH),
    Case("agenda_reset", posts(COACH), "post"),
    Case("item", COACH, extra="item"),
    Case("item_move", posts(COACH), "post", "item", (("position", "1"),)),
    Case("item_remove", posts(COACH), "post", "item"),
    Case("expert", COACH),
    Case("expert_resend", posts({**COACH, "expert": 302}), "post", "invitation"),
    Case("expert_revoke", posts({**COACH, "expert": 302}), "post", "invitation"),
    Case("lead", COACH),
    Case("attendance", COACH),
    Case("step", posts(COACH), "post", "step"),
    Case("item_step", posts(COACH), "post", "item_step"),
    Case("screen", COACH),
    Case("evaluation", MEMBERS),
    Case("scribe", posts(MEMBERS), "post"),
    Case("point_add", posts(MEMBERS), "post", data=(("improvement-text", "Eerder beginnen"),)),
    Case("point_remove", posts(MEMBERS), "post", "point"),
    Case("agreement_add", posts(MEMBERS), "post", data=(("agreement-text", "Koffie regelen"),)),
    Case("agreement_remove", posts(MEMBERS), "post", "agreement"),
    Case("guest", ONLY_EXPERT, extra="none"),
    Case("guest_answer", posts(ONLY_EXPERT), "post", "none", (("answer", "yes"),)),
    Case("guest_calendar", ONLY_EXPERT, extra="none"),
    Case("expert_link", dict.fromkeys(ACTORS, 404), extra="token"),
]


def test_every_route_of_meetings_is_in_the_table() -> None:
    assert {case.name for case in CASES} == {pattern.name for pattern in urlpatterns}


@pytest.fixture
def address(meeting: Meeting, expert_invitation: ExpertInvitation) -> Callable[[Case], str]:
    items = [make_agenda_item(meeting), make_agenda_item(meeting, AgendaItem.Kind.BREAK, 5)]
    point = ImprovementPoint.objects.create(meeting=meeting, text="Pitch korter")
    agreement = Agreement.objects.create(meeting=meeting, text="Beamer testen")
    args: dict[str, list[Any]] = {
        "": [meeting.pk],
        "group": [meeting.group_id],
        "point": [meeting.pk, point.pk],
        "agreement": [meeting.pk, agreement.pk],
        "item": [meeting.pk, items[0].pk],
        "invitation": [expert_invitation.pk],
        "step": [meeting.pk, "start"],
        "item_step": [meeting.pk, "go_to", items[1].pk],
        "token": ["niet-bestaand-token"],
        "none": [],
    }
    return lambda case: reverse(f"meetings:{case.name}", args=[] if case.name == "list" else args[case.extra])


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_code(
    case: Case,
    actor: str,
    address: Callable[[Case], str],
    sign_in: Callable[[Membership | User], Client],
    expert_client: Client,
    request: pytest.FixtureRequest,
) -> None:
    if actor == "anonymous":
        client = Client()
    else:
        client = expert_client if actor == "expert" else sign_in(request.getfixturevalue(actor))
    response = getattr(client, case.method)(address(case), dict(case.data))
    assert response.status_code == case.expected[actor]
    if response.status_code == 302 and case.expected[actor] == 302 and actor in ("anonymous", "expert"):
        is_own_page = case.name in ("guest_answer",)
        assert is_own_page or response.headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("case", [case for case in CASES if case.method == "post"], ids=lambda case: case.name)
def test_a_get_changes_nothing(
    case: Case, address: Callable[[Case], str], sign_in: Callable[[Membership | User], Client], coach: Membership
) -> None:
    assert sign_in(coach).get(address(case)).status_code == 405


def test_a_draft_is_its_coachs_alone(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: Callable[[Membership | User], Client]
) -> None:
    meeting.group.published_at = None
    meeting.group.save()
    url = reverse("meetings:detail", args=[meeting.pk])
    assert [sign_in(person).get(url).status_code for person in (coach, participant)] == [200, 404]
