"""The fixed cast: a group with a coach, two maatjes and a colleague; another group; an outsider; an expert."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.utils import timezone
from huey.signals import SIGNAL_ERROR

from groups.models import Membership, NetworkGroup, Pair, User
from meetings.actors import ExpertGuest
from meetings.guests import COOKIE, mint_link
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base.tasks import QUEUES
from tests.types import SignIn

from .factories import (
    make_expert_invitation,
    make_group,
    make_meeting,
    make_member,
    make_school,
    make_session,
    make_topic,
    make_user,
)

pytest_plugins = [
    "tests.servers",
    # The table route × actor: everyone's browser, and each app's objects.
    "tests.access.table",
    "tests.access.base",
    "tests.access.roof",
    "tests.access.groups",
    "tests.access.meetings",
    "tests.access.video_feedback",
    "tests.access.leervragen",
    "tests.access.reports",
    "tests.access.method",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What need not run twice: the whole check runs all tests on SQLite and then on PostgreSQL."""
    if config.option.file_or_dir:
        return  # Someone names a file: that runs on whatever there is.
    runs_here = _runs_on_sqlite if connection.vendor == "sqlite" else _runs_on_postgresql
    config.hook.pytest_deselected(items=[item for item in items if not runs_here(item)])
    items[:] = filter(runs_here, items)


def pytest_collection_finish() -> None:
    """What is there by now stays to the end, and the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _runs_on_sqlite(item: pytest.Item) -> bool:
    return item.get_closest_marker("on_postgresql") is None


def _runs_on_postgresql(item: pytest.Item) -> bool:
    """A test that asks no database, or a portal with one of its own, finds the same there."""
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or item.get_closest_marker("django_db")) or not _runs_on_sqlite(item)


@pytest.fixture(autouse=True)
def tasks_do_not_fail() -> Iterator[None]:
    """Immediate mode swallows what a task raises; a test must not."""
    failures: list[str] = []

    def note(signal: str, task: Any, exception: Exception | None = None) -> None:
        failures.append(f"{task.name}: {exception!r}")

    for queue in QUEUES.values():
        queue.signal(SIGNAL_ERROR)(note)
    yield
    for queue in QUEUES.values():
        queue.disconnect_signal(note, SIGNAL_ERROR)
    assert failures == []


@pytest.fixture
def group(db: None) -> NetworkGroup:
    return make_group()


@pytest.fixture
def coach(group: NetworkGroup) -> Membership:
    return make_member(group, "Hanneke Dijkstra", coach=True)


@pytest.fixture
def participant(group: NetworkGroup) -> Membership:
    """Marijke, of De Lindenhof."""
    return make_member(group, "Marijke Hoekstra", school=make_school("obs De Lindenhof"))


@pytest.fixture
def maatje(group: NetworkGroup, participant: Membership) -> Membership:
    """Yusuf, of another school, in a pair with `participant`."""
    member = make_member(group, "Yusuf Demir", school=make_school("sbo De Vuurtoren", "Gieten"))
    pair = Pair.objects.create(group=group)
    Membership.objects.filter(pk__in=[member.pk, participant.pk]).update(pair=pair)
    participant.pair = member.pair = pair
    return member


@pytest.fixture
def colleague(group: NetworkGroup, participant: Membership) -> Membership:
    """Anouk, of the same school as `participant`, not in the pair."""
    return make_member(group, "Anouk Bosma", school=participant.school)


@pytest.fixture
def day_leader(group: NetworkGroup, meeting: Meeting) -> Membership:
    """Femke, whom the coach lets lead `meeting`, which is today."""
    member = make_member(group, "Femke Postma")
    meeting.starts_at = timezone.localtime().replace(hour=23, minute=59, second=0, microsecond=0)
    meeting.day_leader = member
    meeting.save(update_fields=["starts_at", "day_leader"])
    return member


@pytest.fixture
def ex_member(group: NetworkGroup) -> Membership:
    return make_member(group, "Tom Veenstra", left=timezone.now())


@pytest.fixture
def other_group(db: None) -> NetworkGroup:
    return make_group("Hunzedal")


@pytest.fixture
def other_coach(other_group: NetworkGroup) -> Membership:
    return make_member(other_group, "Karin Bos", coach=True)


@pytest.fixture
def other_member(other_group: NetworkGroup) -> Membership:
    return make_member(other_group, "Piet Vos")


@pytest.fixture
def outsider(db: None) -> User:
    """Has an account and no group."""
    return make_user("Ooit Langs")


@pytest.fixture
def beheerder(db: None) -> User:
    return make_user("Bea Heer", is_staff=True)


@pytest.fixture
def meeting(group: NetworkGroup) -> Meeting:
    """Netwerkbijeenkomst 1, in two weeks, with a topic."""
    return make_meeting(group, topic=make_topic(group), place="Obs De Lindenhof, lokaal 12", position=1)


@pytest.fixture
def expert_invitation(meeting: Meeting) -> ExpertInvitation:
    return make_expert_invitation(meeting)


@pytest.fixture
def expert_guest(expert_invitation: ExpertInvitation) -> ExpertGuest:
    meeting = expert_invitation.meeting
    return ExpertGuest(expert_invitation.pk, meeting.pk, meeting.group_id)


@pytest.fixture
def expert_client(expert_invitation: ExpertInvitation) -> Client:
    """A browser in which the expert has followed the link of a mail."""
    from django.core.signing import get_cookie_signer

    client = Client()
    client.cookies[COOKIE] = get_cookie_signer(salt=COOKIE + COOKIE).sign(mint_link(expert_invitation))
    return client


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """`sign_in(coach)` is a browser in which that person has logged in."""

    def _sign_in(person: Membership | User) -> Client:
        client = Client()
        user = person.user if isinstance(person, Membership) else person
        client.cookies[settings.SESSION_COOKIE_NAME] = make_session(user)
        return client

    return _sign_in


@pytest.fixture(autouse=True)
def empty_stores() -> Iterator[None]:
    """Files on disk do not leak into the next test."""
    yield
    for alias in ("default", "footage"):
        storage = storages[alias]
        if hasattr(storage, "location") and hasattr(storage, "path"):
            import shutil

            shutil.rmtree(storage.location, ignore_errors=True)
