"""What bin/start starts runs as a whole, and stops as a whole."""

import os
import re
import signal
from pathlib import Path

import requests

from tests.servers import running_portal, wait_until


def processes_with(word: str) -> list[int]:
    """The processes that have this in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if word.encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:  # it ended meanwhile, or is another user's
            continue
    return found


def command_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def test_portal_serves_hashed_files_and_stops_without_orphans(tmp_path: Path, static_files: Path) -> None:
    with running_portal(tmp_path, static_files) as portal:
        login = requests.get(portal.url, timeout=10)
        assert login.status_code == 200
        hashed = re.findall(r"/static/css/\w+\.[0-9a-f]{12}\.css", login.text)
        style = requests.get(portal.url + hashed[0], timeout=10)
        assert style.status_code == 200
        assert "immutable" in style.headers["Cache-Control"]

        assert len(processes_with(portal.env["SECRET_KEY"])) >= 5  # the script, gunicorn with two workers, two workers
        assert portal.stop() == 0
        assert processes_with(portal.env["SECRET_KEY"]) == []


def test_the_web_servers_own_log_holds_no_token(tmp_path: Path, static_files: Path) -> None:
    with running_portal(tmp_path, static_files, GUNICORN_CMD_ARGS="--access-logfile -") as portal:
        for address in ("/uitnodiging/geheim-token/", "/expert/geheim-token"):
            requests.get(portal.url + address, headers={"Referer": portal.url + address}, timeout=10)
        wait_until(lambda: '"GET /expert/…' in portal.logs, "the line of the request", 10)
        assert '"GET /uitnodiging/…/ HTTP/1.1" 404' in portal.logs
        assert "geheim-token" not in portal.logs


def test_portal_stops_as_a_whole_when_a_worker_dies(tmp_path: Path, static_files: Path) -> None:
    with running_portal(tmp_path, static_files) as portal:
        (worker,) = [pid for pid in processes_with(portal.env["SECRET_KEY"]) if b"video" in command_of(pid)]
        os.kill(worker, signal.SIGKILL)
        assert portal.process.wait(timeout=20) == 1
        assert "The video worker stopped by itself" in portal.logs
        assert processes_with(portal.env["SECRET_KEY"]) == []


def test_portal_leaves_no_orphan_when_its_script_is_killed(tmp_path: Path, static_files: Path) -> None:
    with running_portal(tmp_path, static_files) as portal:
        portal.process.kill()
        wait_until(lambda: not processes_with(portal.env["SECRET_KEY"]), "the end of its processes", 20)
