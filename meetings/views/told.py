"""A press on a button that a service may refuse: then the page says why."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError

from netwerkleren.base.request import Request


def told(request: Request, save: Callable[[], object]) -> bool:
    """True when the service took it; else what it said stands as a message on the next page."""
    try:
        save()
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return False
    return True
