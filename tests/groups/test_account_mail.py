"""Mail about an account, when the mail server is down: a clear page, and nothing that was done is undone."""

import pytest
from django.test import Client
from pytest_django import Settings

from groups.models import Membership, User
from tests.servers import free_port
from tests.types import SignIn

PASSWORD = "een-lang-wachtwoord"  # of everyone that the factories make


@pytest.fixture(autouse=True)
def mail_server_is_down(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


def test_who_asks_for_a_new_password_reads_it_whether_the_address_is_known_or_not(
    participant: Membership, client: Client
) -> None:
    answers = [
        client.post("/account/password/reset/", {"email": email})
        for email in (participant.user.email, "onbekend@school.example")
    ]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert "Ons portaal kan nu geen mail versturen." in answers[0].content.decode()
    assert answers[0].content == answers[1].content


def test_a_password_that_was_changed_stays_changed(participant: Membership, sign_in: SignIn) -> None:
    new = "fiets-regen-appeltaart"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert sign_in(participant).post("/account/password/change/", form).status_code == 302
    assert User.objects.get(pk=participant.user_id).check_password(new)
