"""The wizard "Traject plannen": nothing typed is lost, nothing is made before the last click, and that makes one."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from groups.models import Invitation, Membership, NetworkGroup, User
from meetings.models import FreeWeek, Meeting
from netwerkleren.roof.planning.services import traject
from tests.factories import local, make_group, make_member, make_user
from tests.types import OnCommit, SignIn

TODAY = local(2026, 11, 22, 12)
GROUP = {"name": "Drentse Aa", "theme": "Autisme in de klas", "theme_is_given": "on"}
PEOPLE = {"people": "Anna de Vries <anna@school.example>; Bos, Karin <karin@school.example>"}
MEETINGS = {"network_count": "2", "date": "2026-12-02", "time": "15:30", "place": "Lokaal 12"}
DATES = {"date_0": "2027-01-20", "time_0": "15:30", "date_1": "", "time_1": "15:30", "date_2": "2027-06-02"}
STEPS = {"groep": GROUP, "mensen": PEOPLE, "bijeenkomsten": MEETINGS, "data": DATES}
CHECK = "/groepen/nieuw/controleren/"


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def planner(db: None) -> User:
    """A coach without a group yet."""
    return make_user("Hanneke Dijkstra", is_coach=True)


def address(step: str) -> str:
    return f"/groepen/nieuw/{step}/"


def invited() -> list[str]:
    """To whom a mail with an invitation's link went."""
    return sorted(message.to[0] for message in mail.outbox if "/uitnodiging/" in str(message.body))


def fill_in(client: Client, **changes: dict[str, str]) -> None:
    """Goes through the steps; `data={...}` replaces what is typed in a step."""
    for step, typed in STEPS.items():
        response = client.post(address(step), changes.get(step, typed))
        assert response.status_code == 302, (step, response.context["form"].errors)


