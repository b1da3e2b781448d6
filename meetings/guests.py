"""The expert by link: a guest of one meeting, without an account (docs/security.md X1, X2).

A link's token is exchanged by POST for a signed cookie; the row is asked on every request, so a revoked invitation or
an ended link is gone at the next one.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from netwerkleren.base.tokens import hash_of, new_token

from .actors import ExpertGuest
from .models import ExpertInvitation, ExpertLink

COOKIE = "expert"


def mint_link(invitation: ExpertInvitation) -> str:
    """A new token for one mail; only its hash is kept."""
    token = new_token()
    ExpertLink.objects.create(invitation=invitation, token_hash=hash_of(token))
    return token


def find_link(token: str) -> ExpertLink | None:
    """The live link of a token, with its invitation; None for an unknown, ended or revoked one."""
    live = ExpertLink.objects.filter(invitation__revoked_at__isnull=True)
    link = live.filter(token_hash=hash_of(token)).select_related("invitation__meeting").first()
    has_ended = link is not None and link.ends_at is not None and link.ends_at <= timezone.now()
    return None if has_ended else link


def remember(response: HttpResponse, token: str, link: ExpertLink) -> None:
    """Puts the token in the browser's cookie, so that no address has to carry it any longer."""
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=COOKIE,
        expires=link.ends_at,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def guest_of(request: HttpRequest) -> ExpertGuest | None:
    """The guest whose link the cookie holds. The cookie carries the token itself: it is as secret as the session's."""
    token = request.get_signed_cookie(COOKIE, default="", salt=COOKIE)
    link = find_link(token) if token else None
    if link is None:
        return None
    return guest_by(link)


def guest_by(link: ExpertLink) -> ExpertGuest:
    """Who holds this link, as an actor."""
    meeting = link.invitation.meeting
    return ExpertGuest(link.invitation_id, meeting.pk, meeting.group_id)
