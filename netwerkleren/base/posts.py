"""A view that only writes, and the page on which its form stands."""

from collections.abc import Callable
from functools import reduce, wraps
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from .access import get_for
from .request import Request

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def posts_from(
    page: str | Callable[[Any], str], row: type[Model] | None = None, of: str = "pk"
) -> Callable[[V], Callable[..., HttpResponseBase]]:
    """Only a POST comes to the view; a GET changes nothing and leads to the page with the form.

    A form that was refused leaves the browser at the view's own address, and the login page leads back to it: reload
    and coming back are no dead end. Who may not see the `row` of the address gets the 404 that the view gives.

    `@posts_from("groups:pairs", Pair, "group_id")`: the page by its name, the model of `pk` in the address, and what
    the page's address holds, each a word of the view's address or else a fact of the row. Or the page is a function
    that makes its address of the row.
    """

    def decorated(view: V) -> Callable[..., HttpResponseBase]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def answered(request: Request, **words: Any) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, **words)
            found = get_for(request.actor, row, words["pk"]) if row else None
            return HttpResponseRedirect(_address(found, words))

        return answered

    def _address(found: Model | None, words: dict[str, UUID | str]) -> str:
        if callable(page):
            return page(found)
        facts = of.split() if found else []
        return reverse(page, args=[_fact(found, fact, words) for fact in facts])

    return decorated


def _fact(found: Model | None, fact: str, words: dict[str, UUID | str]) -> Any:
    return words[fact] if fact in words else reduce(getattr, fact.split("."), found)
