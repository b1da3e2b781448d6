"""No log holds the token of a link: not in an error of ours, and not in the web server's own lines."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from groups.models import Invitation, Membership
from groups.services import inviting
from meetings.guests import mint_link
from meetings.models import ExpertInvitation


@pytest.fixture
def invitation(coach: Membership) -> Invitation:
    return Invitation.objects.create(group=coach.group, email="anna@school.example", invited_by=coach.user)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    caplog.set_level(logging.INFO)
    return lambda: [record.getMessage() for record in caplog.records]


def _as_it_is(invitation: Invitation) -> None:
    """Nothing is wrong with it."""


def _expired(invitation: Invitation) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))


def _unreadable(invitation: Invitation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE groups_invitation RENAME TO groups_invitation_elsewhere")


HOSTILE: dict[str, tuple[Callable[[Invitation], None], str, str, int]] = {
    "wrong method": (_as_it_is, "POST", "", 405),
    "expired": (_expired, "GET", "", 410),
    "unknown": (_as_it_is, "GET", "x", 404),
    "longer": (_as_it_is, "GET", "/extra/", 404),
    "database away": (_unreadable, "GET", "", 500),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_no_error_at_an_invitation_is_logged_with_its_token(
    how: str, invitation: Invitation, visitor: Client, logged: Callable[[], list[str]]
) -> None:
    break_it, method, more, code = HOSTILE[how]
    token = inviting.mint_token(invitation=invitation)
    break_it(invitation)
    address = f"/uitnodiging/{token}{more}".rstrip("/") + "/"
    assert visitor.generic(method, address).status_code == code
    lines = logged()
    assert any("/uitnodiging/…" in line for line in lines)
    assert [line for line in lines if token in line] == []


@pytest.mark.parametrize(("method", "more", "code"), [("PUT", "", 405), ("GET", "x", 404), ("GET", "/extra", 404)])
def test_no_error_at_an_experts_link_is_logged_with_its_token(
    method: str,
    more: str,
    code: int,
    expert_invitation: ExpertInvitation,
    visitor: Client,
    logged: Callable[[], list[str]],
) -> None:
    token = mint_link(expert_invitation)
    assert visitor.generic(method, f"/expert/{token}{more}/").status_code == code
    lines = logged()
    assert any("/expert/…" in line for line in lines)
    assert [line for line in lines if token in line] == []


@pytest.mark.parametrize("address", ["/account/password/reset/key/1-{}/", "/account/confirm-email/{}/"])
def test_nor_at_the_links_of_an_account(
    address: str, db: None, visitor: Client, logged: Callable[[], list[str]]
) -> None:
    visitor.put(address.format("geheim-token"))
    assert [line for line in logged() if "geheim-token" in line] == []
