"""A disk that is really full: nobody is misled, nothing is lost, and by itself it goes on (docs/security.md F2)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.servers import Portal, wait_until
from tests.small_disk import MIB, RESERVE, SmallDisk, portal_on_small_disk
from tests.tus import CUT

SEED = """
from tests.factories import make_group, make_member, make_session
from tests.video_feedback.factories import make_clip
from video_feedback.models import Clip
member = make_member(make_group(), "Marijke Hoekstra")
clip = Clip.objects.create(owner=member, uploaded_by=member, title="Kring", handed_over_at=member.joined)
print("SEEDED", make_session(member.user), member.user.email, clip.pk)
"""
TOKEN = "a" * 32
FULL = "De schijf van de server is vol."
NO_ROOM = "Er is nu te weinig ruimte op de server."
LENGTH = 5 * MIB


@dataclass
class Marijke:
    """At her browser, signed in since before the disk was full."""

    url: str = ""
    session: str = ""
    email: str = ""
    clip: str = ""
    upload: str = ""
    tus: dict[str, str] = field(default_factory=lambda: {"Tus-Resumable": "1.0.0"})

    def seed(self, portal: Portal) -> None:
        self.url = portal.url
        self.session, self.email, self.clip = portal.seed(SEED)

    def ask(self, method: str, address: str, *, signed_in: bool = True, **options: Any) -> requests.Response:
        cookies = {"csrftoken": TOKEN} | ({"sessionid": self.session} if signed_in else {})
        headers = {"X-CSRFToken": TOKEN, "Accept": "text/html"} | options.pop("headers", {})
        options = {"cookies": cookies, "headers": headers, "allow_redirects": False} | options
        return requests.request(method, self.url + address, timeout=60, **options)

    def log_in(self) -> requests.Response:
        fields = {"login": self.email, "password": "een-lang-wachtwoord"}
        return self.ask("POST", "/account/login/", data=fields, signed_in=False)

    def begin(self) -> requests.Response:
        return self.ask("POST", f"/uploads/nieuw/{self.clip}/", headers=self.tus | CUT | {"Upload-Length": str(LENGTH)})

    def send(self, content: bytes) -> requests.Response:
        """From where the portal is."""
        at = self.ask("HEAD", self.upload, headers=self.tus).headers["Upload-Offset"]
        headers = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": at}
        return self.ask("PATCH", self.upload, data=content[int(at) :], headers=self.tus | headers)


@pytest.fixture(scope="module")
def marijke() -> Marijke:
    return Marijke()


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory, static_files: Path, marijke: Marijke) -> Iterator[SmallDisk]:
    folder = tmp_path_factory.mktemp("small")
    with portal_on_small_disk(folder, static_files, marijke.seed) as disk:
        yield disk


@pytest.fixture(autouse=True)
def room(disk: SmallDisk) -> Iterator[None]:
    yield
    disk.leftover.unlink(missing_ok=True)


def said(answer: requests.Response) -> tuple[int, bool]:
    """Its status, and whether it says that the disk is full."""
    return answer.status_code, FULL in answer.text


def test_a_full_disk_says_so_everywhere_and_all_goes_on_when_the_sweeper_made_room(
    disk: SmallDisk, marijke: Marijke
) -> None:
    content = b"\0\0\0\x18ftypmp42" + bytes(LENGTH - 12)
    marijke.upload = marijke.begin().headers["Location"]
    assert marijke.send(content[: 2 * MIB]).status_code == 204
    disk.fill()

    for address in ("/", f"/fragmenten/{marijke.clip}/", "/mijn-gegevens/"):
        assert marijke.ask("GET", address).status_code == 200, address
    logins: list[str] = []
    while (FULL not in logins) and len(logins) < 60:
        # Where the journal of the database had room already, a login may still go on.
        disk.fill()
        answer = marijke.log_in()
        logins.append(FULL if said(answer) == (503, True) else str(answer.status_code))
    assert set(logins) <= {FULL, "302"} and FULL in logins, logins

    refused = marijke.send(content)
    assert (refused.status_code, NO_ROOM in refused.text) == (507, True)
    photo = {"photo": ("ik.jpg", bytes(4 * MIB), "image/jpeg")}
    assert said(marijke.ask("POST", "/mijn-gegevens/", data={"name": "M"}, files=photo)) == (503, True)
    plain = marijke.ask(
        "POST", f"/fragmenten/{marijke.clip}/opname/", data={"goes_whole": "on"}, files={"file": ("les.mp4", content)}
    )
    assert (plain.status_code, NO_ROOM in plain.text) == (507, True)
    assert disk.open_files == []

    disk.let_sweep()
    wait_until(lambda: not disk.leftover.exists(), "room, which the sweeper makes", 60)
    assert marijke.log_in().status_code == 302
    assert marijke.send(content).status_code == 204
    assert int(marijke.ask("HEAD", marijke.upload, headers=marijke.tus).headers["Upload-Offset"]) == LENGTH
    assert "Internal Server Error" not in disk.portal.logs


def test_the_reserve_stays_free_for_those_who_write_little(disk: SmallDisk, marijke: Marijke) -> None:
    disk.fill(leaving=RESERVE + MIB)

    photo = {"photo": ("ik.jpg", bytes(4 * MIB), "image/jpeg")}
    assert said(marijke.ask("POST", "/mijn-gegevens/", data={"name": "M"}, files=photo)) == (503, True)
    assert disk.open_files == [] and list(disk.leftover.parent.iterdir()) == [disk.leftover]
    assert marijke.log_in().status_code == 302
    assert disk.free >= RESERVE - MIB
