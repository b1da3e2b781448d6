"""The request as our middleware hands it to a view, and what is asked of its actor once."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .access import NOBODY, Actor
from .points import FirstStep
from .sessions import SessionStore

T = TypeVar("T")


class Request(HttpRequest):
    """What every view gets: who asks stands in `actor`, whoever that is."""

    actor: Actor
    session: SessionStore
    htmx: HtmxDetails
    first_step: FirstStep | None
    """What the actor must do before any other page is there; set where someone is signed in."""


def actor_of(request: HttpRequest) -> Actor:
    """For what may run before our middleware (an error page) or beside our views (the admin)."""
    actor: Actor = getattr(request, "actor", NOBODY)
    return actor


def once_a_request(ask: Callable[[Any], T]) -> Callable[[Any], T]:
    """Keeps the answer about an actor until the request is over: many gates and to-dos ask the same.

    Outside a request (a task, a command, a test) it is asked anew each time.
    """

    @wraps(ask)
    def asked(actor: Actor) -> T:
        known: dict[Any, T] = getattr(actor, "request_cache", {})
        if asked not in known:
            known[asked] = ask(actor)
        return known[asked]

    return asked
