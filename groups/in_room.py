"""Which invitation a browser holds: by the link of its mail, or as it was let in by a coach (docs/security.md X4)."""

from datetime import timedelta

from django.utils import timezone

from netwerkleren.base.request import Request

from .models import Invitation, Membership

SESSION_KEY = "invitation"
ROOM_KEY = "invitation_in_room"
ROOM_FOR = timedelta(hours=1)
"""How long who was let in has to accept, on the device with which they knocked."""


def hold_in_room(request: Request, invited: Invitation) -> bool:
    """This browser holds the place that was offered, without its mail. The caller knows whose browser it is.

    Never that of a coach, who may be asked more than whoever lets people in sees: that goes by its link. False then,
    and where the invitation is not open.
    """
    if invited.role != Membership.Role.PARTICIPANT or not invited.is_open:
        return False
    forget_held(request)
    request.session[ROOM_KEY] = [str(invited.pk), invited.stamp, (timezone.now() + ROOM_FOR).timestamp()]
    return True


def held(request: Request) -> Invitation | None:
    """The invitation, used or ended as it may be; None where this browser holds none."""
    if digest := request.session.get(SESSION_KEY, ""):
        return Invitation.objects.by_token(digest)
    pk, stamp, until = request.session.get(ROOM_KEY, ("", "", 0))
    if not pk or timezone.now().timestamp() >= until:
        return None
    invited = Invitation.objects.select_related("group", "invited_by").filter(pk=pk).first()
    return invited if invited and invited.stamp == stamp else None


def mark_of(request: Request) -> str:
    """Of what this browser holds, for `is_about`."""
    mark: str = request.session.get(SESSION_KEY, "") or request.session.get(ROOM_KEY, ("", ""))[1]
    return mark


def forget_held(request: Request) -> None:
    request.session.pop(SESSION_KEY, None)
    request.session.pop(ROOM_KEY, None)
