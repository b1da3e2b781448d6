"""The harness of the table route × actor: what a row says, who asks, and what counts as the answer.

A module per app holds its rows, and a fixture `<app>_objects` with what stands behind their words.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup, User
from groups.own_phone import OWN_DEVICE_COOKIE
from groups.services import own_devices
from meetings.displays import DISPLAY_COOKIE
from meetings.models import Display, Meeting
from meetings.services import displays
from netwerkleren.base.access import NOBODY
from tests.factories import make_member

LOGIN = "login"
"""A redirect to the login page: another answer than a redirect to what comes next."""

Codes = Mapping[str, int | str]
"""For each actor the status, LOGIN or FIRST_STEP."""

Objects = Mapping[str, Any]
"""What the words of a row stand for: a row of the database, or a piece of the address as it is."""

FIRST_STEP = "first step"
"""What must be done first: a page leads to where that is, and what is sent is refused with the way there."""

WITHOUT_ACCOUNT = ("anonymous", "expert", "own_phone", "digibord")
"""The own phone is that of `participant`, on which nobody is signed in; the digibord shows the meeting of the rows."""
HELD_UP = "coach_without_factor"
"""A coach of the group who had a week to set up a second step, and did not."""
ELSEWHERE = ("outsider", "other_member", "other_coach", "ex_member", "beheerder")
"""Who has an account, and no place in the group that the rows are about."""
DAY_LEADER = "day_leader"
"""The deelnemer whom the coach lets lead the meeting of the rows, which is today."""
DEELNEMERS = ("participant", "maatje", "colleague", DAY_LEADER)
ACTORS = (*WITHOUT_ACCOUNT, *ELSEWHERE, *DEELNEMERS, "coach", HELD_UP)

SIGN_IN: Codes = dict.fromkeys(WITHOUT_ACCOUNT, LOGIN)
NOT_LET_IN: Codes = {**SIGN_IN, HELD_UP: FIRST_STEP}
SIGNED_OUT: Codes = dict.fromkeys(WITHOUT_ACCOUNT, 401)
"""What a module is told, which can show no login page."""
STRANGERS: Codes = {**NOT_LET_IN, **dict.fromkeys(ELSEWHERE, 404)}


def open_to_all(code: int) -> dict[str, int | str]:
    return dict.fromkeys(ACTORS, code)


def with_account(code: int) -> dict[str, int | str]:
    """The same for everyone who has signed in, and has nothing to do first."""
    return {**open_to_all(code), **NOT_LET_IN}


def deelnemers(code: int) -> dict[str, int | str]:
    return dict.fromkeys(DEELNEMERS, code)


MEMBERS: Codes = {**STRANGERS, **deelnemers(200), "coach": 200}
COACH: Codes = {**STRANGERS, **deelnemers(403), "coach": 200}
"""What a deelnemer sees that it is there, and may not do."""
LEADERS: Codes = {**COACH, DAY_LEADER: 200}
"""What leading the room is: the coach's, and for a day that of whom the coach lets lead."""
COACHS_ROWS: Codes = {**STRANGERS, **deelnemers(404), "coach": 200}
"""What is only there for who leads the group."""
PARTICIPANT: Codes = {**STRANGERS, **deelnemers(403), "participant": 200, "coach": 403}
"""What its owner does, while the others see it."""


def posts(codes: Codes) -> dict[str, int | str]:
    """The same people, where the answer of who gets in is a redirect to the next page."""
    return {actor: 302 if code == 200 else code for actor, code in codes.items()}


def refuses(codes: Codes) -> dict[str, int | str]:
    """The same people, where what is sent says too little, and who gets in is told so."""
    return {actor: 422 if code == 200 else code for actor, code in codes.items()}


@dataclass(frozen=True)
class Row:
    method: str
    name: str
    """As `reverse()` takes it, such as `meetings:detail`."""
    codes: Codes
    of: str = ""
    """Which objects it is asked for: words of the app's objects, in the order of the address."""
    body: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.name, self.of)))

    def address(self, objects: Objects) -> str:
        things = [objects[word] for word in self.of.split()]
        return reverse(self.name, args=[getattr(thing, "pk", thing) for thing in things])


