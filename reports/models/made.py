"""A PDF that a worker makes: how far it is, and the file."""

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from netwerkleren.base.models import Leased, LeasedQuerySet

M = TypeVar("M", bound=models.Model)


class MadeState(models.TextChoices):
    QUEUED = "queued", _("wacht op zijn beurt")
    RUNNING = "running", _("wordt gemaakt")
    READY = "ready", _("klaar")
    FAILED = "failed", _("niet gelukt")
    OUTDATED = "outdated", _("niet meer geldig")


class MadePdfQuerySet(LeasedQuerySet[M]):
    def busy(self) -> "MadePdfQuerySet[M]":
        return self.filter(state__in=[MadeState.QUEUED, MadeState.RUNNING])

    def with_needless_file(self) -> "MadePdfQuerySet[M]":
        """The row keeps the name of a file that nobody may have any more, until the file is gone."""
        return self.filter(state__in=[MadeState.OUTDATED, MadeState.FAILED]).exclude(file="")


class MadePdf(Leased):
    """What is the same of every PDF that is ordered, made by a worker and kept."""

    State = MadeState

    state = models.CharField(max_length=8, choices=MadeState, default=MadeState.QUEUED, editable=False)
    step = models.CharField(max_length=80, blank=True, editable=False)
    file = models.FileField(upload_to="exports/", blank=True, editable=False)
    pages = models.PositiveSmallIntegerField(null=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    fetched_at = models.DateTimeField(
        null=True, editable=False, help_text="when who ordered it took it along: no mail need say that it is ready"
    )

    class Meta:
        abstract = True

    @property
    def is_busy(self) -> bool:
        return self.state in (MadeState.QUEUED, MadeState.RUNNING)
