"""Who is signed out and asks as a page gets the login page; who asks as a module gets 401 and a sentence."""

import uuid

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from .table import leads_to_login

NOTHING = uuid.UUID(int=0)
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def facts(answer: HttpResponseBase) -> tuple[int, str, str, str]:
    headers = answer.headers
    return answer.status_code, headers["Content-Type"], headers["WWW-Authenticate"], b"".join(answer).decode()


SIGNED_OUT = (401, "text/plain; charset=utf-8", "FormBased", "Je bent uitgelogd. Log opnieuw in, dan kun je verder.")


@pytest.mark.parametrize(
    ("method", "name", "argument"),
    [
        ("GET", "base:topic_version", f"meeting:{NOTHING}"),
        ("POST", "video_feedback:begin_upload", NOTHING),
        ("PATCH", "video_feedback:upload", NOTHING),
        ("DELETE", "video_feedback:upload", NOTHING),
    ],
)
def test_what_a_module_asks_is_answered_with_a_sentence(
    method: str, name: str, argument: object, client: Client, db: None
) -> None:
    answer = client.generic(method, reverse(name, args=[argument]))

    assert facts(answer) == SIGNED_OUT


def test_saving_while_typing_is_answered_with_a_sentence(client: Client, db: None) -> None:
    answer = client.post(
        reverse("reports:my_story", args=[NOTHING]), {"text": "…"}, headers={"Accept": "application/json"}
    )

    assert facts(answer) == SIGNED_OUT


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"X-From-Outbox": "1", "Accept": PAGE}])
def test_what_htmx_or_the_outbox_posts_is_not_taken_for_done(headers: dict[str, str], client: Client, db: None) -> None:
    """Both follow a redirect, and would say that it was saved."""
    answer = client.post(reverse("video_feedback:add_remark", args=[NOTHING]), {"text": "…"}, headers=headers)

    assert facts(answer) == SIGNED_OUT


@pytest.mark.parametrize("accept", [PAGE, "*/*"])
def test_a_page_leads_to_the_login_page_and_back(accept: str, client: Client, db: None) -> None:
    answer = client.get("/groepen/?alles=1", headers={"Accept": accept})

    assert leads_to_login(answer)
    assert answer["Location"] == "/account/login/?next=/groepen/%3Falles%3D1"
