"""bin/bench live [--database sqlite|postgresql]: how soon others see a change, and what it costs to wait for one.

On PostgreSQL a change is told by a stream. Beside it stands a bare one, on the same server, which asks nobody for
anything; both have the same listeners, all the time, and changes are told by the one and by the other in turn. Of a
change counts its p95 over the listeners, from the end of the transaction in which it was written; a figure is of the
medians over the changes.

On SQLite a room of people asks as their pages do, while a strip moves every second.
"""

import argparse
import http.client
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from urllib.parse import urlencode, urlsplit

from tests.bench.figures import Figures
from tests.bench.portals import WITH_STOPWATCH, collected_files
from tests.bench.room import Room, Seen, all_there, follow, listen, together
from tests.bench.senders import TOKEN
from tests.servers import ROOT, Portal, free_port, running_portal, wait_until

CROWDS = (30, 200)
CHANGES = 30
WARM_UP = 5
RATIO = 2
"""Times a stream that asks nobody who may listen."""
BARE_POLL = 1.5
"""Times a view that asks who it is and for one number, and answers 304."""
IDLE_STREAM, IDLE_POLL = 20, 2000
"""kB an hour, in and out."""
LOOKS = 60 * 2 + 59 * 30
"""Of a page in an hour in which nothing happens (static/js/shared/live-rules.js)."""
ASKED_WITH = 700
"""Bytes with which Chromium asks for a version, cookies and all."""
STOPS = 5
PEOPLE, STRIPS, MOVES = 60, 20, 30
SEEN = 1
"""Seconds, for people who poll."""


class Writer:
    """The coach, who changes something on a connection that stays open."""

    def __init__(self, portal: Portal, room: Room) -> None:
        address = urlsplit(portal.url)
        self._connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=30)
        self._room = room

    def touch(self, topic: str) -> float:
        """When it was written: before its answer is here it may have been told."""
        _at, headers = self._ask("GET", f"/bench/verandering/{topic}/", 204)
        return float(headers["X-Written-At"])

    def move(self, version: int, number: int) -> float:
        """When the request was answered."""
        form = urlencode({"version": version, "to": number})
        return self._ask("POST", f"/leervragen/{self._room.strip}/verplaatsen/", 200, form)[0]

    def cost(self, path: str) -> int:
        """CPU time of the answer, which is that there is nothing new."""
        _at, headers = self._ask("GET", path, 304)
        return int(headers["X-Cpu-Ns"]) + int(headers["X-Database-Ns"])

    def bytes_of_poll(self) -> int:
        _at, headers = self._ask("GET", f"/live/{self._room.topic}/", 304)
        own = {"X-Cpu-Ns", "X-Database-Ns", "X-Queries"}
        told = sum(len(f"{name}: {value}\r\n") for name, value in headers.items() if name.title() not in own)
        return len("HTTP/1.1 304 Not Modified\r\n\r\n") + told

    def version(self) -> int:
        _at, headers = self._ask("GET", f"/live/{self._room.topic}/", 200, version="none")
        return int(headers["ETag"].strip('"'))

    def _ask(
        self, method: str, path: str, status: int, body: str = "", version: str = ""
    ) -> tuple[float, http.client.HTTPMessage]:
        cookies = f"sessionid={self._room.coach}; csrftoken={TOKEN}"
        headers = {"Cookie": cookies, "X-CSRFToken": TOKEN, "HX-Request": "true", "Sec-Fetch-Mode": "cors"}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        if status == 304:
            headers["If-None-Match"] = f'"{self.version()}"'
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        said = answer.read()
        assert answer.status == status, f"{method} {path}: {answer.status} {said[:200]!r}"
        return perf_counter(), answer.headers


@contextmanager
def bare_streams(portal: Portal, folder: Path) -> Iterator[int]:
    """The port of a bare stream, started as bin/serve starts the portal's own."""
    port = free_port()
    flags = "--interface asginl --http 1 --http1-header-read-timeout 10000 --workers-kill-timeout 1 --no-ws"
    command = [sys.executable, "-m", "granian", *flags.split(), "--log-level", "error", "--port", str(port)]
    with (folder / "bare.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "tests.bench.bare_events:application"], cwd=ROOT, env=portal.env, stdout=log, stderr=log
        )
        try:
            address = ("127.0.0.1", port)
            wait_until(lambda: _answers(address), "the bare stream", 30)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


