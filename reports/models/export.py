"""The closing PDF as it is ordered, made and kept."""

from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, NetworkGroup, User, group_ids_of, memberships_of
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of_facts
from netwerkleren.base.models import Leased, LeasedQuerySet


class ExportQuerySet(LeasedQuerySet["Export"]):
    def visible_to(self, actor: Actor) -> "ExportQuerySet":
        """The coach's own attempts; for the other members what is ready."""
        if not is_user(actor):
            return self.none()
        led = [own.group_id for own in memberships_of(actor) if own.is_coach]
        return self.filter(group__in=group_ids_of(actor)).filter(Q(group__in=led) | Q(state=Export.State.READY))

    def busy(self) -> "ExportQuerySet":
        return self.filter(state__in=[Export.State.QUEUED, Export.State.RUNNING])

    def with_needless_file(self) -> "ExportQuerySet":
        """The row keeps the name of a file that nobody may have any more, until the file is gone."""
        return self.filter(state__in=[Export.State.OUTDATED, Export.State.FAILED]).exclude(file="")


class Export(Leased):
    """One making of the closing PDF: what the coach put in, how far it is, and the file."""

    class State(models.TextChoices):
        QUEUED = "queued", _("wacht op zijn beurt")
        RUNNING = "running", _("wordt gemaakt")
        READY = "ready", _("klaar")
        FAILED = "failed", _("niet gelukt")
        OUTDATED = "outdated", _("niet meer geldig")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="exports")
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    quote = models.CharField(_("een zin voor op de voorkant"), max_length=LINE, blank=True)
    quoted = models.CharField(_("van wie is die zin?"), max_length=80, blank=True)
    going_on = models.TextField(_("hoe we verdergaan"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED, editable=False)
    step = models.CharField(max_length=80, blank=True, editable=False)
    file = models.FileField(upload_to="exports/", blank=True, editable=False)
    pages = models.PositiveSmallIntegerField(null=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("slot-pdf")
        verbose_name_plural = _("slot-pdf's")
        ordering = ["-created"]
        constraints = [
            # A double click, or two coaches at once, make one PDF.
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(state__in=["queued", "running"]),
                name="reports_export_one_at_a_time",
                violation_error_message=_("De pdf wordt al gemaakt."),
            )
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def version(self) -> str:
        """What a coach who orders the next one starts from."""
        return version_of_facts(self, ("quote", "quoted", "going_on"))

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)
