"""Says in headers what an answer cost: CPU time of its thread and of its database, and how many queries it asked.

CPU time, for what else the machine does at the moment is no fault of a page.
"""

from collections.abc import Callable
from pathlib import Path
from time import thread_time_ns

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
            in_database = database_time_ns()
            begun = thread_time_ns()
            response = self.get_response(request)
            response["X-Cpu-Ns"] = thread_time_ns() - begun
            response["X-Database-Ns"] = database_time_ns() - in_database
        response["X-Queries"] = queries
        return response


def database_time_ns() -> int:
    """CPU time so far of the server process behind this connection; 0 on SQLite, which runs in our own thread."""
    if connection.vendor != "postgresql":
        return 0
    connection.ensure_connection()
    server = connection.connection.info.backend_pid
    return int(Path(f"/proc/{server}/schedstat").read_text().split()[0])
