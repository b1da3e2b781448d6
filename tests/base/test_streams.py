"""The streams of events: told when the change is kept, to who may know, by a process that holds nothing meanwhile."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.models import Membership, User
from meetings.models import Meeting
from netwerkleren.base import live, streams
from tests.factories import make_member, make_session
from tests.listening import Line, lines, status_of
from tests.servers import Portal, settings_of, wait_until
from tests.video_feedback.factories import make_clip
from video_feedback.models import Clip

LISTENS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"

pytestmark = [
    pytest.mark.on_postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite tells nobody"),
]


@pytest.fixture(scope="module")
def live_process(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The process `live` of bin/serve, on the database of these tests."""
    known = connection.settings_dict
    database = f"postgres://{known['USER']}@{quote(known['HOST'], safe='')}/{known['NAME']}"
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": database, "SECRET_KEY": settings.SECRET_KEY}
    folder = tmp_path_factory.mktemp("live")
    _url, env = settings_of(folder, **own)
    portal = Portal(f"http://127.0.0.1:{env['LIVE_PORT']}", env, folder / "live.log", parts="live")
    portal.start()
    yield portal
    if portal.process.poll() is None:
        portal.stop()


@pytest.fixture
def process(live_process: Portal, transactional_db: None) -> Portal:
    if live_process.process.poll() is not None:
        live_process.start()
    return live_process


@pytest.fixture
def port(process: Portal) -> int:
    return int(process.env["LIVE_PORT"])


