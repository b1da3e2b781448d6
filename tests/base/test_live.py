"""The live contract: version or 304, after the gate, without content."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Model
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from groups.models import Membership, NetworkGroup, User
from meetings.actors import ExpertGuest
from meetings.models import Meeting
from netwerkleren.base import live
from netwerkleren.base.access import NOBODY, Actor, get_for
from tests.types import CountQueries, SignIn

NOW = datetime(2027, 1, 20, 14, 30, tzinfo=UTC)
NOW_MS = 1_800_455_400_000


@pytest.fixture
def address(meeting: Meeting) -> str:
    return f"/live/{live.topic_of('meeting', meeting)}/"


def test_a_change_is_a_new_version(sign_in: SignIn, participant: Membership, meeting: Meeting) -> None:
    client, topic = sign_in(participant), live.topic_of("meeting", meeting)

    assert client.get(f"/live/{topic}/").json() == {"version": 0}
    live.touch(topic)
    live.touch(topic)
    answer = client.get(f"/live/{topic}/", headers={"if-none-match": '"0"'})

    assert answer.json() == {"version": 2}
    assert int(answer["X-Server-Now"]) > 0


def test_who_has_the_version_gets_304(sign_in: SignIn, participant: Membership, address: str) -> None:
    answer = sign_in(participant).get(address, headers={"if-none-match": '"0"'})
    assert (answer.status_code, answer.content) == (304, b"")


def test_the_gate_stands_before_the_version(
    sign_in: SignIn, other_member: Membership, ex_member: Membership, address: str, client: Client
) -> None:
    assert sign_in(other_member).get(address).status_code == 404
    assert sign_in(ex_member).get(address).status_code == 404
    assert client.get(address).status_code == 401
    assert sign_in(other_member).get("/live/unknown:1/").status_code == 404
    assert sign_in(other_member).get("/live/meeting:not-a-uuid/").status_code == 404


def test_nothing_new_says_no_more_than_its_module_reads(sign_in: SignIn, participant: Membership, address: str) -> None:
    answer = sign_in(participant).get(address, headers={"if-none-match": '"0"'})
    assert set(answer.headers) == {"ETag", "Cache-Control", "X-Server-Now", "Server", "X-From-Portal"}
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_an_hour_in_which_nothing_happens_is_two_megabytes_at_most(
    sign_in: SignIn, participant: Membership, address: str
) -> None:
    answer = sign_in(participant).get(address, headers={"if-none-match": '"0"'})
    said = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items())
    status_and_date = len("HTTP/1.1 304 Not Modified\r\nDate: Thu, 26 Nov 2026 10:04:09 GMT\r\n\r\n")
    of_the_browser = 700  # what Chromium asks with, and the cookies of the portal
    # The first minute twice a second, and every two seconds after that (static/js/shared/live-rules.js).
    looks = 60 * 2 + 59 * 30
    assert looks * (said + status_and_date) < 500_000
    assert looks * (said + status_and_date + of_the_browser) < 2_000_000


def test_asking_costs_four_queries_and_leaves_the_session_alone(
    sign_in: SignIn, participant: Membership, address: str, django_assert_num_queries: CountQueries
) -> None:
    client = sign_in(participant)
    with django_assert_num_queries(4):  # session, user, gate, version
        answer = client.get(address)
    assert "sessionid" not in answer.cookies


def test_every_page_brings_the_servers_time_and_who_lost_it_can_ask(client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        page = client.get("/account/login/").content.decode()
        answer = client.get("/gezond/")
    assert f'<meta name="server-now" content="{NOW_MS}">' in page
    assert answer["X-Server-Now"] == str(NOW_MS)


@pytest.mark.parametrize("draft", [False, True])
def test_the_cheap_yes_of_a_topic_is_the_yes_of_its_gate(
    coach: Membership,
    participant: Membership,
    ex_member: Membership,
    other_coach: Membership,
    other_member: Membership,
    outsider: User,
    beheerder: User,
    expert_guest: ExpertGuest,
    meeting: Meeting,
    draft: bool,
) -> None:
    if draft:
        NetworkGroup.objects.filter(pk=meeting.group_id).update(published_at=None)
    members = (coach, participant, ex_member, other_coach, other_member)
    cast: list[Actor] = [*(member.user for member in members), outsider, beheerder, expert_guest, NOBODY]
    rows = {Meeting: meeting, NetworkGroup: meeting.group}
    cheap = {kind: live.topics[kind] for kind in live.topics if live.topics[kind].lets_in}
    assert {"meeting", "meetlat", "wishes", "inventory"} <= set(cheap)

    for kind, known in cheap.items():
        row = rows[known.model]
        for actor in cast:
            with CaptureQueriesContext(connection) as asked:
                is_let_in = known.lets_in is not None and known.lets_in(actor, row.pk)
            assert len(asked) <= 1
            assert is_let_in == may_follow(actor, known, row) or actor is expert_guest, (kind, actor)
            assert not is_let_in or actor is not expert_guest


def may_follow(actor: Actor, known: live.LiveTopic, row: Model) -> bool:
    try:
        get_for(actor, known.model, row.pk, need=known.need)
    except (Http404, PermissionDenied):
        return False
    return True
