"""Someone at a browser who does not give up: what was not answered is asked again, as their pages do."""

import time
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.servers import Portal
from tests.shown import fields_of
from tests.tus import CUT

TOKEN = "a" * 32
PATIENCE = 120
"""Seconds in which an answer comes, whatever happened: the issue of it all."""
PIECES = 20
"""In which a recording is sent, as over a slow line."""


@dataclass
class Browser:
    portal: Portal
    session: str
    lost: list[str] = field(default_factory=list)
    """What was acknowledged and is not there any more."""

    def ask_once(self, method: str, address: str, **options: Any) -> requests.Response:
        cookies = {"csrftoken": TOKEN, "sessionid": self.session}
        headers = {"X-CSRFToken": TOKEN, "Accept": "text/html"} | options.pop("headers", {})
        options = {"cookies": cookies, "headers": headers, "allow_redirects": False} | options
        return requests.request(method, self.portal.url + address, timeout=30, **options)

    def ask(self, method: str, address: str, **options: Any) -> requests.Response:
        """Until it is answered by a portal that can: 429 is for who is too quick, 503 for who had better wait."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self.ask_once(method, address, **options)
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code < 500 and answer.status_code != 429:
                return answer
            said = "nothing" if answer is None else f"{answer.status_code} {answer.text[:300]}"
            assert time.monotonic() < until, f"{method} {address} was answered with {said}"
            time.sleep(0.3)

    def invite(self, group: str, email: str) -> None:
        answer = self.ask("POST", f"/groepen/{group}/uitnodigingen/", data={"people": email})
        assert answer.status_code == 302, answer.text

    def order_pdf(self, group: str) -> str:
        """The address of the page of the PDF that is made."""
        address = f"/oogst/{group}/slot-pdf/"
        form = fields_of(self.ask("GET", address).text, "version")
        answer = self.ask("POST", address, data=form)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def begin(self, clip: str, length: int) -> str:
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length), **CUT}
        answer = self.ask("POST", f"/uploads/nieuw/{clip}/", headers=headers)
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"]

    def send(self, clip: str, content: bytes, *, pause: float = 0) -> None:
        """Sends a recording in pieces, from where the portal is. What it said to have is still there at the next."""
        url, acknowledged = self.begin(clip, len(content)), 0
        while acknowledged < len(content):
            answer = self.ask("HEAD", url, headers={"Tus-Resumable": "1.0.0"})
            if answer.status_code == 404:  # It is in, and became a film already.
                return
            offset = int(answer.headers["Upload-Offset"])
            if offset < acknowledged:
                self.lost.append(f"{url} went from {acknowledged} to {offset}")
            acknowledged = self._send_from(url, content, offset, pause)

    def _send_from(self, url: str, content: bytes, offset: int, pause: float) -> int:
        while offset < len(content):
            headers = {
                "Tus-Resumable": "1.0.0",
                "Content-Type": "application/offset+octet-stream",
                "Upload-Offset": str(offset),
            }
            piece = content[offset : offset + len(content) // PIECES + 1]
            try:
                answer = self.ask_once("PATCH", url, data=piece, headers=headers)
            except requests.RequestException:
                return offset
            if answer.status_code != 204:
                return offset
            offset = int(answer.headers["Upload-Offset"])
            time.sleep(pause)
        return offset
