"""Who may: two gates and a table of routes.

Gate 1, rows: every group-owned QuerySet has `visible_to(actor)`; what is not visible does not exist (404).
Gate 2, action: `rules.has_perm(need, actor, obj)`; visible but not allowed is 403 with a Dutch sentence.
Before both, `route()` decides per URL who may come in at all; a route without a decision is closed. Behind that
stands Django's LoginRequiredMiddleware as a second lock: an open view says so itself too, by `login_not_required`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from .extend import Point
from .permissions import has_perm

M = TypeVar("M", bound=Model)
Row = TypeVar("Row", bound=Model, covariant=True)


class Actor(Protocol):
    """Who asks: a `User`, a guest (an expert by link), an own phone that adds, a digibord that shows a meeting, or
    `NOBODY`. Every page has one, in `request.actor`.

    `is_authenticated` is true for an account only. A guest has rights of its own, and is no member anywhere.
    """

    @property
    def pk(self) -> Any: ...
    @property
    def is_authenticated(self) -> bool: ...
    @property
    def is_guest(self) -> bool: ...
    @property
    def is_coach(self) -> bool: ...
    @property
    def is_staff(self) -> bool: ...


class FindsOne(Protocol[Row]):
    """Has a gate of its own for one row, which answers what `visible_to` of its QuerySet does at less cost."""

    def one_visible_to(self, actor: Actor, pk: Any) -> Row | None: ...


class Nobody(AnonymousUser):
    """A visitor who has not signed in and holds no link; also who a worker acts for."""

    is_guest = False
    is_coach = False


@dataclass(frozen=True)
class DeviceThatAdds:
    """An own phone while its owner is not signed in: it adds under their name, and sees nothing of others.

    It is no account: whatever asks for one sends it to the login page.
    """

    device_id: UUID
    owner: Actor

    is_authenticated = False
    is_guest = False
    is_coach = False
    is_staff = False

    @property
    def pk(self) -> UUID:
        return self.device_id


@dataclass(frozen=True)
class DisplayThatShows:
    """A digibord that a coach took on for one meeting: it shows the Scherm of that meeting, and nothing else.

    It is no account, and nobody's: whatever asks for one sends it to the login page.
    """

    display_id: UUID
    meeting_id: UUID

    is_authenticated = False
    is_guest = False
    is_coach = False
    is_staff = False

    @property
    def pk(self) -> UUID:
        return self.display_id


class Who(Enum):
    """Who may enter a route; the rows behind it have gates of their own."""

    ANYONE = "anyone"
    ADDRESS = "a program that knows the secret address, without a cookie"
    SIGNED_IN = "signed in"
    SETTING_UP = "signed in, also where something must be done first"
    STAFF = "beheerder"
    SIGNED_IN_OR_GUEST = "signed in, or an expert by link"
    ADDING = "signed in, or an own phone that adds"
    SHOWING = "signed in, or a digibord that shows a meeting"
    FOLLOWING = "signed in, an expert by link, or a digibord that shows a meeting"


THIRD_PARTY: dict[str, Who] = {
    "admin": Who.STAFF,
    # allauth guards its own pages; login and password reset must be open, the rest asks for a login itself.
    "account_login": Who.ANYONE,
    "account_logout": Who.ANYONE,
    "account_signup": Who.ANYONE,
    "account_inactive": Who.ANYONE,
    "account_reauthenticate": Who.SETTING_UP,
    "account_email": Who.SIGNED_IN,
    "account_email_verification_sent": Who.ANYONE,
    # Who confirms an address must be its owner too: at a slip of the pen the mailbox is a stranger's.
    "account_confirm_email": Who.SIGNED_IN,
    "account_change_password": Who.SIGNED_IN,
    "account_set_password": Who.SIGNED_IN,
    "account_reset_password": Who.ANYONE,
    "account_reset_password_done": Who.ANYONE,
    "account_reset_password_from_key": Who.ANYONE,
    "account_reset_password_from_key_done": Who.ANYONE,
    "account_confirm_login_code": Who.ANYONE,
    "mfa_authenticate": Who.ANYONE,
    "mfa_trust": Who.ANYONE,
    "mfa_login_webauthn": Who.ANYONE,
    "mfa_signup_webauthn": Who.ANYONE,
    "mfa_index": Who.SETTING_UP,
    "mfa_reauthenticate": Who.SETTING_UP,
    "mfa_reauthenticate_webauthn": Who.SETTING_UP,
    "mfa_activate_totp": Who.SETTING_UP,
    "mfa_deactivate_totp": Who.SETTING_UP,
    "mfa_view_recovery_codes": Who.SETTING_UP,
    "mfa_generate_recovery_codes": Who.SETTING_UP,
    "mfa_download_recovery_codes": Who.SETTING_UP,
    "mfa_list_webauthn": Who.SETTING_UP,
    "mfa_add_webauthn": Who.SETTING_UP,
    "mfa_remove_webauthn": Who.SETTING_UP,
    "mfa_edit_webauthn": Who.SETTING_UP,
    "usersessions_list": Who.SIGNED_IN,
}


DECIDED = ("who", "for_module", "body", "when_closed")
"""What `route` decides on, as a view carries it."""


def route(
    pattern: str,
    view: Callable[..., HttpResponseBase],
    name: str,
    who: Who = Who.SIGNED_IN,
    *,
    for_module: bool = False,
    body: int = 0,
    when_closed: bool = False,
) -> URLPattern:
    """A path with the decision who may enter it. One view has one decision, whatever its addresses.

    `for_module`: a module of `static/js` asks for it, which can show no login page, so who is signed out gets a 401.
    `body`: the most bytes that may be sent to it, where that is more than of any other address (`bodies.py`). The view
    asks who may send them before it reads a field.
    `when_closed`: it may be sent in a group that is closed too. Any other address only shows what is there.
    """
    decision = (who, for_module, body, when_closed)
    decided = tuple(getattr(view, name, own) for name, own in zip(DECIDED, decision, strict=True))
    if decided != decision:
        raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} is routed for {decided} and for {decision}")
    for key, own in zip(DECIDED, decision, strict=True):
        setattr(view, key, own)
    return path(pattern, view, name=name)


def who_may_enter(view: Callable[..., Any], namespaces: list[str], url_name: str | None) -> Who | None:
    """The decision for a resolved route, or None where nobody decided."""
    decided: Who | None = getattr(view, "who", None)
    if decided is not None:
        return decided
    if namespaces:
        return THIRD_PARTY.get(namespaces[0])
    return THIRD_PARTY.get(url_name or "")


LEAVES_TEXTS = ("GET", "HEAD", "OPTIONS", "DELETE")
"""Methods that write no text: with a DELETE someone takes a recording of their own away."""

Keeps = Point[Callable[[Actor, Any], str | None]]
"""The type of `closed_to_writing` in `points.py`, which knows of the actor: the middleware brings the two together."""


@dataclass
class _Asked:
    """What the request in hand may do in a group that is closed, and what its gate found."""

    keeps: Keeps
    writes: bool
    sentence: str = ""


_asked: ContextVar[_Asked | None] = ContextVar("asked", default=None)


@contextmanager
def request_scope() -> Iterator[None]:
    """What `note_request` says holds for one request: the thread goes on to serve another."""
    try:
        yield
    finally:
        _asked.set(None)


def note_request(view: Callable[..., Any], method: str | None, keeps: Keeps) -> None:
    """Has `get_for` ask `keeps` of each row: it refuses what this request would write where a group that is closed
    keeps it as it is, and remembers why for who only looks."""
    writes = method not in LEAVES_TEXTS and not getattr(view, "when_closed", False)
    _asked.set(_Asked(keeps, writes))


def why_read_only() -> str:
    """The sentence of `closed_to_writing` on a row that this request looked at; "" where all may be written."""
    asked = _asked.get()
    return asked.sentence if asked else ""


def get_for(
    actor: Actor,
    model: type[M] | QuerySet[M] | FindsOne[M],
    pk: UUID | int | str,
    *,
    need: str | None = None,
    is_read_only: bool = False,
) -> M:
    """The row, if `actor` may see it and has permission `need` on it.

    `model` may be a QuerySet that already carries `select_related`; it must have `visible_to(actor)`,
    and may have a cheaper `one_visible_to(actor, pk)` that answers the same, as may stand in its place (`FindsOne`).
    `is_read_only`: a request that writes only reads this row, as what it copies from.
    Raises Http404 for what is missing or not visible (the same answer), PermissionDenied for what is not allowed, and
    for a row that `closed_to_writing` keeps as it is while this request would change it.
    """
    # `visible_to` is the house's, and no part of Django's QuerySet.
    rows: Any = model._default_manager.all() if isinstance(model, type) else model
    obj: M | None
    if hasattr(rows, "one_visible_to"):
        obj = rows.one_visible_to(actor, pk)
    else:
        # One row or none needs no order, and an order over joined tables costs more to write than the row to find.
        found: QuerySet[M] = rows.visible_to(actor).filter(pk=pk).order_by()
        obj = next(iter(found[:1]), None)
    if obj is None:
        raise Http404
    if need is not None:
        require(actor, need, obj)
    asked = None if is_read_only else _asked.get()
    if asked is not None and (sentences := asked.keeps.collect(actor, obj)):
        if asked.writes:
            raise PermissionDenied(sentences[0])
        asked.sentence = sentences[0]
    return obj


def require(actor: Actor, need: str, obj: Any = None) -> None:
    """Gate 2 by itself: raises PermissionDenied with a sentence that says what to do."""
    if not has_perm(need, actor, obj):
        raise PermissionDenied(_("Denk je dat dit niet klopt? Vraag het dan aan je coach."))


def is_user(actor: Actor) -> bool:
    """True for a signed-in account: not for a guest, not for nobody."""
    return actor.is_authenticated and not actor.is_guest


def adds_as(actor: Actor) -> Actor:
    """Under whose name what is added on a route of `Who.ADDING` is kept: an own phone adds as its owner."""
    return actor.owner if isinstance(actor, DeviceThatAdds) else actor


NOBODY = Nobody()
