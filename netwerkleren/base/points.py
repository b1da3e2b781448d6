"""Where apps plug into the ground: who a guest by link is, and what a sweep picks up."""

from collections.abc import Callable

from django.http import HttpRequest

from .access import Actor
from .extend import Point

guest_from_request: Point[Callable[[HttpRequest], Actor | None]] = Point("base.guest_from_request")
"""Who it is that comes by a link and has no account; asked on every request of whoever is not signed in."""

sweepers: Point[Callable[[], None]] = Point("base.sweepers")
"""Run once a minute: re-enqueue what waits without a live lease."""
