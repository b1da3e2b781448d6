"""What goes with an agenda: who changed it last, which can be put back, and the agendas that a coach keeps."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, User
from netwerkleren.base.access import Actor

from .meeting import AgendaItem, Meeting


class AgendaChangeQuerySet(models.QuerySet["AgendaChange"]):
    def of(self, meeting: Meeting) -> "AgendaChangeQuerySet":
        """The latest first, each with the name of its coach."""
        return self.filter(meeting=meeting).select_related("by").order_by("-pk")

    def by_others(self, actor: Actor) -> "AgendaChangeQuerySet":
        return self.exclude(by=actor.pk)


class AgendaChange(models.Model):
    """One change of an agenda, to be put back by who made it. It ends with its meeting, and is no history.

    `before` and `after` hold the onderdelen that it touched, as `facts_of` them; with `before` stands what came before
    each in the order, None for the first.
    """

    class Kind(models.TextChoices):
        ADDED = "added", _("toegevoegd")
        EDITED = "edited", _("aangepast")
        RETIMED = "retimed", _("andere minuten")
        FIXED = "fixed", _("begin vastgezet")
        LOOSENED = "loosened", _("begin losgemaakt")
        MOVED = "moved", _("verplaatst")
        REMOVED = "removed", _("weggehaald")
        REPLACED = "replaced", _("vervangen")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda_changes")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=LINE, blank=True, help_text="of the onderdeel")
    value = models.CharField(max_length=10, blank=True, help_text="the minutes, the place or the hour that it got")
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)

    objects = AgendaChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("verandering van de agenda")
        verbose_name_plural = _("veranderingen van de agenda")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"change {self.pk}"

    @staticmethod
    def kind_of(before: dict[str, Any], after: dict[str, Any]) -> str:
        """What was done to an onderdeel, by what differs."""
        differing = {name for name in after if before[name] != after[name]}
        if differing == {"minutes"}:
            return AgendaChange.Kind.RETIMED
        if differing == {"fixed_start"}:
            return AgendaChange.Kind.FIXED if after["fixed_start"] else AgendaChange.Kind.LOOSENED
        return AgendaChange.Kind.EDITED

    @property
    def touched(self) -> set[str]:
        """The keys of the onderdelen that it is about."""
        return {facts["id"] for facts in [*self.before, *self.after]}

    @property
    def words(self) -> str:
        """What happened, to be said once: "“Pauze” duurt nu 10 minuten."."""
        return CHANGE_WORDS[self.Kind(self.kind)] % {"title": self.title, "value": self.value}


CHANGE_WORDS = {
    AgendaChange.Kind.ADDED: _("“%(title)s” staat op de agenda."),
    AgendaChange.Kind.EDITED: _("“%(title)s” is aangepast."),
    AgendaChange.Kind.RETIMED: _("“%(title)s” duurt nu %(value)s min."),
    AgendaChange.Kind.FIXED: _("“%(title)s” begint vast om %(value)s uur."),
    AgendaChange.Kind.LOOSENED: _("“%(title)s” begint weer na het vorige onderdeel."),
    AgendaChange.Kind.MOVED: _("“%(title)s” staat nu op plaats %(value)s."),
    AgendaChange.Kind.REMOVED: _("“%(title)s” is van de agenda."),
    AgendaChange.Kind.REPLACED: _("Er staat nu een andere agenda."),
}

FACTS_OF_ITEM = ("kind", "title", "minutes", "means", "purpose", "fixed_start")
"""What a person decides of an onderdeel, but for its place."""


def facts_of(item: AgendaItem) -> dict[str, Any]:
    """The facts of an onderdeel as JSON has them."""
    facts = {name: getattr(item, name) for name in FACTS_OF_ITEM}
    return {"id": str(item.pk), **facts, "fixed_start": item.fixed_start.isoformat() if item.fixed_start else None}


def placed_facts(items: Sequence[AgendaItem], touched: Sequence[AgendaItem]) -> list[dict[str, Any]]:
    """The facts of some onderdelen of an agenda, each with its place from 0 and the key of what comes before it."""
    place = {item.pk: number for number, item in enumerate(items)}
    follows = {item.pk: str(earlier.pk) for earlier, item in pairwise(items)}
    return [{**facts_of(item), "place": place[item.pk], "follows": follows.get(item.pk)} for item in touched]


class AgendaTemplateQuerySet(models.QuerySet["AgendaTemplate"]):
    def visible_to(self, actor: Actor) -> "AgendaTemplateQuerySet":
        """A coach's own: nobody else's are to be had."""
        return self.filter(owner=actor.pk) if isinstance(actor, User) else self.none()


class AgendaTemplate(models.Model):
    """ "Eigen agenda": a coach's own onderdelen for one kind of meeting, kept by name. It knows no group."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="agenda_templates")
    kind = models.CharField(max_length=12, choices=Meeting.Kind)
    name = models.CharField(_("naam"), max_length=LINE)
    items = models.JSONField(default=list, help_text="the facts of each onderdeel, in order, without a locked start")
    created = models.DateTimeField(auto_now_add=True)

    objects = AgendaTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("eigen agenda")
        verbose_name_plural = _("eigen agenda's")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "name"],
                name="meetings_agendatemplate_name_unique",
                violation_error_message=_("Je hebt al een eigen agenda met deze naam."),
            )
        ]

    def __str__(self) -> str:
        return f"template {self.pk}"

    @property
    def minutes(self) -> int:
        return sum(facts["minutes"] for facts in self.items)
