"""Bekijk als deelnemer, and als expert: what the coach sees through made-up eyes, which write and reach nothing."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from groups.made_up import made_up_participant
from groups.models import LearningGoal, Membership, NetworkGroup, User
from leervragen.models import Leervraag
from meetings.models import AgendaItem, ExpertInvitation, Meeting
from meetings.services import running
from netwerkleren.base.preview import Preview, show_as
from netwerkleren.base.request import Request
from tests.access.table import no_writes
from tests.factories import make_agenda_item, make_group, make_meeting, make_member
from tests.types import Response, SignIn


@pytest.fixture
def pages(meeting: Meeting) -> list[str]:
    """Every page of this kind, of one group."""
    group = meeting.group_id
    return [
        reverse("roof:group_as", args=[group]),
        reverse("roof:today_as", args=[group]),
        reverse("roof:meeting_as", args=[meeting.pk]),
        reverse("roof:clips_as", args=[group]),
        reverse("roof:leervragen_as", args=[meeting.pk]),
        reverse("meetings:as_expert", args=[meeting.pk]),
    ]


@pytest.fixture
def browser(coach: Membership, participant: Membership, maatje: Membership, sign_in: SignIn) -> Client:
    return sign_in(coach)


def _all(browser: Client, pages: list[str]) -> Iterator[tuple[str, str]]:
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        yield page, answer.content.decode()


def test_each_says_whose_eyes_these_are_and_leads_back(browser: Client, pages: list[str], meeting: Meeting) -> None:
    group, detail = meeting.group.get_absolute_url(), reverse("meetings:detail", args=[meeting.pk])
    backs = [group, group, detail, group, reverse("leervragen:leervragen", args=[meeting.pk]), detail]
    for (page, shown), back in zip(_all(browser, pages), backs, strict=True):
        who = "expert" if "als-expert" in page else "deelnemer"
        assert f"Zo ziet een {who} dit" in shown
        assert f'href="{back}"' in shown


def test_nothing_can_be_sent_from_it_and_no_module_runs(browser: Client, pages: list[str]) -> None:
    for page, shown in _all(browser, pages):
        assert "<form" not in shown, page
        assert "<script" not in shown, page
        policy = browser.get(page).headers["Content-Security-Policy"]
        for directive in ("form-action", "script-src", "connect-src"):
            assert f"{directive} 'none'" in policy, page
        assert browser.post(page).status_code == 405


def test_links_lead_to_such_pages_or_nowhere(browser: Client, pages: list[str], meeting: Meeting) -> None:
    back = {
        meeting.group.get_absolute_url(),
        reverse("meetings:detail", args=[meeting.pk]),
        reverse("leervragen:leervragen", args=[meeting.pk]),
    }
    for page, shown in _all(browser, pages):
        for address in re.findall(r'<a\b[^>]*\shref="([^"]*)"', shown):
            assert address.startswith("#") or "/als-" in address or address in back, (page, address)
    assert pages[2] in browser.get(pages[0]).content.decode()


def test_looking_writes_nothing_and_leaves_nobody(browser: Client, pages: list[str]) -> None:
    browser.get("/")
    with no_writes():
        for _page, shown in _all(browser, pages):
            assert shown
    assert not User.objects.filter(name__contains="Voorbeeld").exists()


def test_a_view_that_would_write_fails_instead(group: NetworkGroup, rf_request: Request) -> None:
    def writes(seen: Request) -> HttpResponse:
        NetworkGroup.objects.update(theme="Anders")
        return HttpResponse()

    with pytest.raises(RuntimeError, match="writes nothing"), transaction.atomic():
        show_as(rf_request, made_up_participant(group), Preview("", "/"), writes)
    assert NetworkGroup.objects.get().theme == group.theme
    assert connection.execute_wrappers == []


@pytest.fixture
def rf_request() -> Request:
    request = Request()
    request.method = "GET"
    return request


def test_it_is_what_a_deelnemer_sees_and_not_the_coach(
    browser: Client, pages: list[str], participant: Membership
) -> None:
    group, today, meeting, _clips, leervragen, _expert = [shown for _page, shown in _all(browser, pages)]
    assert "Sam Voorbeeld" in today and "Dag Sam" in today
    assert "Hoe staat het ervoor?" not in today + meeting
    assert "Bijeenkomst leiden" not in meeting
    assert "Nodig uit" not in group
    assert "Lever je leervraag in" in today
    assert "Leervragen" in leervragen and "Verstuur" not in leervragen
    assert participant.user.name in group


def test_what_a_member_kept_from_the_group_is_not_in_it(
    browser: Client, pages: list[str], participant: Membership
) -> None:
    LearningGoal.objects.create(membership=participant, text="Geheim leerdoel")
    Membership.objects.filter(pk=participant.pk).update(first_thought="Geheime gedachte")
    for page, shown in _all(browser, pages):
        assert "Geheim leerdoel" not in shown, page
        assert "Geheime gedachte" not in shown, page


def test_a_running_meeting_and_a_draft_can_be_looked_at(
    browser: Client, coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    make_agenda_item(meeting, AgendaItem.Kind.MEETLAT)
    running.start_meeting(actor=coach.user, meeting=meeting)
    assert browser.get(reverse("roof:meeting_as", args=[meeting.pk])).status_code == 200
    draft = make_group("Concept", draft=True)
    make_member(draft, user=coach.user, coach=True)
    planned = make_meeting(draft, Meeting.Kind.INTRODUCTION)
    for name, pk in (("group_as", draft.pk), ("today_as", draft.pk), ("meeting_as", planned.pk)):
        assert browser.get(reverse(f"roof:{name}", args=[pk])).status_code == 200


def test_an_expert_finds_the_meeting_the_question_and_the_leervragen_that_were_sent(
    browser: Client, participant: Membership, meeting: Meeting, expert_invitation: ExpertInvitation
) -> None:
    page = reverse("meetings:as_expert", args=[meeting.pk])
    Leervraag.objects.create(meeting=meeting, author=participant, text="Nog niet verstuurd?")
    answer: Response = browser.get(page)
    shown = answer.content.decode()
    for words in (meeting.title, "Dag Robin Voorbeeld", "Kun je komen?", "Jouw pitch", "Hanneke Dijkstra is de coach."):
        assert words in shown
    assert "Obs De Lindenhof, lokaal 12" in shown and "De leervragen van de groep" in shown
    assert "Nog niet verstuurd?" not in shown
    assert expert_invitation.expert.name not in shown
    assert ExpertInvitation.objects.count() == 1
