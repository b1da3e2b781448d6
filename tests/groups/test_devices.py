"""What "Waar ben ik ingelogd?" calls a device, and how its owner logs one out."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from groups.models import User
from groups.templatetags.devices import device
from tests.access.table import leads_to_login
from tests.factories import make_user


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            " Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari op iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
            " Safari/537.36 Edg/140.0.0.0",
            "Edge op Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile"
            " Safari/537.36",
            "Chrome op Android",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox op Linux"),
        ("iets anders", "Onbekend apparaat"),
        ("", "Onbekend apparaat"),
    ],
)
def test_a_browser_is_named_as_its_owner_would(user_agent: str, said: str) -> None:
    assert device(user_agent) == said


def _log_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": "een-lang-wachtwoord"})
    return client


def _device_of(client: Client) -> str:
    return str(UserSession.objects.get(session_key=client.session.session_key).pk)


def test_its_owner_logs_out_one_device_and_no_other(db: None) -> None:
    user = make_user("Anna de Vries")
    phone, tablet, laptop = _log_in(user), _log_in(user), _log_in(user)
    page = phone.get(reverse("usersessions_list")).content.decode()
    assert page.count(f'action="{reverse("groups:end_device")}"') == 2
    phone.post(reverse("groups:end_device"), {"device": _device_of(tablet)})
    assert leads_to_login(tablet.get("/"))
    assert laptop.get("/").status_code == phone.get("/").status_code == 200


def test_nobody_logs_out_a_device_of_another(db: None) -> None:
    theirs, mine = _log_in(make_user("Anna de Vries")), _log_in(make_user("Piet Vos"))
    for device_pk in (_device_of(theirs), "0", "x", "9" * 30, ""):
        assert mine.post(reverse("groups:end_device"), {"device": device_pk}).status_code == 302
    assert theirs.get("/").status_code == 200
