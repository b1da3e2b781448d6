"""The oefenfragment: a drawn film of a minute, on which everyone gives a first top in the introductie."""

from uuid import uuid4

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, Membership, group_ids_of, name_columns
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import version_of_facts

PRACTICE_MS = 60_000
"""The length of `static/film/oefenfragment.mp4`, which `bin/practice-film` draws."""


class PracticeTopQuerySet(models.QuerySet["PracticeTop"]):
    def visible_to(self, actor: Actor) -> "PracticeTopQuerySet":
        return self.filter(giver__group__in=group_ids_of(actor))

    def as_read(self) -> "PracticeTopQuerySet":
        """In the order of the film, with who gave each."""
        named = self.select_related("giver__user").order_by("start_ms", "created")
        return named.only("start_ms", "text", "giver__group", *name_columns("giver__user"))


class PracticeTop(models.Model):
    """One of each member. The group reads it; it is on no one's work, and no count holds it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    giver = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="practice_top")
    start_ms = models.PositiveIntegerField(
        default=0, validators=[MaxValueValidator(PRACTICE_MS, _("Zo lang is deze film niet."))]
    )
    text = models.CharField(_("top"), max_length=LINE)
    created = models.DateTimeField(auto_now_add=True)

    objects = PracticeTopQuerySet.as_manager()

    class Meta:
        verbose_name = _("top op het oefenfragment")
        verbose_name_plural = _("tops op het oefenfragment")
        ordering = ["start_ms", "created"]

    def __str__(self) -> str:
        return f"practice top {self.pk}"

    @property
    def version(self) -> str:
        """What its giver starts from who changes it."""
        return version_of_facts(self, ("start_ms", "text"))
