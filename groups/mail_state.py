"""Whether mail works, for the beheerder: what went, what did not, and what waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from netwerkleren.base.mail import words_of
from netwerkleren.base.models import OutgoingMail

SLOW = timedelta(minutes=10)
"""A mail that is due and waits longer says that nobody sends it."""


@dataclass(frozen=True)
class Failure:
    """The last mail that did not arrive, or not yet. `reason` is what the mail server, or the way to it, answered."""

    words: str
    status: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class MailState:
    last_sent: datetime | None
    last_failure: Failure | None
    waiting: int
    waiting_since: datetime | None
    lost: int

    @property
    def is_stuck(self) -> bool:
        return self.waiting_since is not None and self.waiting_since < timezone.now() - SLOW

    @property
    def works(self) -> bool:
        """Something went, and since then nothing failed or hangs."""
        failed_since = self.last_failure is not None and (
            self.last_sent is None or self.last_failure.at > self.last_sent
        )
        return self.last_sent is not None and not failed_since and not self.is_stuck


def mail_state() -> MailState:
    """Two queries."""
    status = OutgoingMail.Status
    is_due = Q(status=status.WAITING, send_after__lte=timezone.now())
    facts = OutgoingMail.objects.aggregate(
        last_sent=Max("sent_at"),
        waiting=Count("pk", filter=Q(status__in=(status.WAITING, status.BUSY))),
        waiting_since=Min("send_after", filter=is_due),
        lost=Count("pk", filter=Q(status__in=OutgoingMail.LOST)),
    )
    failed = OutgoingMail.objects.failed_at_least_once().order_by("-created").first()
    return MailState(last_failure=_failure(failed) if failed else None, **facts)


def _failure(mail: OutgoingMail) -> Failure:
    return Failure(words_of(mail), mail.get_status_display(), mail.error, mail.created)