def test_the_whole_way_makes_a_draft_and_sends_nothing(
    planner: User, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    client = sign_in(planner)
    assert client.get("/groepen/nieuw/").headers["Location"] == address("groep")
    fill_in(client)
    check = client.get(CHECK).content.decode()
    for said in ("Drentse Aa", "Karin Bos", "2 december 2026", "15.30", "datum volgt", "Lokaal 12", "2 uitnodigingen"):
        assert said.lower() in check.lower(), said
    assert "Deadlines: leervraag 9 dagen ervoor, fragment 7 en feedback 5." in check
    assert NetworkGroup.objects.count() == 0

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(CHECK, {"csrfmiddlewaretoken": "x"})
    group = NetworkGroup.objects.get()
    assert response.headers["Location"] == f"/groepen/{group.pk}/"
    assert (group.name, group.theme, group.theme_is_given, group.is_draft) == (
        "Drentse Aa",
        "Autisme in de klas",
        True,
        True,
    )
    assert [(member.user, member.role) for member in group.memberships.all()] == [(planner, "coach")]
    assert list(group.invitations.values_list("email", "name")) == [
        ("anna@school.example", "Anna de Vries"),
        ("karin@school.example", "Karin Bos"),
    ]
    assert [(meeting.kind, meeting.starts_at, meeting.place) for meeting in Meeting.objects.of_group(group)] == [
        ("introduction", local(2026, 12, 2, 15, 30), "Lokaal 12"),
        ("network", local(2027, 1, 20, 15, 30), "Lokaal 12"),
        ("network", None, "Lokaal 12"),
        ("closing", local(2027, 6, 2, 15, 30), "Lokaal 12"),
    ]
    assert all(meeting.agenda.exists() for meeting in group.meetings.all())
    assert mail.outbox == []


def test_the_other_button_publishes_and_invites(
    planner: User, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    client = sign_in(planner)
    fill_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(CHECK, {"publish": "1"})
    assert not NetworkGroup.objects.get().is_draft
    assert invited() == ["anna@school.example", "karin@school.example"]


def test_a_double_click_makes_one_group(planner: User, sign_in: SignIn) -> None:
    client = sign_in(planner)
    fill_in(client)
    first, second = (client.post(CHECK, {"publish": "1"}).headers["Location"] for _click in range(2))
    assert first == second
    assert (NetworkGroup.objects.count(), Meeting.objects.count(), Invitation.objects.count()) == (1, 4, 2)


def test_the_same_id_asked_twice_is_one_group(planner: User) -> None:
    group_id = uuid4()
    plan: dict[str, Any] = {
        "group_id": group_id,
        "name": "X",
        "theme": "",
        "theme_is_given": False,
        "people": [],
        "introduction_at": local(2026, 12, 2, 15, 30),
        "network_count": 1,
        "dates": [None, None],
        "place": "",
        "publish": False,
    }
    assert traject.make_traject(actor=planner, **plan) == traject.make_traject(actor=planner, **plan)
    assert NetworkGroup.objects.count() == 1


def test_going_back_keeps_what_was_typed_even_when_it_is_wrong(planner: User, sign_in: SignIn) -> None:
    client = sign_in(planner)
    client.post(address("groep"), GROUP)
    back = client.post(address("mensen"), {"people": "anna@school.example; kapot", "go": "back"})
    assert back.headers["Location"] == address("groep")
    assert 'value="Drentse Aa"' in client.get(address("groep")).content.decode()
    page = client.get(address("mensen")).content.decode()
    assert "anna@school.example; kapot" in page
    assert "geen e-mailadres" not in page  # nobody is scolded for looking


def test_bad_addresses_are_named_and_one_click_goes_on_without_them(planner: User, sign_in: SignIn) -> None:
    client = sign_in(planner)
    client.post(address("groep"), GROUP)
    typed = {"people": f"anna@school.example; kapot; {planner.email}; anna@school.example, tom@"}
    response = client.post(address("mensen"), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Dit zijn geen e-mailadressen: “kapot”, “tom@”. De andere adressen zijn goed." in page
    assert "anna@school.example; kapot" in page
    assert client.post(address("mensen"), {**typed, "without_bad": "1"}).status_code == 302
    client.post(address("bijeenkomsten"), MEETINGS)
    client.post(address("data"), DATES)
    plan = client.get(CHECK).context["plan"]
    assert [person.email for person in plan["people"]] == ["anna@school.example"]


def test_people_may_come_later(planner: User, sign_in: SignIn) -> None:
    client = sign_in(planner)
    fill_in(client, mensen={"people": ""})
    assert "Maak het traject" in client.get(CHECK).content.decode()
    client.post(CHECK, {"csrfmiddlewaretoken": "x"})
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("step", "changes", "field", "said"),
    [
        ("groep", {"name": ""}, "name", "verplicht"),
        ("groep", {"name": "x" * 5000}, "name", "80 tekens"),
        ("groep", {"theme": "🌞" * 5000}, "theme", "200 tekens"),
        ("mensen", {"people": "x" * 10_001}, "people", "10000 tekens"),
        ("bijeenkomsten", {"network_count": "0"}, "network_count", "1"),
        ("bijeenkomsten", {"network_count": "999999"}, "network_count", "20"),
        ("bijeenkomsten", {"network_count": "twee"}, "network_count", "geheel getal"),
        ("bijeenkomsten", {"date": ""}, "date", "verplicht"),
        ("bijeenkomsten", {"date": "2026-02-30"}, "date", "geldige datum"),
        ("bijeenkomsten", {"date": "0001-01-01"}, "date", "jaartal"),
        ("bijeenkomsten", {"date": "9999-12-31"}, "date", "jaartal"),
        ("bijeenkomsten", {"time": "25:00"}, "time", "geldige tijd"),
        ("bijeenkomsten", {"date": "2027-03-28", "time": "02:30"}, "time", "ander uur"),
        ("bijeenkomsten", {"place": "x" * 5000}, "place", "200 tekens"),
        ("data", {"date_0": "2026-12-01"}, "__all__", "Bijeenkomst 1 is op 1 december 2026"),
        ("data", {"date_0": "2027-01-20", "date_1": "2027-01-13"}, "__all__", "moet na Bijeenkomst 1"),
        ("data", {"date_2": "2026-11-25"}, "__all__", "Afsluiting"),
        ("data", {"date_1": "morgen"}, "date_1", "geldige datum"),
    ],
)
def test_bad_input_is_said_and_stays_as_typed(
    step: str, changes: dict[str, str], field: str, said: str, planner: User, sign_in: SignIn
) -> None:
    client = sign_in(planner)
    for before, typed in STEPS.items():
        if before == step:
            break
        client.post(address(before), typed)
    response = client.post(address(step), {**STEPS[step], **changes})
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert said in str(form.errors[field])
    for name, value in changes.items():
        assert form[name].value() == value
    assert client.get(CHECK).headers["Location"] == address(step)
    assert client.post(CHECK, {"publish": "1"}).headers["Location"] == address(step)
    assert NetworkGroup.objects.count() == 0


def test_a_later_step_leads_to_the_one_that_misses(planner: User, sign_in: SignIn) -> None:
    client = sign_in(planner)
    assert client.get(address("data")).headers["Location"] == address("bijeenkomsten")
    assert client.get(CHECK).headers["Location"] == address("groep")
    assert client.get(address("verzonnen")).status_code == 404


def test_starting_anew_forgets_what_was_typed(planner: User, sign_in: SignIn) -> None:
    client = sign_in(planner)
    client.post(address("groep"), GROUP)
    client.post("/groepen/nieuw/opnieuw/")
    assert "Drentse Aa" not in client.get(address("groep")).content.decode()


def test_a_second_traject_is_another_group(planner: User, sign_in: SignIn) -> None:
    client = sign_in(planner)
    for day in ("02", "03"):
        dates = {"date_0": f"2027-01-{day}", "date_1": "", "date_2": f"2027-06-{day}"}
        fill_in(client, bijeenkomsten={**MEETINGS, "date": f"2026-12-{day}"}, data=DATES | dates)
        client.post(CHECK, {"csrfmiddlewaretoken": "x"})
    assert NetworkGroup.objects.count() == 2


def test_fewer_meetings_after_all_drops_the_dates_that_are_over(planner: User, sign_in: SignIn) -> None:
    client = sign_in(planner)
    fill_in(client)
    client.post(address("bijeenkomsten"), {**MEETINGS, "network_count": "1"})
    client.post(address("data"), {"date_0": "2027-01-20", "time_0": "15:30", "date_1": "2027-06-02", "time_1": "10:00"})
    client.post(CHECK, {"csrfmiddlewaretoken": "x"})
    assert list(Meeting.objects.order_by("position").values_list("starts_at", flat=True)) == [
        local(2026, 12, 2, 15, 30),
        local(2027, 1, 20, 15, 30),
        local(2027, 6, 2, 10, 0),
    ]


def test_a_draft_that_lay_for_weeks_gives_two_weeks_from_publishing(
    planner: User, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    client = sign_in(planner)
    fill_in(client)
    client.post(CHECK, {"csrfmiddlewaretoken": "x"})
    group = NetworkGroup.objects.get()
    with time_machine.travel(TODAY + timedelta(days=30), tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            sign_in(planner).post(f"/groepen/{group.pk}/publiceren/")
        assert invited() == ["anna@school.example", "karin@school.example"]
        assert {invitation.expires_at for invitation in group.invitations.all()} == {
            timezone.now() + timedelta(days=14)
        }


def test_the_wizard_says_which_date_is_in_a_holiday_of_ones_other_groups(
    planner: User, coach: Membership, sign_in: SignIn
) -> None:
    own, other = make_group("De Vecht"), make_group("De Dinkel")
    for group in (own, other):
        make_member(group, user=planner, coach=True)
    days: dict[str, Any] = {"first_day": date(2027, 1, 18), "last_day": date(2027, 1, 24)}
    for group in (own, other):
        FreeWeek.objects.create(group=group, name="ijsvrij", **days)
    FreeWeek.objects.create(group=own, name="herfst", first_day=date(2026, 12, 1), last_day=date(2026, 12, 5))
    FreeWeek.objects.create(group=coach.group, name="van een ander", **days)
    client = sign_in(planner)
    fill_in(client)

    pages = {step: client.get(address(step)).content.decode() for step in ("bijeenkomsten", "data", "controleren")}

    assert "woensdag 2 december: valt in de herfst" in pages["bijeenkomsten"]
    assert "woensdag 20 januari: valt in de ijsvrij" in pages["data"]
    assert pages["data"].count("&quot;ijsvrij&quot;") == 1
    assert "15.30 uur: valt in de herfst" in " ".join(pages["controleren"].split())
    assert "15.30 uur: valt in de ijsvrij" in " ".join(pages["controleren"].split())
    assert "van een ander" not in "".join(pages.values())
    assert client.post(CHECK, {"csrfmiddlewaretoken": "x"}).status_code == 302
