"""Real servers for tests: an SMTP sink, an S3 store, and the portal as bin/start serves it. All on loopback."""

import email
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from functools import cache, partial
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from urllib.parse import urlsplit

import boto3
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from botocore.loaders import JSONFileLoader
from pytest_django import Settings

from tests.bucket import Bucket

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent


def wait_until(answer: Callable[[], T | None], what: str, seconds: float) -> T:
    """The first true answer; AssertionError that names what did not come within so many seconds."""
    deadline = time.monotonic() + seconds
    while not (found := answer()):
        assert time.monotonic() < deadline, f"{what} did not come within {seconds} s"
        time.sleep(0.05)
    return found


def is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


# --- Mail ---
@dataclass(frozen=True)
class ReceivedMail:
    sender: str
    recipients: list[str]  # of the envelope, so hidden ones too
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def attachment(self, content_type: str) -> bytes:
        """The content of the first attachment of this type; KeyError when there is none."""
        for part in self.message.iter_attachments():
            if part.get_content_type() == content_type:
                payload: Any = part.get_payload(decode=True)
                return bytes(payload)
        raise KeyError(content_type)

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


@dataclass
class SmtpSink:
    """Accepts every mail and keeps it, unless a test gives it another answer."""

    url: str = ""
    mails: list[ReceivedMail] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)  # by command; "drop" keeps the mail and hangs up

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get("RCPT", "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Session, envelope: Any) -> str:
        answer = self.answers.get("DATA", "250 OK")
        if answer == "drop" or answer.startswith("250"):
            message = email.message_from_bytes(envelope.content, policy=default)
            self.mails.append(ReceivedMail(envelope.mail_from, envelope.rcpt_tos, message))
        if answer == "drop":
            server.transport.abort()
        return answer

    def to(self, address: str) -> list[ReceivedMail]:
        return [mail for mail in self.mails if address in mail.recipients]

    def wait_for(self, predicate: Callable[[ReceivedMail], bool], seconds: float = 60) -> ReceivedMail:
        """The first mail, already here or still to come, for which the predicate holds."""
        return wait_until(lambda: next(filter(predicate, list(self.mails)), None), "the mail", seconds)


@contextmanager
def running_sink() -> Iterator[SmtpSink]:
    sink = SmtpSink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    sink.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield sink
    finally:
        controller.stop()


@pytest.fixture(scope="session")
def smtp_sink() -> Iterator[SmtpSink]:
    with running_sink() as sink:
        yield sink


@pytest.fixture
def sink(settings: Settings) -> Iterator[SmtpSink]:
    """The portal's mail server in this test, of which the test says what it answers."""
    with running_sink() as running:
        settings.EMAIL_BACKEND = "netwerkleren.base.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", urlsplit(running.url).port
        settings.EMAIL_TIMEOUT = 5
        yield running


# --- S3 ---
@dataclass(frozen=True)
class S3Server:
    env: dict[str, str]  # what the portal's settings read

    def client(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=self.env["S3_ENDPOINT_URL"],
            aws_access_key_id=self.env["S3_ACCESS_KEY_ID"],
            aws_secret_access_key=self.env["S3_SECRET_ACCESS_KEY"],
            region_name=self.env["S3_REGION"],
        )

    def bucket(self) -> Bucket:
        return Bucket(self.client(), self.env["S3_BUCKET"])


@contextmanager
def running_s3(folder: Path) -> Iterator[S3Server]:
    """A real S3 store, which keeps its objects in this folder, with an empty bucket."""
    ports = _seaweed_ports()
    access_key, secret_key = secrets.token_hex(8), secrets.token_hex(16)
    command: list[str | Path] = [
        *(
            Path(sysconfig.get_path("scripts")) / "weed",
            "mini",
            f"-dir={folder}",
            "-ip=127.0.0.1",
            "-ip.bind=127.0.0.1",
        ),
        *(f"-{name}.port={port}" for name, port in ports.items()),
        *(f"-{name}.localSocket={folder / name}.sock" for name in ("s3", "filer")),
        *("-s3.port.iceberg=0", "-s3.port.lance=0", "-webdav=false", "-admin.ui=false", "-master.telemetry=false"),
    ]
    keys = {"AWS_ACCESS_KEY_ID": access_key, "AWS_SECRET_ACCESS_KEY": secret_key}
    server = S3Server(
        {
            "S3_BUCKET": "netwerkleren",
            "S3_ENDPOINT_URL": f"http://127.0.0.1:{ports['s3']}",
            "S3_ACCESS_KEY_ID": access_key,
            "S3_SECRET_ACCESS_KEY": secret_key,
            "S3_REGION": "us-east-1",
        }
    )
    log = folder / "weed.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=os.environ | keys, cwd=folder, stdout=out, stderr=out)
    try:
        _wait_for_http(server.env["S3_ENDPOINT_URL"], process, log)
        server.client().create_bucket(Bucket="netwerkleren")
        yield server
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    tables = cache(partial(JSONFileLoader.load_file, JSONFileLoader()))
    with running_s3(tmp_path_factory.mktemp("s3")) as server, pytest.MonkeyPatch.context() as patch:
        # Every test has a client of its own, and each would read anew what all of AWS's services are: half of its time.
        patch.setattr(JSONFileLoader, "load_file", lambda _loader, path: tables(path))
        yield server


def _seaweed_ports() -> dict[str, int]:
    """A free port for each of its servers; each also listens 10,000 higher, and quietly moves when either is taken."""
    names = ["master", "volume", "filer", "s3", "admin"]
    candidates = random.sample(range(15_000, 25_000), 500)
    return dict(zip(names, (port for port in candidates if is_free(port) and is_free(port + 10_000)), strict=False))


# --- The portal ---
WHOLE = Counter({"script": 1, "granian": 1, "granian worker": 2, "mail": 1, "video": 1})
"""The processes of a portal, by role."""
WHOLE_ON_POSTGRESQL = WHOLE + Counter({"live": 1, "live worker": 1})

LOOP = """
import contextlib, functools, io, json, sys, traceback
from django.contrib.auth import base_user
from django.db import connections
base_user.make_password = functools.cache(base_user.make_password)
for line in sys.stdin:
    printed, error = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(json.loads(line), "script", "exec"), {"__name__": "script"})
    except Exception:
        error = traceback.format_exc()
    connections.close_all()
    print(json.dumps({"printed": printed.getvalue(), "error": error}), flush=True)
"""
"""Runs one script after another: to start Django takes longer than most of them. So does a million rounds of a hash:
who is made here with the same password shares it, whole."""


@dataclass
class Portal:
    """What bin/start starts: granian with hashed static files, and both workers, on data of its own."""

    url: str
    env: dict[str, str]
    log: Path
    parts: str = ""  # of what bin/serve runs, such as "web mail"; empty is all of it
    command: tuple[str | Path, ...] = (ROOT / "bin/serve",)
    process: subprocess.Popen[bytes] = field(init=False)
    shell: subprocess.Popen[str] | None = field(init=False, default=None)

    @property
    def logs(self) -> str:
        return self.log.read_text(errors="replace")

    def manage(self, *arguments: str) -> str:
        """What `manage.py ARGUMENTS` prints; AssertionError with its errors when it fails."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}"
        return done.stdout

    def run(self, script: str) -> str:
        """What a script prints, in one process beside the portal; AssertionError with its traceback when it fails."""
        if self.shell is None or self.shell.poll() is not None:
            command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", LOOP]
            self.shell = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        assert self.shell.stdin and self.shell.stdout
        self.shell.stdin.write(json.dumps(script) + "\n")
        self.shell.stdin.flush()
        done: dict[str, str] = json.loads(self.shell.stdout.readline())
        assert not done["error"], f"a script failed:\n{done['printed']}{done['error']}"
        return done["printed"]

    def seed(self, script: str) -> list[str]:
        """Runs a script which prints "SEEDED" and the words that this answers."""
        printed = self.run(script)
        return next(line for line in printed.splitlines() if line.startswith("SEEDED")).split()[1:]

    def start(self, *, worst: int = 499) -> None:
        """Until it answers with this status or a lower one."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen([*self.command, *self.parts.split()], env=self.env, stdout=out, stderr=out)
        _wait_for_http(self.url, self.process, self.log, worst)

    @property
    def processes(self) -> dict[int, str]:
        """Every process of this portal with its role; old ones too."""
        return {pid: role for process in Path("/proc").glob("[0-9]*") for pid, role in self._role_of(process)}

    @property
    def roles(self) -> Counter[str]:
        """How many processes have each role."""
        return Counter(self.processes.values())

    def _role_of(self, process: Path) -> Iterator[tuple[int, str]]:
        """Nothing where it is not ours, or ended meanwhile."""
        pid = int(process.name)
        try:
            if f"NETWERKLEREN_VAR={self.env['NETWERKLEREN_VAR']}\0".encode() not in (process / "environ").read_bytes():
                return
            command, leader = (process / "cmdline").read_bytes(), os.getpgid(pid)
        except OSError:
            return
        if b"granian" in command:
            name = "live" if b"asginl" in command else "granian"
            yield pid, name if pid == leader else f"{name} worker"
        elif b"run_worker" in command:
            yield pid, "mail" if b"mail" in command else "video"
        elif b"shell" not in command:
            yield pid, "script"

    def kill_web(self) -> None:
        """Kills the web server at once, with whatever it was doing; until another has taken its place."""
        web = {"granian", "granian worker"}
        old = {pid for pid, role in self.processes.items() if role in web}
        for pid in old:
            os.kill(pid, signal.SIGKILL)

        def is_back() -> bool:
            now = {pid for pid, role in self.processes.items() if role in web}
            return len(now) == len(old) and not now & old

        wait_until(is_back, "the web server", 60)
        _wait_for_http(self.url, self.process, self.log)

    def close(self) -> None:
        """Ends the process that runs scripts."""
        if self.shell is not None:
            with self.shell:  # Which closes its pipes.
                self.shell.kill()
            self.shell = None

    def stop(self) -> int:
        """Stops it as a service manager would; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


PREPARED = Path(os.environ["TEST_PREPARED"]) if "TEST_PREPARED" in os.environ else None
"""Where bin/test made what every process of every run starts from. Without it each process makes its own."""


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What collectstatic makes, once for all portals of this run."""
    return PREPARED / "files/static" if PREPARED else collect_static_files(tmp_path_factory.mktemp("static"))


def collect_static_files(folder: Path) -> Path:
    env = os.environ | {"NETWERKLEREN_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "netwerkleren.settings"}
    env.setdefault("SECRET_KEY", "of no use to a static file")
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=env, check=True, timeout=120)
    return folder / "static"


@contextmanager
def running_portal(folder: Path, static_files: Path, *, parts: str = "", **env: str) -> Iterator[Portal]:
    """A portal on SQLite and files in this folder, unless the settings in `env` say otherwise."""
    portal = Portal(*settings_of(folder, **env), folder / "portal.log", parts)
    if "DATABASE_URL" in env:
        portal.manage("migrate", "--verbosity", "0")
    else:
        copytree(migrated(), folder, dirs_exist_ok=True)
    (folder / "static").symlink_to(static_files)
    portal.start()
    try:
        yield portal
    finally:
        if portal.process.poll() is None:
            portal.stop()
        portal.close()


@cache
def migrated() -> Path:
    """What a portal has on its disk after its first migrate: made once for all portals of a process."""
    if PREPARED:
        return PREPARED / "database"
    folder = Path(_FOLDER.name)
    Portal(*settings_of(folder), folder / "portal.log").manage("migrate", "--verbosity", "0")
    return folder


_FOLDER = TemporaryDirectory(prefix="migrated-")


def settings_of(folder: Path, **env: str) -> tuple[str, dict[str, str]]:
    """The address of a portal, and the environment that it runs in."""
    port = free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    url = f"http://127.0.0.1:{port}"
    own = {
        "PORT": str(port),
        "LIVE_PORT": str(free_port()),
        "BASE_URL": url,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "NETWERKLEREN_HTTP": "1",
        "NETWERKLEREN_VAR": str(folder),
    }
    return url, kept | own | env


@pytest.fixture(scope="session")
def start_portal(tmp_path_factory: pytest.TempPathFactory, static_files: Path) -> Iterator[Callable[..., Portal]]:
    """start_portal(**env): a portal with these settings besides its own; all are stopped at the end."""
    with ExitStack() as portals:

        def start(**env: str) -> Portal:
            return portals.enter_context(running_portal(tmp_path_factory.mktemp("portal"), static_files, **env))

        yield start


@pytest.fixture(scope="session")
def portal(start_portal: Callable[..., Portal], smtp_sink: SmtpSink) -> Portal:
    """The portal on local files, with its mail going to smtp_sink."""
    return start_portal(EMAIL_URL=smtp_sink.url)


def _wait_for_http(url: str, process: subprocess.Popen[bytes], log: Path, worst: int = 499) -> None:
    def answers() -> bool:
        assert process.poll() is None, f"{process.args!r} stopped:\n{log.read_text(errors='replace')}"
        # Behind a proxy that ends TLS the portal would lead elsewhere; without one it does not read this.
        request = urllib.request.Request(url, headers={"X-Forwarded-Proto": "https"})
        try:
            urllib.request.urlopen(request, timeout=5).close()
        except urllib.error.HTTPError as error:
            return error.code <= worst
        except OSError:
            return False
        return True

    wait_until(answers, f"an answer of {url}", 30)
