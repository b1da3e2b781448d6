"""What ended and is kept no longer: sessions, and mail that went. One query each while there is nothing to erase."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from .models import OutgoingMail
from .sessions import LEFT_FOR

MAIL_DAYS = 90
"""How long it is known that a mail went to someone, or was not needed any more."""
LOST_MAIL_DAYS = 365
"""The same of one that did not arrive."""
MOST_A_SWEEP = 500
"""A sweep that has much to do leaves the rest to the next one, a quarter of a minute later."""


def erase_some(*kinds: QuerySet[Any]) -> None:
    """Of rows of one kind, or of several that end together. Asks first, and for all of them at once: a sweep that finds
    none writes nothing.
    """
    for rows in kinds if len(kinds) == 1 else _that_are_there(kinds):
        _erase_some(rows)


def _that_are_there(kinds: Sequence[QuerySet[Any]]) -> list[QuerySet[Any]]:
    """Those with any rows, in one query."""
    asked = [
        rows.order_by().annotate(kind_asked=Value(number)).values_list("kind_asked", flat=True).distinct()
        for number, rows in enumerate(kinds)
    ]
    there = set(asked[0].union(*asked[1:]))
    return [rows for number, rows in enumerate(kinds) if number in there]


def _erase_some(rows: QuerySet[Any]) -> None:
    keys = list(rows.order_by().values_list("pk", flat=True)[:MOST_A_SWEEP])
    if keys:
        rows.model._default_manager.filter(pk__in=keys).delete()


def erase_ended_sessions() -> None:
    """Those in which what was typed no longer waits for its writer."""
    erase_some(Session.objects.filter(expire_date__lte=timezone.now() - LEFT_FOR))


def erase_old_mail() -> None:
    now, status = timezone.now(), OutgoingMail.Status
    is_done = Q(status__in=(status.SENT, status.DROPPED), send_after__lte=now - timedelta(days=MAIL_DAYS))
    is_lost = Q(status__in=OutgoingMail.LOST, send_after__lte=now - timedelta(days=LOST_MAIL_DAYS))
    erase_some(OutgoingMail.objects.filter(is_done | is_lost))
