"""What the ground floor keeps: mail to send, audit events, versions of live topics, and the lease of a task."""

from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .beside import latest_beside

M = TypeVar("M", bound=models.Model)


class LeasedQuerySet(models.QuerySet[M]):
    """Rows that a task works on; a lease says that a live worker has it."""

    def claim(self, pk: UUID, *, lease: timedelta, **changes: Any) -> bool:
        """Takes the row for `lease`, in one statement, unless another worker has it. True when it is ours."""
        now = timezone.now()
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        taken = self.filter(free, pk=pk).update(lease_until=now + lease, attempts=F("attempts") + 1, **changes)
        return taken == 1

    def lease_expired(self) -> "LeasedQuerySet[M]":
        return self.filter(lease_until__lt=timezone.now())


class Leased(models.Model):
    """A row with a task's state. The task queue forgets a task when its worker dies; this row does not."""

    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    error = models.CharField(max_length=500, blank=True, editable=False)

    class Meta:
        abstract = True


class OutgoingMailQuerySet(LeasedQuerySet["OutgoingMail"]):
    def undelivered(self) -> "OutgoingMailQuerySet":
        """What did not arrive, or perhaps did not: only a person sends it again."""
        return self.filter(status__in=OutgoingMail.LOST)

    def failed_at_least_once(self) -> "OutgoingMailQuerySet":
        """Lost, or put off because it did not go; what went at a later attempt is no failure any more."""
        return self.filter(Q(status__in=OutgoingMail.LOST) | Q(status=OutgoingMail.Status.WAITING, error__gt=""))

    def unfinished(self) -> "OutgoingMailQuerySet":
        """What may still go out: by itself, or because a person says so."""
        return self.exclude(status__in=(OutgoingMail.Status.SENT, OutgoingMail.Status.DROPPED))

    def latest_status(self, kind: str) -> Func:
        """For in an `annotate()`: how the last mail of this kind about each row stands, None when there is none."""
        return latest_beside(self.model, "status", by="created", kind=kind, about=F("pk"))


class OutgoingMail(Leased):
    """A mail to send: to whom, of which kind, about which row. It is rendered when it is sent, so no text is kept.

    `values` is what else its letter must know of the moment it was written, such as what had changed by then.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("wacht")
        BUSY = "busy", _("bezig")
        SENT = "sent", _("verstuurd")
        UNCERTAIN = "uncertain", _("onzeker")
        FAILED = "failed", _("mislukt")
        DROPPED = "dropped", _("niet meer nodig")

    LOST = frozenset({Status.UNCERTAIN, Status.FAILED})
    UNDER_WAY = frozenset({Status.WAITING, Status.BUSY})

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=60)
    recipient = models.EmailField()
    about = models.UUIDField(null=True, blank=True)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    unique_key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    group_id = models.UUIDField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    send_after = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["status", "send_after"], name="base_mail_due"),
            models.Index(fields=["kind", "about"], name="base_mail_about"),
            models.Index(fields=["group_id", "status"], name="base_mail_of_group"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_uncertain(self) -> bool:
        return self.status == self.Status.UNCERTAIN

    def row_among(self, rows: models.QuerySet[M]) -> M | None:
        """The row that the mail is about, if it is one of these."""
        return rows.filter(pk=self.about).first() if self.about else None


AUDIT_DAYS = 365
"""How long a line of the audit is kept."""


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def ended(self) -> "AuditEventQuerySet":
        """What is older than twelve months."""
        return self.filter(at__lt=timezone.now() - timedelta(days=AUDIT_DAYS))


class AuditEvent(models.Model):
    """Who did what, by ids only; never changed after it is written, which the database sees to by a trigger."""

    at = models.DateTimeField(_("wanneer"), auto_now_add=True, db_index=True)
    actor_id = models.UUIDField(_("wie (nummer)"), null=True, blank=True)
    action = models.CharField(_("wat"), max_length=60)
    object_type = models.CharField(_("over"), max_length=60, blank=True)
    object_id = models.CharField(_("nummer"), max_length=60, blank=True)
    group_id = models.UUIDField(_("groep (nummer)"), null=True, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("gebeurtenis")
        verbose_name_plural = _("gebeurtenissen")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"


class TopicVersion(models.Model):
    """How often what a live topic shows has changed."""

    topic = models.CharField(primary_key=True, max_length=80)
    version = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.topic} {self.version}"
