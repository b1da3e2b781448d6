"""Disk, database and mail server go away and come back: the portal says so, and goes on by itself."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import requests
from aiosmtpd.controller import Controller

from tests.bench.figures import Figures
from tests.servers import SmtpSink, wait_until
from tests.small_disk import SmallDisk
from tests.soak.browser import PATIENCE
from tests.soak.kills import Soak

AWAY = 20
"""Seconds."""


@dataclass
class Database:
    """PostgreSQL as this portal finds it: by a socket that is away when it is unlinked."""

    address: str
    folder: Path

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        self.user, self.host = parts.username, unquote(parts.hostname or "")
        self.socket = self.folder / ".s.PGSQL.5432"
        self._as_owner("CREATE DATABASE soak")
        self.comes_back()

    @property
    def url(self) -> str:
        return f"postgres://{self.user}@{str(self.folder).replace('/', '%2F')}/soak"

    def goes_away(self) -> None:
        self.socket.unlink()
        self._as_owner("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'soak'")

    def comes_back(self) -> None:
        self.socket.symlink_to(Path(self.host) / self.socket.name)

    def _as_owner(self, statement: str) -> None:
        with psycopg.connect(host=self.host, user=self.user, dbname="postgres", autocommit=True) as owner:
            owner.execute(statement)


class MailServer:
    """The sink, behind a door that can be closed."""

    def __init__(self, sink: SmtpSink, port: int) -> None:
        self.sink, self.port = sink, port
        self.url = f"smtp://127.0.0.1:{port}"
        self.opens()

    def opens(self) -> None:
        self.controller = Controller(self.sink, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def closes(self) -> None:
        self.controller.stop()


def lose_the_database(figures: Figures, soak: Soak, database: Database) -> None:
    def is_told() -> bool:
        with suppress(requests.RequestException):
            return soak.coach.ask_once("GET", "/").status_code == 503
        return False

    database.goes_away()
    wait_until(is_told, "a page that says so", PATIENCE)
    time.sleep(AWAY)
    database.comes_back()
    _comes_through(figures, soak, "database")


def lose_the_mail_server(figures: Figures, soak: Soak, server: MailServer) -> None:
    server.closes()
    email = _invite(soak)
    time.sleep(AWAY)
    server.opens()
    _arrives(figures, soak, "mail_server", email)


def _comes_through(figures: Figures, soak: Soak, what: str) -> None:
    begun = time.monotonic()
    _arrives(figures, soak, what, _invite(soak), begun)


def _invite(soak: Soak) -> str:
    email = f"genodigde{len(soak.invited)}@school.example"
    soak.coach.invite(soak.group, email)
    soak.invited.append(email)
    return email


def _arrives(figures: Figures, soak: Soak, what: str, email: str, begun: float | None = None) -> None:
    """Within two minutes, and once: also a moment later."""
    begun = begun or time.monotonic()
    with suppress(AssertionError):
        wait_until(lambda: soak.sink.to(email), f"the mail to {email}", 2 * PATIENCE)
    figures.say(f"{what}_comes_through", round(time.monotonic() - begun, 1), "s", PATIENCE)
    time.sleep(3)
    figures.say(f"{what}_mails_too_many", abs(len(soak.sink.to(email)) - 1), "mails", 0)


def fill_the_disk(figures: Figures, soak: Soak, disk: SmallDisk) -> None:
    """A recording on its way and a page meanwhile; then what the sweeper may take."""
    clip = soak.clips.pop()
    url = soak.member.begin(clip, len(soak.film))
    half = len(soak.film) // 2
    headers = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    soak.member.ask("PATCH", url, data=soak.film[:half], headers=headers)
    disk.fill()
    refused = soak.member.ask_once("PATCH", url, data=soak.film[half:], headers=headers | {"Upload-Offset": str(half)})
    figures.say("full_disk_wrong_answer", int(refused.status_code != 507), "answers", 0)
    figures.say("full_disk_pages_away", int(not soak.member.ask_once("GET", "/").ok), "pages", 0)
    disk.let_sweep()
    begun = time.monotonic()
    _until(lambda: disk.leftover.exists() is False, PATIENCE)
    headers["Upload-Offset"] = soak.member.ask("HEAD", url, headers={"Tus-Resumable": "1.0.0"}).headers["Upload-Offset"]
    figures.say("full_disk_bytes_lost", half - int(headers["Upload-Offset"]), "bytes", 0)
    answer = soak.member.ask("PATCH", url, data=soak.film[half:], headers=headers)
    figures.say("full_disk_recording_refused", int(answer.status_code != 204), "recordings", 0)
    _until(lambda: "Wie mag kijken?" in soak.member.ask("GET", f"/fragmenten/{clip}/").text, PATIENCE)
    figures.say("full_disk_goes_on", round(time.monotonic() - begun, 1), "s", PATIENCE)


def _until(answer: Callable[[], object], seconds: float) -> None:
    with suppress(AssertionError):
        wait_until(answer, "", seconds)
