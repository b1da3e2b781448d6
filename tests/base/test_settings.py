"""What the settings make of the environment, asked of a process of its own."""

import ast
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SSL_REQUEST = bytes.fromhex("0000000804d2162f")
"""The first packet of PostgreSQL's protocol when TLS is asked for."""

Run = Callable[..., subprocess.CompletedProcess[str]]
Value = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run(code_or_arguments, **environment)`: a finished Python in the checkout with only this environment."""

    def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        env = {
            "PATH": os.environ["PATH"],
            "NETWERKLEREN_VAR": str(tmp_path),
            "SECRET_KEY": "tests-only",
            "DJANGO_SETTINGS_MODULE": "netwerkleren.settings",
            **environment,
        }
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)

    return _run


@pytest.fixture
def value(run: Run) -> Value:
    """`value(expression, **environment)`: what it is, with `settings` at hand and Django set up."""

    def _value(expression: str, **environment: str) -> Any:
        code = f"import django, json; django.setup(); from django.conf import settings; print(json.dumps({expression}))"
        done = run("-c", code, **environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return _value


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ["mail.example", 25, "", "", False, False]),
        ("smtps://mail.example", ["mail.example", 465, "", "", True, False]),
        ("smtp+tls://mail.example", ["mail.example", 587, "", "", False, True]),
        (
            "smtp+tls://portaal%40school.example:p%2Fw%3Ard%23@mail.example:2525",
            ["mail.example", 2525, "portaal@school.example", "p/w:rd#", False, True],
        ),
    ],
)
def test_the_mail_server(url: str, expected: list[Any], value: Value) -> None:
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
    assert value(f"[getattr(settings, 'EMAIL_' + name) for name in {names}]", EMAIL_URL=url) == expected


@pytest.mark.parametrize("url", ["stmp://user:geheim@mail.example", "mail.example", "smtp:mail.example"])
def test_a_mail_server_that_is_written_wrong_starts_nothing_and_is_not_repeated(url: str, run: Run) -> None:
    done = run("manage.py", "check", EMAIL_URL=url)
    assert done.returncode == 1
    assert ("EMAIL_URL is smtp+tls://" in done.stderr, "geheim" in done.stderr) == (True, False)


@pytest.mark.parametrize(("url", "refused"), [("", True), ("smtp+tls://mail.example", False)])
def test_mail_in_files_is_refused_for_a_real_installation(url: str, refused: bool, run: Run) -> None:
    done = run("manage.py", "check", "--deploy", EMAIL_URL=url)
    assert ("netwerkleren.E003" in done.stderr) is refused


def test_tls_of_the_database_is_django_s(run: Run) -> None:
    code = "from netwerkleren import settings; print(settings.DATABASES['default']['OPTIONS'])"
    url = "postgres://portaal@db.example/portaal?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    done = run("-c", code, DATABASE_URL=url)
    assert ast.literal_eval(done.stdout) == {
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ca.pem",
        "pool": {"min_size": 1, "max_size": 8, "timeout": 5, "reconnect_timeout": 3},
    }


def test_a_queue_without_the_tls_that_was_asked_sends_nothing_in_clear(run: Run) -> None:
    said: list[bytes] = []

    def answer(server: socket.socket) -> None:
        connection, _address = server.accept()
        with connection:
            connection.settimeout(20)
            while packet := connection.recv(4096):
                said.append(packet)
                connection.sendall(b"N")  # no TLS here

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=answer, args=(server,), daemon=True)
        thread.start()
        port = server.getsockname()[1]
        url = f"postgres://portaal:geheim@127.0.0.1:{port}/portaal?sslmode=require"
        ask = "from netwerkleren.base import tasks; tasks.mail_queue.storage.initialize_schema()"
        done = run("-c", ask, DATABASE_URL=url)
        thread.join(20)

    assert "server does not support SSL" in done.stderr
    assert said == [SSL_REQUEST]


@pytest.mark.parametrize(("behind", "visitor"), [("1", "203.0.113.7"), ("", "10.0.0.1")])
def test_behind_a_proxy_a_visitor_has_an_address_of_their_own(behind: str, visitor: str, value: Value) -> None:
    request = "__import__('django.test').test.RequestFactory()"
    request += ".get('/', headers={'x-forwarded-for': '198.51.100.1, 203.0.113.7'}, REMOTE_ADDR='10.0.0.1')"
    adapter = "__import__('allauth.account.adapter').account.adapter.get_adapter()"
    assert value(f"{adapter}.get_client_ip({request})", BEHIND_TLS_PROXY=behind) == visitor


@pytest.mark.parametrize("dash", ["-", "_"])
def test_without_a_proxy_no_header_says_who_asks_or_how(dash: str, value: Value) -> None:
    """WSGI knows a header with an underscore by the same name."""
    told = {"FOR": "203.0.113.7", "PROTO": "https", "HOST": "kwaad.example", "PORT": "81", "PREFIX": "/x", "SSL": "on"}
    headers = {f"X{dash}Forwarded{dash}{name}": text for name, text in told.items()}
    headers |= {f"X{dash}Real{dash}IP": "203.0.113.7", "Forwarded": "for=203.0.113.7;proto=https;host=kwaad.example"}
    request = "__import__('django.test').test.RequestFactory()"
    request += f".get('/', headers={headers!r}, REMOTE_ADDR='10.0.0.1', HTTP_HOST='127.0.0.1')"
    adapter = "__import__('allauth.account.adapter').account.adapter.get_adapter()"
    facts = f"[{adapter}.get_client_ip(r), r.scheme, r.get_host(), r.get_port(), r.build_absolute_uri()]"
    assert value(f"(lambda r: {facts})({request})") == ["10.0.0.1", "http", "127.0.0.1", "80", "http://127.0.0.1/"]
