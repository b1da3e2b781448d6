"""Who listens to a stream, and whether they may: the portal itself is asked, in the listener's own words.

Each topic is asked for as its page would by the poll, with the cookies that the stream was opened with: so the one
gate is that of `views.topic_version`, with all that stands before it.

All of this runs on threads of its own, and holds no connection to the database when it is done.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from io import BytesIO
from typing import Any, ParamSpec, TypeVar
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.http import parse_cookie

from . import live, watching
from .connections import let_go_of_database
from .sessions import SessionStore
from .standings import standing_of

PASSED_ON = ("host", "cookie", "user-agent", "x-forwarded-for", "x-forwarded-proto")
"""Headers by which the portal knows who asks, and over what."""

P = ParamSpec("P")
T = TypeVar("T")


class MayNotListen(Exception):
    """The portal answers the poll of this listener with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(eq=False)
class Listener:
    """A stream that is open, or is being opened."""

    headers: dict[str, str]
    topics: tuple[str, ...]
    known: dict[str, int] = field(default_factory=dict)
    """The version that it was told last, by topic."""
    account: str = ""
    """Empty for who is not signed in, such as a guest."""
    standing: str | None = None

    @cached_property
    def session_key(self) -> str:
        return parse_cookie(self.headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, "")

    @property
    def who(self) -> str:
        """For whom streams are counted."""
        return self.account or self.headers.get("cookie", "")


L = TypeVar("L", bound=Listener)


def _lets_go(work: Callable[P, T]) -> Callable[P, T]:
    """Holds no connection when it is done."""

    @wraps(work)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        finally:
            let_go_of_database()

    return done


class Gate:
    def __init__(self, portal: WSGIApplication) -> None:
        self._portal = portal

    @_lets_go
    def open_to(self, listener: Listener) -> None:
        """Lets in who may follow every topic, with the versions of now. Raises MayNotListen."""
        listener.known = self._ask_for(listener, listener.topics)

    @_lets_go
    def still_open_to(self, listeners: Collection[L], topic: str) -> list[L]:
        """Of these, who may hear that this topic has changed."""
        return [listener for listener in listeners if self._still_may(listener, [topic])]

    @_lets_go
    def still_open_for_all(self, listeners: Collection[L]) -> list[L]:
        """Of these, who may follow all that they follow."""
        return [listener for listener in listeners if self._still_may(listener, listener.topics)]

    @_lets_go
    def say(self, words: str) -> None:
        """On the channel, for all processes that listen."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [live.CHANNEL, words])

    @_lets_go
    def note_who_looks(self, listeners: Iterable[Listener]) -> None:
        """Who listens asks nothing any more, and is there all the same (`watching.py`)."""
        for listener in listeners:
            for topic in filter(live.counts_who_looks, listener.topics):
                if listener.account:
                    watching.note(topic, listener.account)

    @_lets_go
    def versions_of(self, topics: Iterable[str]) -> dict[str, int]:
        return live.versions_of(topics)

    def _still_may(self, listener: Listener, topics: Iterable[str]) -> bool:
        try:
            self._ask_for(listener, topics)
        except MayNotListen:
            return False
        return True

    def _ask_for(self, listener: Listener, topics: Iterable[str]) -> dict[str, int]:
        """The versions. The standing is read first: what changes after it is seen next time. Raises MayNotListen."""
        account, found = _standing_of(listener)
        versions = {topic: self._ask(listener.headers, topic) for topic in topics}
        listener.account, listener.standing = account, found
        return versions

    def _ask(self, headers: dict[str, str], topic: str) -> int:
        """The version, as the portal answers it to the poll."""
        said: list[tuple[str, dict[str, str]]] = []

        def start(status: str, told: list[tuple[str, str]], _problem: Any = None) -> Any:
            said.append((status, {name.lower(): value for name, value in told}))

        answer: Any = self._portal(_environ(headers, topic), start)
        try:
            for _piece in answer:
                pass
        finally:
            answer.close()
        status, told = said[-1]
        if not status.startswith("200"):
            raise MayNotListen(int(status[:3]))
        return int(told["etag"].strip('"'))


def _standing_of(listener: Listener) -> tuple[str, str | None]:
    """The account that is signed in, and where it stands; neither for who is not."""
    key = listener.session_key
    account = str(SessionStore(key).get(SESSION_KEY, "")) if key else ""
    return account, standing_of(key, account) if account else None


def _environ(headers: dict[str, str], topic: str) -> dict[str, Any]:
    """The poll of this topic."""
    own = {f"HTTP_{name.upper().replace('-', '_')}": headers[name] for name in PASSED_ON if name in headers}
    return own | {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": f"/live/{topic}/".encode().decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": headers.get("remote-addr", ""),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
