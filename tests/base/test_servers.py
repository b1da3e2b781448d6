"""The servers that other tests rely on are real, and leave nothing behind."""

import smtplib
from email.message import EmailMessage

import botocore.exceptions
import pytest
import requests

from tests.servers import S3Server, SmtpSink


def test_sink_keeps_the_envelope_and_every_part(smtp_sink: SmtpSink) -> None:
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


def test_sink_does_not_wait_for_ever(smtp_sink: SmtpSink) -> None:
    with pytest.raises(AssertionError, match="the mail did not come"):
        smtp_sink.wait_for(lambda mail: False, seconds=0.1)


def test_store_keeps_objects_and_refuses_a_stranger(s3_server: S3Server) -> None:
    client = s3_server.client()
    client.put_object(Bucket="netwerkleren", Key="footage/a.mp4", Body=b"0123456789")
    part = client.get_object(Bucket="netwerkleren", Key="footage/a.mp4", Range="bytes=2-4")
    assert part["Body"].read() == b"234"
    assert requests.get(f"{s3_server.env['S3_ENDPOINT_URL']}/netwerkleren/footage/a.mp4", timeout=5).status_code == 403
    client.delete_object(Bucket="netwerkleren", Key="footage/a.mp4")
    with pytest.raises(botocore.exceptions.ClientError, match="NoSuchKey"):
        client.get_object(Bucket="netwerkleren", Key="footage/a.mp4")
