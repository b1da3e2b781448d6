"""What ended and is kept no longer: sessions, and mail that went. One query each while there is nothing to erase."""

from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import OutgoingMail
from .sessions import LEFT_FOR

MAIL_DAYS = 90
"""How long it is known that a mail went to someone, or was not needed any more."""
LOST_MAIL_DAYS = 365
"""The same of one that did not arrive."""
MOST_A_SWEEP = 500
"""A sweep that has much to do leaves the rest to the next one, a quarter of a minute later."""


def erase_some(rows: QuerySet[Any]) -> None:
    """Asks first, so that a sweep that finds none writes nothing."""
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
