"""The servers that other tests rely on are real, and leave nothing behind."""

import os
import re
import signal
import smtplib
import time
from email.message import EmailMessage
from pathlib import Path

import botocore.exceptions
import pytest
import requests

from tests.servers import running_portal


def test_sink_keeps_the_envelope_and_every_part(smtp_sink):
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = (
        "Vrijdag, 14.00 uur",
        "coach@school.example",
        "anne@school.example",
    )
    message.set_content("Tot vrijdag")
    message.add_alternative("<p>Tot <b>vrijdag</b></p>", subtype="html")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="leervragen.pdf")
    with smtplib.SMTP(smtp_sink.url.removeprefix("smtp://")) as client:
        client.send_message(message, to_addrs=["anne@school.example", "verborgen@school.example"])

    mail = smtp_sink.wait_for(lambda mail: mail.subject == "Vrijdag, 14.00 uur")
    assert mail.recipients == ["anne@school.example", "verborgen@school.example"]
    assert mail.text.strip() == "Tot vrijdag"
    assert "<b>vrijdag</b>" in mail.html
    assert mail.attachment("application/pdf") == b"%PDF-"
    assert smtp_sink.to("verborgen@school.example") == [mail]


def test_sink_does_not_wait_for_ever(smtp_sink):
    with pytest.raises(AssertionError, match="the mail did not come"):
        smtp_sink.wait_for(lambda mail: False, seconds=0.1)


def test_store_keeps_objects_and_refuses_a_stranger(s3_server):
    client = s3_server.client()
    client.put_object(Bucket="netwerkleren", Key="footage/a.mp4", Body=b"0123456789")
    part = client.get_object(Bucket="netwerkleren", Key="footage/a.mp4", Range="bytes=2-4")
    assert part["Body"].read() == b"234"
    assert requests.get(f"{s3_server.env['S3_ENDPOINT_URL']}/netwerkleren/footage/a.mp4", timeout=5).status_code == 403
    client.delete_object(Bucket="netwerkleren", Key="footage/a.mp4")
    with pytest.raises(botocore.exceptions.ClientError, match="NoSuchKey"):
        client.get_object(Bucket="netwerkleren", Key="footage/a.mp4")


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


def test_portal_serves_hashed_files_and_stops_without_orphans(tmp_path, static_files):
    with running_portal(tmp_path, static_files) as portal:
        login = requests.get(portal.url, timeout=10)
        assert login.status_code == 200
        hashed = re.search(r"/static/css/\w+\.[0-9a-f]{12}\.css", login.text)
        style = requests.get(portal.url + hashed[0], timeout=10)
        assert style.status_code == 200
        assert "immutable" in style.headers["Cache-Control"]

        assert len(processes_with(portal.env["SECRET_KEY"])) >= 5  # the script, gunicorn with two workers, two workers
        assert portal.stop() == 0
        assert processes_with(portal.env["SECRET_KEY"]) == []


def test_portal_stops_as_a_whole_when_a_worker_dies(tmp_path, static_files):
    with running_portal(tmp_path, static_files) as portal:
        (worker,) = [pid for pid in processes_with(portal.env["SECRET_KEY"]) if b"video" in command_of(pid)]
        os.kill(worker, signal.SIGKILL)
        assert portal.process.wait(timeout=20) == 1
        assert "The video worker stopped by itself" in portal.logs
        assert processes_with(portal.env["SECRET_KEY"]) == []


def test_portal_leaves_no_orphan_when_its_script_is_killed(tmp_path, static_files):
    with running_portal(tmp_path, static_files) as portal:
        portal.process.kill()
        deadline = time.monotonic() + 20
        while processes_with(portal.env["SECRET_KEY"]):
            assert time.monotonic() < deadline
            time.sleep(0.1)


def command_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()
