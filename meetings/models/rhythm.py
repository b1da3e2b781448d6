"""How long before a meeting a group hands in, and the weeks in which it is free."""

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import NetworkGroup, group_ids_of
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import version_of_facts

LONGEST_BEFORE = MaxValueValidator(60)


class DeadlineRule(models.Model):
    """The days before a meeting, and the hour, at which its deadlines are offered. No row is the portal's own rule."""

    group = models.OneToOneField(NetworkGroup, on_delete=models.CASCADE, related_name="deadline_rule")
    leervraag_days = models.PositiveSmallIntegerField(_("leervraag, dagen ervoor"), validators=[LONGEST_BEFORE])
    clip_days = models.PositiveSmallIntegerField(_("fragment, dagen ervoor"), validators=[LONGEST_BEFORE])
    feedback_days = models.PositiveSmallIntegerField(_("feedback, dagen ervoor"), validators=[LONGEST_BEFORE])
    clock = models.TimeField(_("om hoe laat?"))

    def __str__(self) -> str:
        return f"deadline rule {self.pk}"

    @property
    def version(self) -> str:
        return version_of_facts(self, ("leervraag_days", "clip_days", "feedback_days", "clock"))


class FreeWeekQuerySet(models.QuerySet["FreeWeek"]):
    def visible_to(self, actor: Actor) -> "FreeWeekQuerySet":
        return self.filter(group__in=group_ids_of(actor))

    def holding(self, day: date) -> "FreeWeekQuerySet":
        return self.filter(first_day__lte=day, last_day__gte=day)

    def crossing(self, first_day: date, last_day: date) -> "FreeWeekQuerySet":
        """Those with a day in common."""
        return self.filter(first_day__lte=last_day, last_day__gte=first_day)

    def ahead_for(self, actor: Actor) -> "FreeWeekQuerySet":
        """Of the groups that a coach leads, as far as they did not pass: what a new group is likely to have too."""
        return self.filter(group__in=NetworkGroup.objects.led_by(actor), last_day__gte=timezone.localdate())

    def as_facts(self) -> list[dict[str, str]]:
        """For a page that says in which one a date falls; one that several groups have, once."""
        return facts_of_weeks(self.in_words())

    def in_words(self) -> "models.QuerySet[FreeWeek, tuple[str, date, date]]":
        return self.order_by("first_day", "name").values_list("name", "first_day", "last_day").distinct()


def facts_of_weeks(weeks: Iterable[tuple[str, date, date]]) -> list[dict[str, str]]:
    return [{"name": name, "from": first.isoformat(), "to": last.isoformat()} for name, first, last in weeks]


class FreeWeek(models.Model):
    """A holiday or another time in which nothing is asked: a date in it gets a word, and no reminder goes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="free_weeks")
    name = models.CharField(_("naam"), max_length=40)
    first_day = models.DateField(_("van"))
    last_day = models.DateField(_("tot en met"))

    objects = FreeWeekQuerySet.as_manager()

    class Meta:
        verbose_name = _("vrije week")
        verbose_name_plural = _("vrije weken")
        ordering = ["first_day", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="meetings_freeweek_ends_after_it_begins",
                violation_error_message=_("De laatste dag ligt vóór de eerste."),
            )
        ]

    def __str__(self) -> str:
        return self.name
