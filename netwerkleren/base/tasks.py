"""Two queues, so that a mail never waits behind a film, and a sweeper that picks up what a crash left.

A task takes ids, may run twice and keeps its state on our own row. Enqueue with `after_commit(task, id)`.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any, ParamSpec, Protocol, cast

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from huey import Huey, PostgresHuey, SqliteHuey
from huey.storage import SqliteStorage

from .points import sweepers

logger = logging.getLogger(__name__)

P = ParamSpec("P")


class Task(Protocol[P]):
    """Calling it puts the work on its queue; `call_local` does it here and now."""

    __name__: str

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> object: ...
    def call_local(self, *args: P.args, **kwargs: P.kwargs) -> None: ...


DJANGOS_OWN = {"pool", "assume_role", "isolation_level", "server_side_binding"}
"""Options of DATABASES that are Django's; the others (TLS, time limits) are the connection's, and the queue's too."""


class _QueueFile(SqliteStorage):  # type: ignore[misc]
    """huey's, which lets go of the lock on its file also when a commit fails, as it does on a full disk."""

    @contextmanager
    def db(self, commit: bool = False, close: bool = False) -> Iterator[Any]:
        try:
            with super().db(commit=commit, close=close) as cursor:
                yield cursor
        except Exception:
            with self.lock:
                if self._conn is not None and self._conn.in_transaction:
                    self._conn.rollback()
            raise


def _queue(name: str) -> Huey:
    if settings.TASKS_IMMEDIATE:
        return SqliteHuey(name, filename=":memory:", immediate=True, results=False)
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("postgresql"):
        return PostgresHuey(
            name,
            dbname=database["NAME"],
            user=database["USER"] or None,
            password=database["PASSWORD"] or None,
            host=database["HOST"] or None,
            port=database["PORT"] or None,
            table_prefix=f"huey_{name}",
            results=False,
            create_tables=False,  # `prepare` does: pages start without the database.
            **{option: value for option, value in database["OPTIONS"].items() if option not in DJANGOS_OWN},
        )
    file = str(settings.VAR_DIR / f"queue-{name}.db")
    return Huey(name, storage_class=_QueueFile, filename=file, results=False, fsync=True)


mail_queue = _queue("mail")
video_queue = _queue("video")
QUEUES: dict[str, Huey] = {"mail": mail_queue, "video": video_queue}
_ONE_AT_A_TIME = 7_364_101
"""PostgreSQL's lock for who makes the tables: of two at once one would be refused."""


def prepare() -> None:
    """Makes what the queues are kept in, where it is not there. A worker calls it before its first task.

    All of them: the sweep asks about films, and runs in the worker of mail, perhaps on another machine.
    """
    kept_in_database = [queue for queue in QUEUES.values() if isinstance(queue, PostgresHuey)]
    if kept_in_database:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
            for queue in kept_in_database:
                queue.storage.initialize_schema()


def background(queue: Huey) -> Callable[[Callable[P, None]], Task[P]]:
    """Makes a task of a function that takes ids and may run twice."""
    return cast("Callable[[Callable[P, None]], Task[P]]", queue.task())


def after_commit(task: Callable[..., Any], *args: Any) -> None:
    """Enqueues the task when the running transaction commits; nothing happens when it rolls back.

    A queue that cannot be written fails no request: what was asked is done, and the sweeper enqueues it soon.
    """

    def enqueue() -> None:
        task(*args)

    transaction.on_commit(enqueue, robust=True)


def _drop_stale_connections(task: Any) -> None:
    """A worker lives for days: a connection that the database closed must not fail the next task."""
    if not connection.in_atomic_block:
        close_old_connections()


for _queue_name, _one_queue in QUEUES.items():
    _one_queue.pre_execute(name=f"{_queue_name}_fresh_connections")(_drop_stale_connections)


SWEEP_EVERY = 15
"""Seconds. With a lease of half a minute, what a killed worker had goes on within the minute."""


def sweep() -> None:
    """Every app picks up what a crash left behind. One that fails keeps no other from its work."""
    failures = []
    for sweeper in sweepers:
        try:
            sweeper()
        except Exception as failure:
            logger.exception("Sweeper %s.%s failed", sweeper.__module__, sweeper.__qualname__)
            failures.append(failure)
    if failures:
        raise ExceptionGroup("sweep", failures)


def keep_sweeping() -> None:
    """Sweeps from now on, on a thread that ends with the process.

    Not as a task: that is written to a queue first, and where the disk is full it is the sweep that makes room.
    """
    Thread(target=_sweep_on, name="sweep", daemon=True).start()


def _sweep_on() -> None:
    pause = Event()
    while True:
        try:
            close_old_connections()
            sweep()
        except Exception as failure:
            # Each sweeper's own is in the log.
            logger.warning("A sweep was not complete: %s", failure)
        pause.wait(SWEEP_EVERY)
