"""A digibord as its pages read it: which one a browser is, and which ones show a meeting (docs/security.md X5)."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from netwerkleren.base.access import DisplayThatShows
from netwerkleren.base.beside import exists_beside
from netwerkleren.base.mail import absolute
from netwerkleren.base.qr import qr_of
from netwerkleren.base.tokens import hash_of

from .models import SHOWN_FOR, Display, Meeting, MeetingQuerySet

DISPLAY_COOKIE = "display"


def remember(response: HttpResponse, secret: str) -> None:
    """Puts the secret in the cookie of this browser; scripts cannot read it."""
    response.set_cookie(
        DISPLAY_COOKIE,
        secret,
        max_age=SHOWN_FOR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def held_display(request: HttpRequest) -> Display | None:
    """The row of the cookie, also one that waits or ended."""
    secret = request.COOKIES.get(DISPLAY_COOKIE, "")
    return Display.objects.filter(secret_hash=hash_of(secret)).first() if secret else None


def display_of(request: HttpRequest) -> DisplayThatShows | None:
    """Who holds the cookie of a board that shows a meeting now, as an actor."""
    secret = request.COOKIES.get(DISPLAY_COOKIE, "")
    if not secret:
        return None
    live = Display.objects.live().filter(secret_hash=hash_of(secret)).order_by().values_list("pk", "meeting")
    return next((DisplayThatShows(pk, meeting) for pk, meeting in live), None)


def address() -> str:
    """Where one goes on the board, as one types it over."""
    shown = absolute(reverse("meetings:display"))
    return shown.removeprefix(f"{urlsplit(settings.BASE_URL).scheme}://").rstrip("/")


def qr_to_take(display: Display) -> SafeString:
    """What leads the phone of who leads to the question whether this board is theirs."""
    return qr_of(absolute(reverse("meetings:take_display", args=[display.shown_code])), _("QR-code om te koppelen"))


@dataclass(frozen=True)
class Displays:
    """For who leads, on Leiden: which boards show the meeting, and where one takes on another.

    The page has the field of that form at less cost than the form; what is refused is shown on a page of its own.
    """

    rows: list[Display]
    address: str


def with_displays(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """With `has_displays`, which `displays_of` asks: most meetings have none, and Leiden asks much already."""
    # By a dict: to the type checker the model's own `has_displays` and this one would be two.
    shown = {"has_displays": exists_beside(Display, meeting=F("pk"), ended_at=None)}
    return meetings.annotate(**shown)


def displays_of(meeting: Meeting) -> Displays | None:
    """Of a row of `with_displays`: one query where a board was taken on, none where none was or can be now."""
    if not meeting.takes_displays:
        return None
    shown = Display.objects.live().filter(meeting=meeting).with_taker() if meeting.has_displays else ()
    return Displays(list(shown), address())
