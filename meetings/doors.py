"""The door of a meeting as its pages read it: which one a code opens, which knock a browser made, and what stands on
Leiden and on the Scherm (docs/security.md X4)."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from netwerkleren.base.mail import absolute
from netwerkleren.base.qr import qr_of
from netwerkleren.base.request import Request

from .models import Door, Knock, Meeting, plain_code

SESSION_KEY = "knock"


def find_door(typed: str) -> Door | None:
    """The open door of a code. All that are open are compared, each in constant time: the code stands in no table."""
    code = plain_code(typed)
    found = None
    for door in Door.objects.open().select_related("meeting__group"):
        if constant_time_compare(door.code, code):
            found = door
    return found


def remember_knock(request: Request, knock: Knock) -> None:
    request.session[SESSION_KEY] = str(knock.pk)


def own_knock_id(request: Request) -> UUID | None:
    pk: str | None = request.session.get(SESSION_KEY)
    return UUID(pk) if pk else None


def own_knock(request: Request) -> Knock | None:
    """What this browser waits for; None once the meeting is over or the coach said no."""
    pk = own_knock_id(request)
    if pk is None:
        return None
    return Knock.objects.live().select_related("door__meeting__group", "invitation").filter(pk=pk).first()


def path_of(door: Door) -> str:
    return reverse("meetings:door", args=[door.shown_code])


@dataclass(frozen=True)
class Poster:
    """What hangs on the Scherm while the door is open."""

    qr: SafeString
    address: str

    @property
    def short(self) -> str:
        """As one types it over."""
        return self.address.removeprefix(f"{urlsplit(settings.BASE_URL).scheme}://").rstrip("/")

    @property
    def parts(self) -> list[str]:
        """The same, up to each stroke: between these a line may end."""
        *before, code = self.short.split("/")
        return [*(f"{part}/" for part in before), code]


def poster_of(meeting: Meeting) -> Poster | None:
    door = Door.objects.open().filter(meeting=meeting).first()
    if door is None:
        return None
    door.meeting = meeting
    address = absolute(path_of(door))
    return Poster(qr_of(address, _("QR-code om binnen te komen")), address)


@dataclass(frozen=True)
class Doorway:
    """For the coach, on Leiden: whether the QR is shown, and who waits."""

    is_open: bool
    knocks: list[Knock]


def doorway_of(meeting: Meeting) -> Doorway:
    """Of a meeting that was read with its `door`: one query where someone opened it, none where nobody did."""
    door: Door | None = getattr(meeting, "door", None)
    if door is None:
        return Doorway(False, [])
    return Doorway(door.is_open, list(door.knocks.waiting().with_what_is_known()))
