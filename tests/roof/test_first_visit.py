"""The first visit of who joined a group: welcome, and three small steps that are taken or skipped once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.contributions import in_my_groups
from groups.models import FIRST_STEPS, Membership, NetworkGroup
from groups.own_data import groups_part
from groups.services import first_visit
from meetings.models import Meeting
from tests.factories import make_group, make_meeting, make_member
from tests.types import CountQueries, SignIn

TITLES = {
    "agenda": "Bekijk de agenda",
    "thought": "Waar loop je in je werk tegenaan?",
    "phone": "Zet het portaal op je telefoon",
}


@pytest.fixture
def newcomer(group: NetworkGroup, coach: Membership) -> Membership:
    return make_member(group, "Anna de Vries", is_new=True)


def _shown(browser: Client) -> str:
    return browser.get("/").content.decode()


def _titles(page: str) -> list[str]:
    _before, _mark, visit = page.partition('id="visit-title"')
    return [step for step, title in TITLES.items() if title in visit.partition("</section>")[0]]


def _step(group: NetworkGroup, step: str) -> str:
    return reverse("roof:first_step", args=[group.pk, step])


def test_who_is_new_is_welcomed_with_three_steps_instead_of_nothing_to_do(
    newcomer: Membership, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    page = _shown(sign_in(newcomer))
    assert "Welkom bij De Hondsrug" in page
    assert _titles(page) == ["agenda", "thought", "phone"]
    assert "Je bent bij" not in page
    assert "Je bent bij" in _shown(sign_in(participant))
    assert "Welkom bij" not in _shown(sign_in(participant))


@pytest.mark.parametrize("step", FIRST_STEPS)
def test_a_step_that_is_skipped_is_gone_and_the_others_stay(step: str, newcomer: Membership, sign_in: SignIn) -> None:
    browser = sign_in(newcomer)
    answer = browser.post(_step(newcomer.group, step), {"skip": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert _titles(_shown(browser)) == [other for other in FIRST_STEPS if other != step]


def test_the_steps_lead_where_they_say(newcomer: Membership, sign_in: SignIn) -> None:
    meeting = make_meeting(newcomer.group, Meeting.Kind.INTRODUCTION)
    browser = sign_in(newcomer)
    seen = browser.post(_step(newcomer.group, "agenda"))
    assert seen.headers["Location"] == reverse("meetings:detail", args=[meeting.pk])
    phone = browser.post(_step(newcomer.group, "phone"), follow=True)
    shown = phone.content.decode()
    assert "Zet op beginscherm" in shown and 'aria-label="QR-code van het portaal"' in shown
    assert _titles(_shown(browser)) == ["thought"]


def test_without_a_meeting_the_agenda_is_at_the_group(newcomer: Membership, sign_in: SignIn) -> None:
    answer = sign_in(newcomer).post(_step(newcomer.group, "agenda"))
    assert answer.headers["Location"] == newcomer.group.get_absolute_url()


def test_the_first_sentence_is_kept_and_read_again_at_the_group(newcomer: Membership, sign_in: SignIn) -> None:
    browser = sign_in(newcomer)
    sent = {"first_thought": "De <b>overgangen</b>", "version": newcomer.version}
    page = reverse("groups:first_thought", args=[newcomer.group_id])
    assert [browser.post(page, sent).status_code for _twice in range(2)] == [302, 302]
    assert _titles(_shown(browser)) == ["agenda", "phone"]
    assert "De &lt;b&gt;overgangen&lt;/b&gt;" in browser.get(newcomer.group.get_absolute_url()).content.decode()
    assert "De <b>overgangen</b>" in groups_part(newcomer.user).rows[0].values()


def test_a_sentence_that_is_too_long_is_said_and_stays(newcomer: Membership, sign_in: SignIn) -> None:
    sent = {"first_thought": "x" * 501, "version": newcomer.version}
    answer = sign_in(newcomer).post(reverse("groups:first_thought", args=[newcomer.group_id]), sent)
    assert answer.status_code == 422
    assert "500 tekens" in answer.content.decode() and "x" * 501 in answer.content.decode()
    newcomer.refresh_from_db()
    assert (newcomer.first_thought, newcomer.thought_step_done) == ("", False)


def test_nobody_else_reads_it_on_a_page_of_the_group(
    newcomer: Membership, participant: Membership, sign_in: SignIn
) -> None:
    Membership.objects.filter(pk=newcomer.pk).update(first_thought="De overgangen")
    for address in ("/", newcomer.group.get_absolute_url()):
        assert "De overgangen" not in sign_in(participant).get(address).content.decode()


def test_the_steps_are_of_a_group_that_runs(newcomer: Membership, sign_in: SignIn) -> None:
    NetworkGroup.objects.filter(pk=newcomer.group_id).update(closed_at=timezone.now())
    assert "Welkom bij" not in _shown(sign_in(newcomer))


def test_who_is_new_in_two_groups_meets_them_one_after_the_other(newcomer: Membership, sign_in: SignIn) -> None:
    second = make_group("Hunzedal")
    make_member(second, user=newcomer.user, is_new=True)
    browser = sign_in(newcomer)
    assert "Welkom bij Hunzedal" not in _shown(browser)
    for step in FIRST_STEPS:
        browser.post(_step(newcomer.group, step), {"skip": "1"})
    assert "Welkom bij Hunzedal" in _shown(browser)


def test_a_coach_is_not_on_a_first_visit(coach: Membership, sign_in: SignIn) -> None:
    Membership.objects.filter(pk=coach.pk).update(**dict.fromkeys(FIRST_STEPS.values(), False))
    assert "Welkom bij" not in _shown(sign_in(coach))
    assert sign_in(coach).post(_step(coach.group, "agenda")).status_code == 403


def test_a_maatje_is_asked_for_from_the_introductie_on(newcomer: Membership, participant: Membership) -> None:
    introduction = make_meeting(newcomer.group, Meeting.Kind.INTRODUCTION)
    assert in_my_groups(newcomer.user) == []
    Meeting.objects.filter(pk=introduction.pk).update(state=Meeting.State.RUNNING)
    assert [todo.title for todo in in_my_groups(newcomer.user)] == ["Kies je maatje"]
    past = timezone.now() - timedelta(days=2)
    Meeting.objects.filter(pk=introduction.pk).update(state=Meeting.State.PLANNED, starts_at=past)
    assert [todo.title for todo in in_my_groups(newcomer.user)] == ["Kies je maatje"]


def test_the_welcome_asks_nothing_of_the_database(
    newcomer: Membership, meeting: Meeting, sign_in: SignIn, django_assert_num_queries: CountQueries
) -> None:
    browser = sign_in(newcomer)
    with django_assert_num_queries(15):
        assert "Welkom bij" in _shown(browser)
    for step in FIRST_STEPS:
        first_visit.finish_step(actor=newcomer.user, membership=newcomer, step=step)
    with django_assert_num_queries(15):
        assert "Welkom bij" not in _shown(browser)