def ask(sql: str) -> list[tuple[int]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: list[tuple[int]] = cursor.fetchall()
    return found


def test_a_change_is_told_when_it_is_kept_and_to_who_may_know(
    port: int, coach: Membership, participant: Membership, other_member: Membership, meeting: Meeting
) -> None:
    topic = live.topic_of("meeting", meeting)
    refused = [status_of(port, session, topic) for session in (make_session(other_member.user), "", "made-up")]
    assert refused == [404, 401, 401]

    opened = Line(port, make_session(participant.user), topic, live.topic_of("meetlat", meeting))
    assert (opened.status, opened.headers["Content-Type"]) == (200, "text/event-stream")
    assert (opened.headers["Cache-Control"], opened.headers["X-Accel-Buffering"]) == ("no-store", "no")
    assert "Set-Cookie" not in opened.headers
    assert [opened.next(), opened.next()] == [f"{topic} 0", f"meetlat:{meeting.pk} 0"]

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        live.touch(topic)
        raise ZeroDivisionError
    with transaction.atomic():
        live.touch(topic)
        live.touch(topic)
    assert opened.next() == f"{topic} 2"
    opened.close()


def test_who_was_taken_away_or_signed_out_hears_nothing_more_and_their_stream_ends_at_its_next_event(
    port: int, coach: Membership, participant: Membership, maatje: Membership, colleague: Membership, meeting: Meeting
) -> None:
    topic = live.topic_of("meetlat", meeting)
    sessions = [make_session(member.user) for member in (participant, maatje, colleague, coach)]
    with lines(port, sessions, topic) as (taken_away, signed_out, made_inactive, stays):
        Membership.objects.filter(pk=participant.pk).update(left=timezone.now())
        Session.objects.filter(pk=sessions[1]).delete()
        User.objects.filter(pk=colleague.user_id).update(is_active=False)
        live.touch(topic)

        assert stays.next() == f"{topic} 1"
        assert [taken_away.next(), signed_out.next(), made_inactive.next()] == [None, None, None]
        live.touch(topic)
        assert stays.next() == f"{topic} 2"


class Held:
    """A stream that the app itself serves, in this process."""

    def __init__(self, app: streams.Streams, session: str, topic: str) -> None:
        self.said: list[bytes] = []
        self.is_over = asyncio.Event()
        headers = [(b"host", b"testserver"), (b"cookie", f"sessionid={session}".encode())]
        asks = {"type": "http", "method": "GET", "path": streams.PATH, "headers": headers}
        self._task = asyncio.create_task(
            app(asks | {"query_string": f"topic={topic}".encode()}, self._hang_on, self._send)
        )

    async def _hang_on(self) -> dict[str, Any]:
        return await asyncio.Future()

    async def _send(self, event: dict[str, Any]) -> None:
        if event["type"] == "http.response.body":
            self.said.append(event["body"])
            if not event["more_body"]:
                self.is_over.set()


@asynccontextmanager
async def _standings_of(app: streams.Streams) -> AsyncIterator[None]:
    """The one connection that else ends with its process."""
    try:
        yield
    finally:
        if (kept := app._standings._connection) is not None:
            await kept.close()


def _takes_away(member: Membership) -> None:
    Membership.objects.filter(pk=member.pk).update(left=timezone.now())
    connection.close()


def test_at_the_look_of_each_minute_who_was_taken_away_ends_though_nothing_happens(
    transactional_db: None,
    monkeypatch: pytest.MonkeyPatch,
    participant: Membership,
    maatje: Membership,
    meeting: Meeting,
) -> None:
    assert streams.PULSE * streams.LOOKED_AFTER == 60
    monkeypatch.setattr(streams, "PULSE", 0.05)
    topic, sessions = live.topic_of("meetlat", meeting), [make_session(one.user) for one in (participant, maatje)]

    async def look() -> tuple[bool, int]:
        app = streams.Streams(get_wsgi_application())
        taken_away, stays = (Held(app, session, topic) for session in sessions)
        async with asyncio.timeout(20), _standings_of(app):
            while not (taken_away.said and stays.said):
                await asyncio.sleep(0.01)
            await asyncio.to_thread(_takes_away, participant)
            await taken_away.is_over.wait()
            heard = len(stays.said)
            while len(stays.said) < heard + 2 * streams.LOOKED_AFTER:  # two looks more
                await asyncio.sleep(0.01)
        return stays.is_over.is_set(), sum(topic.encode() in said for said in taken_away.said)

    assert asyncio.run(look()) == (False, 1)


def test_where_a_row_itself_decides_it_is_asked_before_each_event(
    port: int, participant: Membership, maatje: Membership
) -> None:
    clip = make_clip(participant, audience=Clip.Audience.GROUP)
    topic = live.topic_of("clip", clip)
    with lines(port, [make_session(member.user) for member in (participant, maatje)], topic) as (owner, watcher):
        Clip.objects.filter(pk=clip.pk).update(audience=Clip.Audience.ALONE)
        live.touch(topic)
        assert owner.next() == f"{topic} 1"
        assert watcher.next() is None


def test_what_was_said_while_the_connection_was_gone_is_caught_up_with(
    port: int, participant: Membership, meeting: Meeting
) -> None:
    topic = live.topic_of("meeting", meeting)
    with lines(port, [make_session(participant.user)], topic) as (line,):
        ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        wait_until(lambda: not ask(LISTENS), "the end of the connection", 5)
        live.touch(topic)
        assert line.next() == f"{topic} 1"


def test_an_account_has_so_many_streams_at_most(port: int, participant: Membership, meeting: Meeting) -> None:
    topic, session = live.topic_of("meeting", meeting), make_session(participant.user)
    with lines(port, [session] * streams.MOST_STREAMS, topic) as most:
        assert status_of(port, session, topic) == 429
        most[0].close()
        wait_until(lambda: status_of(port, session, topic) == 200, "room for another", 5)


def test_a_change_is_one_statement_that_says_it_too(meeting: Meeting, transactional_db: None) -> None:
    known = connection.settings_dict
    where = {"host": known["HOST"], "user": known["USER"], "dbname": known["NAME"]}
    topic = live.topic_of("meeting", meeting)
    with psycopg.connect(**where, autocommit=True) as listener:
        listener.execute(f"LISTEN {live.CHANNEL}")
        with CaptureQueriesContext(connection) as asked:
            live.touch(topic)
        heard = [said.payload for said in listener.notifies(timeout=5, stop_after=1)]
    assert (heard, len(asked)) == ([f"{topic} 1"], 1)


def test_fifty_streams_that_wait_hold_no_connection_and_end_within_five_seconds(
    process: Portal, port: int, coach: Membership, meeting: Meeting
) -> None:
    people = [make_member(meeting.group, school=None) for _person in range(4)]
    sessions = [make_session(member.user) for member in (people * 13)[:50]]
    topic = live.topic_of("meeting", meeting)
    with lines(port, sessions, topic) as fifty:
        held = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        (found,) = ask(f"{held} AND state <> 'idle'")
        assert found == (0,), "none is in use"
        assert len(ask(LISTENS)) == 1

        live.touch(topic)
        assert [line.next() for line in fifty] == [f"{topic} 1"] * 50
        begun = monotonic()
        process.process.send_signal(signal.SIGTERM)
        assert process.process.wait(timeout=20) == 0
        assert monotonic() - begun < 5
        assert [line.next() for line in fifty] == [None] * 50
    assert process.roles == {}