def own_phone_of(user: User) -> Client:
    """A browser that its owner called their own phone, and in which nobody is signed in now."""
    client = Client()
    _device, client.cookies[OWN_DEVICE_COOKIE] = own_devices.make_own_device(actor=user, user_agent="")
    return client


def digibord_of(meeting: Meeting, coach: Membership) -> Client:
    """A browser without an account that this coach took on for this meeting."""
    client = Client()
    display, client.cookies[DISPLAY_COOKIE] = displays.add_display(actor=NOBODY)
    Display.objects.filter(pk=display.pk).update(meeting=meeting, taken_by=coach, taken_at=timezone.now())
    return client


@pytest.fixture
def coach_without_factor(group: NetworkGroup) -> Membership:
    member = make_member(group, "Gerrit Smit", coach=True)
    Authenticator.objects.filter(user=member.user).delete()
    User.objects.filter(pk=member.user_id).update(second_factor_by=timezone.now())
    member.user.refresh_from_db()
    return member


@pytest.fixture
def browser_of(
    request: pytest.FixtureRequest, sign_in: Callable[[Membership | User], Client]
) -> Callable[[str], Client]:
    """`browser_of("maatje")`: a browser of that actor, who is there from then on."""

    def _browser_of(actor: str) -> Client:
        if actor == "anonymous":
            return Client()
        if actor == "expert":
            expert_client: Client = request.getfixturevalue("expert_client")
            return expert_client
        if actor == "own_phone":
            return own_phone_of(request.getfixturevalue("participant").user)
        if actor == "digibord":
            return digibord_of(request.getfixturevalue("meeting"), request.getfixturevalue("coach"))
        return sign_in(request.getfixturevalue(actor))

    return _browser_of


@pytest.fixture
def browsers(browser_of: Callable[[str], Client]) -> dict[str, Client]:
    """Everyone's browser, by the actor's name."""
    return {actor: browser_of(actor) for actor in ACTORS}


@pytest.fixture
def objects_of(request: pytest.FixtureRequest) -> Callable[[Row], Objects]:
    """`objects_of(row)`: what the words of the row's app stand for."""

    def _objects_of(row: Row) -> Objects:
        objects: Objects = request.getfixturevalue(f"{row.name.split(':')[0]}_objects") if row.of else {}
        return objects

    return _objects_of


def answers(row: Row, address: str, browsers: Mapping[str, Client]) -> dict[str, int | str]:
    """What the row's request answers to each actor. Each finds what the one before found: nothing that it did stays."""
    return {actor: _answer(row, address, browsers[actor]) for actor in ACTORS}


def _answer(row: Row, address: str, browser: Client) -> int | str:
    with transaction.atomic():
        response = getattr(browser, row.method)(address, dict(row.body), headers=dict(row.headers))
        b"".join(response)  # A file that is read to its end is closed.
        transaction.set_rollback(True)
    return code_of(response)


def code_of(response: Any) -> int | str:
    if leads_to_login(response):
        return LOGIN
    return FIRST_STEP if leads_to_first_step(response) else int(response.status_code)


def leads_to_login(response: HttpResponseBase) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith(reverse("account_login"))


def leads_to_first_step(response: Any) -> bool:
    """Nothing of the page was there, and nothing was done."""
    if response.status_code == 302:
        return bool(response.headers["Location"] == reverse("mfa_index"))
    return response.status_code == 403 and response.wsgi_request.first_step is not None


def post_only(rows: Iterable[Row]) -> list[Row]:
    """The posts to views that show nothing."""
    rows = list(rows)
    shown = {row.name for row in rows if row.method != "post"}
    return [row for row in rows if row.method == "post" and row.name not in shown]


@contextmanager
def no_writes() -> Iterator[None]:
    """Fails at the first statement that changes a row."""

    def refuse(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        assert not sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")), sql
        return execute(sql, *args)

    with connection.execute_wrapper(refuse):
        yield
