"""When a session of an account ends: after three hours in which nobody looked at a page, and after twelve in any case.

The end stands in the session's own row, so whatever reads one (a page, a film that is being sent, the list of devices)
finds it over at the same moment. Saving a session never moves its end; only `renew` does, for a page that someone
looks at, and never past twelve hours after the login.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import OperationalError
from django.http import HttpRequest
from django.utils import timezone

from .autosave import is_from_outbox

IDLE = timedelta(hours=3)
ABSOLUTE = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
"""How often it is noted that someone is there: not at each page."""
LEFT_FOR = timedelta(days=7)
"""How long what was typed waits for its writer, as on the device itself (`static/js/shared/outbox-rules.js`)."""

TYPED_PREFIX = "typed:"
"""The beginning of the name of what someone typed: when the session ends it is kept for its account alone."""
BEGUN = "begun"
LEFT = "left"


class SessionStore(DatabaseStore):
    """Django's, with an end of its own for who is signed in; a session of nobody (an invitation) is left as it is."""

    ends: datetime | None = None
    """Of the account that is signed in, as its row has it."""
    is_noted = True
    """Whether the row knows when it began: one of before this was counted does not, until it is written."""

    def load(self) -> dict[str, Any]:
        row = self.model.objects.filter(session_key=self.session_key).first()
        data: dict[str, Any] = self.decode(row.session_data) if row else {}
        now = timezone.now()
        if row and SESSION_KEY in data:
            ends = row.expire_date
            if BEGUN not in data:
                # One of before this was counted: what its row says of it is when it was written last.
                written = row.expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE)
                data[BEGUN] = written.timestamp()
                ends = written + IDLE
                self.is_noted = False
            ends = min(ends, _last_moment(data[BEGUN]))
            if now < ends:
                self.ends = ends
                return data
            data = _what_is_left(data) if now < ends + LEFT_FOR else {}
        elif row and row.expire_date <= now:
            data = {}
        if not data:
            self._session_key = None
        return data

    def begin(self) -> None:
        """At a login, which Django has written in it. What its account typed before it ended comes back."""
        now = timezone.now()
        self[BEGUN] = now.timestamp()
        self.ends = now + IDLE
        left = self.pop(LEFT, None)
        if left and left["account"] == self[SESSION_KEY]:
            for name, typed in left["typed"].items():
                self.setdefault(name, typed)

    def renew(self) -> None:
        """Someone looks at a page. It is written beside the data, which another request may be changing."""
        if self.ends is None:
            return
        now = timezone.now()
        ends = min(now + IDLE, _last_moment(self[BEGUN]))
        if ends - self.ends < NOTED_EVERY:
            return
        self.ends = ends
        if not self.is_noted:
            self.modified = True
            return
        # Where nothing can be written, a page is still there to be read.
        with suppress(OperationalError):
            self.model.objects.filter(session_key=self.session_key, expire_date__gt=now).update(expire_date=ends)

    def flush(self) -> None:
        super().flush()
        self.ends = None

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        if self.ends is not None and SESSION_KEY in self:
            return self.ends
        return super().get_expiry_date(**kwargs)

    def get_expiry_age(self, **kwargs: Any) -> int:
        """For the cookie, which may be there until the last moment: the row says when it is over."""
        if self.ends is not None and SESSION_KEY in self:
            return max(0, int((_last_moment(self[BEGUN]) - timezone.now()).total_seconds()))
        return super().get_expiry_age(**kwargs)


def _last_moment(begun: float) -> datetime:
    return datetime.fromtimestamp(begun, UTC) + ABSOLUTE


def _what_is_left(data: dict[str, Any]) -> dict[str, Any]:
    """Of a session that is over: nobody is signed in, and what was typed waits for who typed it."""
    typed = {name: value for name, value in data.items() if name.startswith(TYPED_PREFIX)}
    return {LEFT: {"account": data[SESSION_KEY], "typed": typed}}


def is_looked_at(request: HttpRequest) -> bool:
    """Whether someone asks for a page, or presses a button on one: no poll, no saving while typing, no film.

    Browsers say what they ask for; of one that does not, what asks for HTML by itself is left out.
    """
    if "HX-Request" in request.headers:
        return request.method == "POST"
    mode = request.headers.get("Sec-Fetch-Mode")
    if mode is not None:
        return mode == "navigate"
    return "text/html" in request.headers.get("Accept", "") and not is_from_outbox(request)
