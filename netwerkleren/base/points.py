"""Where apps plug into the ground: who a guest by link is, what must be done first, and what a sweep picks up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from .extend import Point

if TYPE_CHECKING:
    # The queues are made before the apps are ready, and what an actor is needs Django's accounts.
    from .access import Actor

guest_from_request: "Point[Callable[[HttpRequest], Actor | None]]" = Point("base.guest_from_request")
"""Who it is that comes by a link and has no account; asked on every request of whoever is not signed in."""

adder_from_request: "Point[Callable[[HttpRequest], Actor | None]]" = Point("base.adder_from_request")
"""The own phone that may add for someone; asked on every request of who is not signed in, and is no guest."""

display_from_request: "Point[Callable[[HttpRequest], Actor | None]]" = Point("base.display_from_request")
"""The digibord that shows a meeting; asked on every request of who is not signed in, and is no guest."""


@dataclass(frozen=True)
class FirstStep:
    """What someone must do before any page is there for them, and where."""

    url: str
    title: str
    sentence: str
    action: str


first_steps: "Point[Callable[[Actor], FirstStep | None]]" = Point("base.first_steps")
"""Asked on every request of who is signed in; the routes of `Who.SETTING_UP` stay open."""

closed_to_writing: "Point[Callable[[Actor, Any], str | None]]" = Point("base.closed_to_writing")
"""Why a row that someone wants to change stays as it is; None where it may change. Reading goes on."""

reader_gone: Point[Callable[[str], str | None]] = Point("base.reader_gone")
"""Why a mail to this address is for nobody any more; None where it may go. Not asked of a kind that is `by_address`."""

standing: Point[Callable[[], str]] = Point("base.standing")
"""SQL of PostgreSQL: a subquery for one text with everything that the rights of `listener.account` hang on, beside the
row in question. It is compared alone: whose is still the same may do what they could (`standings.py`)."""

sweepers: Point[Callable[[], None]] = Point("base.sweepers")
"""Run four times a minute: first what makes room, then what takes up again what waits without a live lease."""
