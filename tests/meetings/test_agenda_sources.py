"""Another agenda: a coach's own, that of another meeting; and how it went last time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from groups.models import Membership
from meetings.models import AgendaTemplate, Meeting
from meetings.own_data import templates_part
from meetings.services import agenda_items, agenda_templates, agenda_undo
from tests.factories import local, make_agenda_item, make_group, make_meeting, make_member, make_user
from tests.types import CountQueries, SignIn

START = local(2027, 1, 20, 15, 30)


@pytest.fixture
def led(coach: Membership) -> Meeting:
    """A meeting that was led: the Start took 20 of 15 minutes, the pause was passed over."""
    meeting = make_meeting(
        coach.group, position=1, starts_at=START, state=Meeting.State.ENDED, started_at=START, ended_at=START
    )
    make_agenda_item(
        meeting,
        "start",
        15,
        started_at=START,
        ended_at=START + timedelta(minutes=25),
        paused=timedelta(minutes=5),
        means="Wol",
    )
    make_agenda_item(meeting, "break", 10)
    return meeting


@pytest.fixture
def coming(coach: Membership) -> Meeting:
    return make_meeting(coach.group, position=2, starts_at=START + timedelta(days=30))


def _titles(meeting: Meeting) -> list[str]:
    return list(meeting.agenda.values_list("title", flat=True))


def _save(coach: Membership, meeting: Meeting, name: str = "Met wol") -> AgendaTemplate:
    return agenda_templates.save_template(actor=coach.user, meeting=meeting, key=uuid4(), name=name)


def test_an_agenda_is_kept_by_name_used_elsewhere_and_wiped(
    coach: Membership, led: Meeting, coming: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    sources = reverse("meetings:agenda_sources", args=[coming.pk])
    data = {"key": str(uuid4()), "name": "Met wol"}
    for _twice in range(2):
        assert browser.post(reverse("meetings:agenda_sources", args=[led.pk]), data).status_code == 302
    template = AgendaTemplate.objects.get()
    assert "Met wol" in browser.get(sources).content.decode()

    browser.post(reverse("meetings:use_template", args=[coming.pk, template.pk]))
    item = coming.agenda.get(kind="start")
    assert (_titles(coming), item.means, item.started_at) == (["Start", "Pauze"], "Wol", None)

    for _twice in range(2):
        answer = browser.post(reverse("meetings:remove_template", args=[coming.pk, template.pk]))
        assert answer.status_code == 302
    assert not AgendaTemplate.objects.exists()
    assert _titles(coming) == ["Start", "Pauze"]


def test_one_name_is_one_agenda(coach: Membership, led: Meeting, sign_in: SignIn) -> None:
    _save(coach, led)
    answer = sign_in(coach).post(
        reverse("meetings:agenda_sources", args=[led.pk]), {"key": str(uuid4()), "name": "Met wol"}
    )
    assert answer.status_code == 422
    assert "Je hebt al een eigen agenda met deze naam." in answer.content.decode()


def test_an_empty_agenda_and_the_thirty_first_are_not_kept(coach: Membership, led: Meeting, coming: Meeting) -> None:
    with pytest.raises(ValidationError, match="nog niets"):
        _save(coach, coming)
    for number in range(30):
        _save(coach, led, f"Agenda {number}")
    with pytest.raises(ValidationError, match="al 30 eigen"):
        _save(coach, led, "Nog een")


def test_nobody_sees_or_uses_anothers_agenda(coach: Membership, led: Meeting, coming: Meeting, sign_in: SignIn) -> None:
    karim = make_member(coach.group, "Karim Bos", coach=True)
    template = _save(coach, led)
    browser = sign_in(karim)
    assert "Met wol" not in browser.get(reverse("meetings:agenda_sources", args=[coming.pk])).content.decode()
    assert browser.post(reverse("meetings:use_template", args=[coming.pk, template.pk])).status_code == 404
    browser.post(reverse("meetings:remove_template", args=[coming.pk, template.pk]))
    assert AgendaTemplate.objects.filter(pk=template.pk).exists()


def test_an_agenda_of_another_kind_of_meeting_does_not_fit(coach: Membership, led: Meeting) -> None:
    closing = make_meeting(coach.group, position=9, kind=Meeting.Kind.CLOSING)
    template = _save(coach, led)
    with pytest.raises(ValidationError, match="ander soort"):
        agenda_templates.use_template(actor=coach.user, meeting=closing, template=template)
    with pytest.raises(ValidationError, match="ander soort"):
        agenda_templates.copy_agenda(actor=coach.user, meeting=closing, source=led)


def test_the_plan_of_another_meeting_is_taken_over_once_and_can_be_put_back(
    coach: Membership, led: Meeting, coming: Meeting, sign_in: SignIn
) -> None:
    agenda_items.reset_agenda(actor=coach.user, meeting=coming)
    before = list(coming.agenda.values_list("pk", flat=True))
    url = reverse("meetings:copy_agenda", args=[coming.pk, led.pk])
    for _twice in range(2):
        assert sign_in(coach).post(url).status_code == 302
    assert _titles(coming) == ["Start", "Pauze"]
    change = coming.agenda_changes.latest("pk")
    agenda_undo.undo_change(actor=coach.user, meeting=coming, change=change.pk)
    assert list(coming.agenda.values_list("pk", flat=True)) == before


def test_a_meeting_that_one_does_not_lead_gives_no_agenda(coach: Membership, coming: Meeting, sign_in: SignIn) -> None:
    theirs = make_meeting(make_group("De buren"), position=1)
    make_agenda_item(theirs, title="Geheim")
    browser = sign_in(coach)
    assert browser.post(reverse("meetings:copy_agenda", args=[coming.pk, theirs.pk])).status_code == 404
    assert "De buren" not in browser.get(reverse("meetings:agenda_sources", args=[coming.pk])).content.decode()
    assert _titles(coming) == []


def test_how_it_went_last_time_is_planned_against_real(
    coach: Membership, led: Meeting, coming: Meeting, sign_in: SignIn
) -> None:
    page = sign_in(coach).get(reverse("meetings:agenda_sources", args=[coming.pk])).content.decode()
    table = " ".join(page.split('<table class="went">')[1].split("</table>")[0].split())
    assert 'Start</th> <td class="num">15</td> <td class="num"> 20 <span class="soft">(5 langer)</span>' in table
    assert 'Pauze</th> <td class="num">10</td> <td class="num"> niet gedaan' in table
    assert 'Samen</th> <td class="num">25</td> <td class="num">20</td>' in table


@pytest.mark.parametrize("number", [1, 25])
def test_the_page_asks_as_much_for_many_as_for_one(
    coach: Membership,
    led: Meeting,
    coming: Meeting,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
    number: int,
) -> None:
    for count in range(number):
        _save(coach, led, f"Agenda {count}")
        make_agenda_item(make_meeting(coach.group, position=10 + count), minutes=30)
    browser = sign_in(coach)
    with django_assert_num_queries(7):
        browser.get(reverse("meetings:agenda_sources", args=[coming.pk]))


def test_own_agendas_go_along_with_ones_own_data(coach: Membership, led: Meeting) -> None:
    _save(coach, led)
    assert templates_part(coach.user).rows == [
        {"naam": "Met wol", "soort bijeenkomst": "Netwerkbijeenkomst", "onderdelen": "Start (15 min), Pauze (10 min)"}
    ]
    assert templates_part(make_user("Iemand Anders")).rows == []
