"""What bin/start starts runs as a whole, goes on when a part of it dies, and stops as a whole."""

import os
import re
import signal
from collections import Counter
from pathlib import Path

import requests

from tests.servers import Portal, running_portal, wait_until


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


WHOLE = Counter({"script": 1, "granian": 1, "granian worker": 2, "mail": 1, "video": 1})


def pids_of(portal: Portal) -> dict[int, str]:
    """Every process of this portal with what it is; old ones too."""
    found = {}
    for pid in processes_with(portal.env["SECRET_KEY"]):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            group = os.getpgid(pid)
        except OSError:  # it ended meanwhile
            continue
        if b"granian" in command:
            found[pid] = "granian" if pid == group else "granian worker"
        elif b"run_worker" in command:
            found[pid] = "mail" if b"mail" in command else "video"
        else:
            found[pid] = "script"
    return found


def processes_of(portal: Portal) -> Counter[str]:
    return Counter(pids_of(portal).values())


def answers(portal: Portal) -> bool:
    try:
        return requests.get(portal.url, timeout=10).ok
    except requests.RequestException:
        return False


def test_portal_serves_hashed_files_and_stops_without_orphans(tmp_path: Path, static_files: Path) -> None:
    with running_portal(tmp_path, static_files) as portal:
        login = requests.get(portal.url, timeout=10)
        assert login.status_code == 200
        hashed = re.findall(r"/static/css/\w+\.[0-9a-f]{12}\.css", login.text)
        style = requests.get(portal.url + hashed[0], timeout=10)
        assert style.status_code == 200
        assert "immutable" in style.headers["Cache-Control"]

        assert portal.stop() == 0
        assert processes_of(portal) == {}


def test_the_web_servers_own_log_holds_no_token(tmp_path: Path, static_files: Path) -> None:
    with running_portal(tmp_path, static_files, GRANIAN_LOG_ACCESS_ENABLED="true") as portal:
        for address in ("/uitnodiging/geheim-token/", "/expert/geheim-token"):
            requests.get(portal.url + address, headers={"Referer": portal.url + address}, timeout=10)
        wait_until(lambda: '"GET /expert/…' in portal.logs, "the line of the request", 10)
        assert '"GET /uitnodiging/…/ HTTP/1.1" 404' in portal.logs
        assert "geheim-token" not in portal.logs


def test_what_dies_is_started_again_and_leaves_nothing_behind(tmp_path: Path, static_files: Path) -> None:
    with running_portal(tmp_path, static_files) as portal:
        wait_until(lambda: processes_of(portal) == WHOLE, "the whole portal", 20)
        for victim, its_end in [
            ("granian worker", None),
            ("granian", "The web server stopped by itself"),
            ("mail", "The mail worker stopped by itself"),
            ("video", "The video worker stopped by itself"),
        ]:
            before = pids_of(portal)
            killed = next(pid for pid, role in before.items() if role == victim)
            os.kill(killed, signal.SIGKILL)
            wait_until(lambda old=killed: old not in pids_of(portal) and processes_of(portal) == WHOLE, victim, 30)
            wait_until(lambda: answers(portal), f"an answer after the death of {victim}", 10)
            if victim == "granian":
                assert not {pid for pid, role in before.items() if role == "granian worker"} & set(pids_of(portal))
            assert its_end is None or its_end in portal.logs


def test_a_child_that_keeps_dying_waits_longer_each_time(tmp_path: Path, static_files: Path) -> None:
    with running_portal(tmp_path, static_files) as portal:
        for seconds in (1, 2):
            wait_until(lambda: "mail" in processes_of(portal), "the mail worker", 20)
            os.kill(next(pid for pid, role in pids_of(portal).items() if role == "mail"), signal.SIGKILL)
            said = f"The mail worker stopped by itself (137); it starts again in {seconds} s."
            wait_until(lambda words=said: words in portal.logs, said, 10)


def test_portal_leaves_no_orphan_when_its_script_is_killed(tmp_path: Path, static_files: Path) -> None:
    with running_portal(tmp_path, static_files) as portal:
        portal.process.kill()
        wait_until(lambda: not processes_of(portal), "the end of its processes", 20)
