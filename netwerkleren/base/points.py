"""Where apps plug into the ground: who a guest by link is, and what a sweep picks up."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest

from .extend import Point

if TYPE_CHECKING:
    # The queues are made before the apps are ready, and what an actor is needs Django's accounts.
    from .access import Actor

guest_from_request: "Point[Callable[[HttpRequest], Actor | None]]" = Point("base.guest_from_request")
"""Who it is that comes by a link and has no account; asked on every request of whoever is not signed in."""

sweepers: Point[Callable[[], None]] = Point("base.sweepers")
"""Run four times a minute: first what makes room, then what takes up again what waits without a live lease."""
