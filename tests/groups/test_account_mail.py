"""Mail about an account: its links lead to the portal alone; when the mail server is down there is a clear page, and
nothing that was done is undone."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from groups.models import Membership, User
from tests.servers import free_port
from tests.types import SignIn

from .signing_in import PASSWORD, log_in


@pytest.fixture
def mail_server_is_down(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "netwerkleren.base.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


def test_who_asks_for_a_new_password_reads_it_whether_the_address_is_known_or_not(
    participant: Membership, client: Client, mail_server_is_down: None
) -> None:
    answers = [
        client.post("/account/password/reset/", {"email": email})
        for email in (participant.user.email, "onbekend@school.example")
    ]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert "Ons portaal kan nu geen mail versturen." in answers[0].content.decode()
    assert answers[0].content == answers[1].content


def test_a_password_that_was_changed_stays_changed(
    participant: Membership, sign_in: SignIn, mail_server_is_down: None
) -> None:
    new = "fiets-regen-appeltaart"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert sign_in(participant).post("/account/password/change/", form).status_code == 302
    assert User.objects.get(pk=participant.user_id).check_password(new)


@pytest.mark.parametrize("host", ["testserver:666", "localhost:1", "testserver"])
def test_a_link_in_a_mail_leads_to_the_portal_whatever_the_host_header_says(
    participant: Membership,
    client: Client,
    host: str,
    mailoutbox: list[EmailMessage],
    settings: Settings,
) -> None:
    settings.BASE_URL = "https://portaal.example"
    client.post("/account/password/reset/", {"email": participant.user.email}, HTTP_HOST=host)
    log_in(participant.user).post(
        "/account/email/", {"email": "nieuw@school.example", "action_add": ""}, HTTP_HOST=host
    )

    links = [link for mail in mailoutbox for link in re.findall(r"https?://[^\s\"<]+", mail.body + _html_of(mail))]
    assert len(mailoutbox) == 2
    assert len(links) >= 4
    assert {urlsplit(link).netloc for link in links} == {"portaal.example"}


def _html_of(mail: EmailMessage) -> str:
    return "".join(str(content) for content, _type in getattr(mail, "alternatives", []))
