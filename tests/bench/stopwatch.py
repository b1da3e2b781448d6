"""Says in headers how long the server took for an answer, and how many queries it asked."""

from collections.abc import Callable
from time import perf_counter_ns

from django.db import connection
from django.http import HttpRequest, HttpResponse


class StopwatchMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        queries = 0

        def count(execute: Callable[..., object], *arguments: object) -> object:
            nonlocal queries
            queries += 1
            return execute(*arguments)

        with connection.execute_wrapper(count):
            begun = perf_counter_ns()
            response = self.get_response(request)
            response["X-Server-Ns"] = perf_counter_ns() - begun
        response["X-Queries"] = queries
        return response
