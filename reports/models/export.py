"""The closing PDF as it is ordered, made and kept."""

from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, NetworkGroup, User, group_ids_of, memberships_of
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of_facts

from .made import MadePdf, MadePdfQuerySet


class ExportQuerySet(MadePdfQuerySet["Export"]):
    def visible_to(self, actor: Actor) -> "ExportQuerySet":
        """The coach's own attempts; for the other members what is ready."""
        if not is_user(actor):
            return self.none()
        led = [own.group_id for own in memberships_of(actor) if own.is_coach]
        return self.filter(group__in=group_ids_of(actor)).filter(Q(group__in=led) | Q(state=Export.State.READY))


class Export(MadePdf):
    """One making of the closing PDF: what the coach put in, how far it is, and the file."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="exports")
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    quote = models.CharField(_("een zin voor op de voorkant"), max_length=LINE, blank=True)
    quoted = models.CharField(_("van wie is die zin?"), max_length=80, blank=True)
    going_on = models.TextField(_("hoe we verdergaan"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])

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