def _answers(address: tuple[str, int]) -> bool:
    connection = http.client.HTTPConnection(*address, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def p95(delays: list[float]) -> float:
    return quantiles(delays, n=20)[-1]


def streams(figures: Figures, portal: Portal, room: Room, people: int, bare_port: int) -> None:
    own, bare = Seen(), Seen()
    port, sessions = int(portal.env["LIVE_PORT"]), room.sessions[:people]
    writer = Writer(portal, room)
    listeners = [listen(port, room.topic, session, own) for session in sessions]
    listeners += [listen(bare_port, "bare:1", session, bare) for session in sessions]
    told: dict[str, list[float]] = {room.topic: [], "bare:1": []}
    versions = {room.topic: writer.version(), "bare:1": portal_version(portal, "bare:1")}
    with together(listeners):
        for seen in (own, bare):
            all_there(seen, people)
        for turn in range(WARM_UP + CHANGES):
            for topic, seen in ((room.topic, own), ("bare:1", bare)):
                versions[topic] += 1
                at = writer.touch(topic)
                wait_until(lambda: seen.has_all(versions[topic], people) or seen.errors, "all who see it", 20)  # noqa: B023
                assert seen.errors == [], seen.errors[:3]
                if turn >= WARM_UP:
                    told[topic].append(p95(seen.delays(versions[topic], at)))
        if people == max(CROWDS):
            _idle_stream(figures, own, people)
            begun = perf_counter()
            portal.stop()
            figures.say(f"stopped_with_{people}_streams", round(perf_counter() - begun, 2), "s", STOPS)
    of_own, of_bare = (median(told[topic]) for topic in (room.topic, "bare:1"))
    print(f"{people} listeners: p95 {1000 * of_own:.1f} ms, bare {1000 * of_bare:.1f} ms", flush=True)
    figures.say(f"events_{people}_ratio", round(of_own / of_bare, 2), "x", RATIO)


def _idle_stream(figures: Figures, seen: Seen, people: int) -> None:
    """What comes in half a minute and a bit in which nothing happens, and what it took to open."""
    before, begun = seen.bytes_in, perf_counter()
    sleep(46)
    an_hour = (seen.bytes_in - before) / people * 3600 / (perf_counter() - begun)
    figures.say("idle_stream", round((an_hour + 2000) / 1000, 1), "kB/h", IDLE_STREAM)


def portal_version(portal: Portal, topic: str) -> int:
    (found,) = portal.seed(f"from netwerkleren.base import live; print('SEEDED', live.version_of({topic!r}))")
    return int(found)


def poll(figures: Figures, portal: Portal, room: Room) -> None:
    """Beside a bare view in turn; and how much comes of it in an hour in which nothing happens."""
    writer = Writer(portal, room)
    paths = (f"/live/{room.topic}/", f"/bench/niets-nieuws/{room.topic}/")
    pairs = [tuple(writer.cost(path) for path in paths) for _turn in range(WARM_UP + CHANGES)][WARM_UP:]
    figures.say("poll_ratio", round(median(own / bare for own, bare in pairs), 2), "x", BARE_POLL)
    figures.say("idle_poll", round(LOOKS * (writer.bytes_of_poll() + ASKED_WITH) / 1000), "kB/h", IDLE_POLL)


def crowd(figures: Figures, portal: Portal, room: Room) -> None:
    """Their pages ask in their own time; a strip moves every second."""
    seen, writer = Seen(), Writer(portal, room)
    begins = [number * 0.5 / PEOPLE for number in range(PEOPLE)]
    people = [
        follow(portal, room, session, seen, begins_after=after)
        for session, after in zip(room.sessions, begins, strict=True)
    ]
    delays: list[float] = []
    moved: list[tuple[int, float]] = []
    with together(people):
        all_there(seen, PEOPLE)
        for turn in range(WARM_UP + MOVES):
            begun = perf_counter()
            at = writer.move(turn, turn % 10 + 1)
            moved.append((writer.version(), at))
            sleep(max(0, begun + 1 - perf_counter()))
        wait_until(lambda: seen.has_all(moved[-1][0], PEOPLE) or seen.errors, "all who see the last move", 60)
    for version, at in moved[WARM_UP:]:
        delays += seen.delays(version, at)
    for said in seen.errors[:5]:
        print(said)
    print(f"{PEOPLE} who poll: p50 {1000 * median(delays):.0f} ms", flush=True)
    figures.say(f"seen_by_{PEOPLE}_p95", round(p95(delays), 2), "s", SEEN)
    figures.say("errors", len(seen.errors), "answers", 0)


def run_on(database: str) -> int:
    server = os.environ.get("TEST_DATABASE_URL")
    if database == "postgresql" and server is None:
        again = [str(ROOT / "bin/with-postgres"), sys.executable, "-m", "tests.bench.bench_live"]
        return subprocess.run([*again, "--database", database]).returncode
    figures = Figures(f"live.{database}")
    own = {"DJANGO_SETTINGS_MODULE": WITH_STOPWATCH}
    if database == "postgresql" and server:
        own["DATABASE_URL"] = server
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "var").mkdir()
        parts = "web live" if database == "postgresql" else "web"
        with running_portal(folder / "var", collected_files(folder), parts=parts, **own) as portal:
            room = Room.of(portal, people=max(PEOPLE, *CROWDS), strips=STRIPS)
            poll(figures, portal, room)
            if database == "sqlite":
                crowd(figures, portal, Room(room.meeting, room.strip, room.coach, room.sessions[:PEOPLE]))
            else:
                with bare_streams(portal, folder) as bare_port:
                    for people in CROWDS:
                        streams(figures, portal, room, people, bare_port)
    return int(figures.is_over)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=("sqlite", "postgresql"))
    asked = parser.parse_args().database
    return max([run_on(database) for database in ([asked] if asked else ["sqlite", "postgresql"])])


if __name__ == "__main__":
    sys.exit(main())
