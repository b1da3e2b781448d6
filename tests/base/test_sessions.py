"""When a session ends, what keeps it going, and what of it is there again after the next login."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, User
from meetings.models import Meeting
from netwerkleren.base import live
from tests.access.table import leads_to_login
from tests.factories import make_session, make_user

PAGE = {"Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
LOOKS = [
    pytest.param("get", PAGE, id="a page"),
    pytest.param("get", {"Accept": "text/html,*/*;q=0.8"}, id="a page, in a browser that does not say so"),
    pytest.param("post", {"HX-Request": "true", "Sec-Fetch-Mode": "cors"}, id="a button of htmx"),
]
GOES_BY_ITSELF = [
    pytest.param("get", {"Sec-Fetch-Mode": "cors"}, id="a module"),
    pytest.param("get", {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "video"}, id="a film that plays"),
    pytest.param("get", {"HX-Request": "true", "Sec-Fetch-Mode": "cors"}, id="a part that is fetched anew"),
    pytest.param("post", {"X-From-Outbox": "1", "Accept": "text/html"}, id="what waited for a network"),
    pytest.param("post", {"Accept": "application/json"}, id="saving while typing"),
    pytest.param("get", {}, id="who says nothing"),
]


def log_in(user: User, client: Client | None = None) -> Client:
    """By the login page, which is where a session begins, with the password alone: a coach is in the first week."""
    Authenticator.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(second_factor_by=None)
    client = client or Client()
    client.post(reverse("account_login"), {"login": user.email, "password": "een-lang-wachtwoord"})
    return client


def is_in(client: Client) -> bool:
    """Asked in a way that keeps nothing going."""
    return not leads_to_login(client.get("/", headers={"Sec-Fetch-Mode": "cors"}))


@pytest.fixture
def user(db: None) -> User:
    return make_user("Anna de Vries")


def test_after_three_hours_without_a_page_one_logs_in_again(user: User) -> None:
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False) as clock:
        client = log_in(user)
        clock.shift(timedelta(hours=2, minutes=59))
        assert is_in(client)
        clock.shift(timedelta(minutes=1))
        assert not is_in(client)


@pytest.mark.parametrize(("method", "headers"), LOOKS)
def test_who_looks_at_a_page_has_three_hours_from_then(user: User, method: str, headers: dict[str, str]) -> None:
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False) as clock:
        client = log_in(user)
        clock.shift(timedelta(hours=2))
        getattr(client, method)("/", headers=headers)
        clock.shift(timedelta(hours=2, minutes=59))
        assert is_in(client)
        clock.shift(timedelta(minutes=1))
        assert not is_in(client)


@pytest.mark.parametrize(("method", "headers"), GOES_BY_ITSELF)
def test_what_goes_by_itself_keeps_nothing_going(user: User, method: str, headers: dict[str, str]) -> None:
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False) as clock:
        client = log_in(user)
        for _half_hour in range(5):
            clock.shift(timedelta(minutes=30))
            getattr(client, method)("/", headers=headers)
        clock.shift(timedelta(minutes=30))
        assert not is_in(client)


def test_a_poll_keeps_nothing_going_and_says_when_it_is_over(coach: Membership, meeting: Meeting) -> None:
    address = reverse("base:topic_version", args=[live.topic_of("meeting", meeting)])
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False) as clock:
        client = log_in(coach.user)
        codes = []
        for _half_hour in range(6):
            codes.append(client.get(address).status_code)
            clock.shift(timedelta(minutes=30))
        assert codes == [200] * 6
        assert client.get(address).status_code == 401


def test_after_twelve_hours_it_is_over_whatever_one_does(user: User) -> None:
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False) as clock:
        client = log_in(user)
        for _hour in range(11):
            clock.shift(timedelta(hours=1))
            client.get("/", headers=PAGE)
            client.post(reverse("account_change_password"), {}, headers=PAGE)
        clock.shift(timedelta(minutes=59))
        assert is_in(client)
        clock.shift(timedelta(minutes=1))
        assert not is_in(client)


def test_another_password_ends_every_other_session_at_its_next_request(user: User) -> None:
    here, elsewhere = log_in(user), log_in(user)
    wanted = {"oldpassword": "een-lang-wachtwoord", "password": "heel-anders-2026", "password1": "heel-anders-2026"}
    page = here.post(reverse("account_change_password"), wanted | {"password2": "heel-anders-2026"})
    assert page.status_code == 302
    assert not is_in(elsewhere)
    user.refresh_from_db()
    assert user.check_password("heel-anders-2026")


def test_saving_a_session_does_not_move_its_end(user: User) -> None:
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False) as clock:
        client = log_in(user)
        clock.shift(timedelta(hours=2))
        session = client.session
        session["anything"] = 1
        session.save()
        clock.shift(timedelta(hours=1))
        assert not is_in(client)


def test_a_new_login_begins_anew(user: User) -> None:
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False) as clock:
        client = log_in(user)
        clock.shift(timedelta(hours=11))
        log_in(user, client)
        clock.shift(timedelta(hours=2, minutes=59))
        assert is_in(client)


def test_a_session_of_before_this_was_counted_ends_too(user: User) -> None:
    """It counts from when it was written last, and from the first page on it is like any other."""
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False) as clock:
        client, idle = Client(), Client()
        client.cookies["sessionid"] = make_session(user)
        idle.cookies["sessionid"] = make_session(user)
        for hour in range(2, 12, 2):
            clock.move_to(f"2027-01-20T{8 + hour:02}:00:00Z")
            assert client.get("/", headers=PAGE).status_code == 200, hour
        assert not is_in(idle)
        clock.move_to("2027-01-20T20:00:00Z")
        assert not is_in(client)


def test_looking_is_noted_once_a_minute(user: User) -> None:
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False) as clock:
        client = log_in(user)
        ends = []
        for _look in range(3):
            clock.shift(timedelta(seconds=40))
            client.get("/", headers=PAGE)
            ends.append(Session.objects.get().expire_date - timezone.now())
        assert ends == [
            timedelta(hours=2, minutes=59, seconds=20),
            timedelta(hours=3),
            timedelta(hours=2, minutes=59, seconds=20),
        ]


def test_a_session_that_is_over_stands_in_no_list_of_devices(user: User) -> None:
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False) as clock:
        log_in(user)
        clock.shift(timedelta(hours=4))
        client = log_in(user)
        assert len(client.get(reverse("usersessions_list")).context["sessions"]) == 1


def test_what_was_typed_in_a_session_is_there_again_for_its_writer_alone(coach: Membership, user: User) -> None:
    step = reverse("roof:plan_step", args=["group"])
    typed = {"name": "Een groep die nog geen naam had", "theme": "Rust in de klas"}
    with time_machine.travel("2027-01-20T08:00:00Z", tick=False) as clock:
        for writer, is_there in ((coach.user, True), (user, False)):
            client = log_in(coach.user)
            client.post(step, typed)
            clock.shift(timedelta(hours=3))
            page = client.get(step, follow=True)
            assert "Je was al even weg" in page.content.decode()
            assert typed["name"] not in page.content.decode()
            log_in(writer, client)
            assert (typed["name"] in client.get(step, follow=True).content.decode()) is is_there
            assert (typed["name"] in str(dict(client.session))) is is_there
