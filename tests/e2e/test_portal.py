"""What bin/start starts runs as a whole, goes on when a part of it dies, and stops as a whole."""

import os
import re
import signal
import socket
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from netwerkleren.base.static_headers import NOTHING
from tests.servers import WHOLE, Portal, running_portal, wait_until


def answers(portal: Portal) -> bool:
    try:
        return requests.get(portal.url, timeout=10).ok
    except requests.RequestException:
        return False


@pytest.fixture(scope="module")
def whole(start_portal: Callable[..., Portal]) -> Portal:
    """A portal of this module's own, with all its processes."""
    portal = start_portal()
    wait_until(lambda: portal.roles == WHOLE, "the whole portal", 20)
    return portal


def test_portal_serves_hashed_files_and_stops_without_orphans(tmp_path: Path, static_files: Path) -> None:
    with running_portal(tmp_path, static_files) as portal:
        login = requests.get(portal.url, timeout=10)
        assert login.status_code == 200
        hashed = re.findall(r"/static/css/\w+\.[0-9a-f]{12}\.css", login.text)
        style = requests.get(portal.url + hashed[0], timeout=10)
        assert style.status_code == 200
        assert "immutable" in style.headers["Cache-Control"]
        assert style.headers["Content-Security-Policy"] == NOTHING
        assert style.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert style.headers["Server"] == login.headers["Server"] == "Netwerkleren"
        assert "Access-Control-Allow-Origin" not in style.headers

        assert portal.stop() == 0
        assert portal.roles == {}


def test_the_web_servers_own_log_holds_no_token(tmp_path: Path, static_files: Path) -> None:
    with running_portal(tmp_path, static_files, GRANIAN_LOG_ACCESS_ENABLED="true") as portal:
        for address in ("/uitnodiging/geheim-token/", "/expert/geheim-token"):
            requests.get(portal.url + address, headers={"Referer": portal.url + address}, timeout=10)
        wait_until(lambda: '"GET /expert/…' in portal.logs, "the line of the request", 10)
        assert '"GET /uitnodiging/…/ HTTP/1.1" 404' in portal.logs
        assert "geheim-token" not in portal.logs


def kill(portal: Portal, victim: str) -> dict[int, str]:
    """Kills one process of this role; what ran before."""
    before = portal.processes
    os.kill(next(pid for pid, role in before.items() if role == victim), signal.SIGKILL)
    return before


@pytest.mark.parametrize("victim", ["granian worker", "granian", "mail", "video"])
def test_what_dies_is_started_again_and_leaves_nothing_behind(whole: Portal, victim: str) -> None:
    before = kill(whole, victim)

    its_own = {"granian": {"granian", "granian worker"}}.get(victim, {victim})
    old = {pid for pid, role in before.items() if role in its_own}

    def is_whole_again() -> bool:
        now = whole.processes
        gone = len(old - now.keys())
        return gone == (1 if victim == "granian worker" else len(old)) and Counter(now.values()) == WHOLE

    wait_until(is_whole_again, f"the portal without {victim}", 30)
    wait_until(lambda: answers(whole), f"an answer after the death of {victim}", 10)
    said = {"granian": "The web server", "mail": "The mail worker", "video": "The video worker"}.get(victim, "")
    assert f"{said} stopped by itself" in whole.logs or victim == "granian worker"


def test_a_child_that_keeps_dying_waits_longer_each_time(whole: Portal) -> None:
    before = kill(whole, "video")
    wait_until(lambda: "video" in dict(whole.processes.items() - before.items()).values(), "the video worker", 20)
    kill(whole, "video")
    said = re.compile(r"The video worker stopped by itself \(137\); it starts again in (\d+) s")

    def waits_longer() -> bool:
        *_before, first, second = (int(pause) for pause in ["0", "0", *said.findall(whole.logs)])
        return second == 2 * first > 0

    wait_until(waits_longer, "a longer pause", 10)


def test_portal_leaves_no_orphan_when_its_script_is_killed(tmp_path: Path, static_files: Path) -> None:
    with running_portal(tmp_path, static_files) as portal:
        portal.process.kill()
        wait_until(lambda: not portal.roles, "the end of its processes", 20)


def test_no_address_lets_a_stranger_fill_the_disk(portal: Portal) -> None:
    many, head = 50 * 1024**2, b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    for address in ("/account/login/", "/bestaat-niet/"):
        for length in (f"Content-Length: {many}", "Transfer-Encoding: chunked"):
            with socket.create_connection(("127.0.0.1", int(portal.env["PORT"])), timeout=10) as line:
                lines = [f"POST {address} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: csrftoken={'a' * 32}", length]
                lines += ["Content-Type: multipart/form-data; boundary=x", "", ""]
                line.sendall("\r\n".join(lines).encode() + head)
                assert line.recv(12) == (b"HTTP/1.1 413" if length.endswith(str(many)) else b"HTTP/1.1 411")
    assert list(Path(portal.env["NETWERKLEREN_VAR"], "uploads", "posted").iterdir()) == []
