"""What the owner of a fragment states about the parents' consent, and whom that covers."""

from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import Membership, School


class ConsentStatementQuerySet(models.QuerySet["ConsentStatement"]):
    def in_force(self) -> "ConsentStatementQuerySet":
        """Those that no other ended, and that were not taken back: at most one of a clip."""
        return self.filter(ended_at__isnull=True)


class ConsentStatement(models.Model):
    """What the owner states about the parents' consent: by whom, when, which words, for which watchers.

    The forms themselves stay at school. One statement of a clip is in force; a new one ends the one before.
    """

    class Scope(models.TextChoices):
        OWN_SCHOOL = "own_school", _("De ouders zijn geïnformeerd")
        ALL_PARENTS = "all_parents", _("Alle ouders gaven toestemming")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clip = models.ForeignKey("Clip", on_delete=models.CASCADE, related_name="statements")
    given_by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=12, choices=Scope)
    includes_guests = models.BooleanField(default=False)
    text = models.TextField()
    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("verklaring")
        verbose_name_plural = _("verklaringen")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["clip"],
                condition=Q(ended_at__isnull=True),
                name="video_feedback_consentstatement_one_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"statement {self.pk}"


STATEMENTS = {
    ConsentStatement.Scope.OWN_SCHOOL: _(
        "Ik verklaar dat alle ouders of verzorgers met gezag, van elk kind dat je ziet of hoort, weten dat er is "
        "gefilmd en waarvoor. Alleen collega's van mijn eigen school kijken mee."
    ),
    ConsentStatement.Scope.ALL_PARENTS: _(
        "Ik verklaar dat alle ouders of verzorgers met gezag, van elk kind dat je ziet of hoort, toestemming gaven om "
        "dit fragment te laten zien aan leden van de groep, ook van andere scholen."
    ),
}
"""Whoever makes these words ask for more ends the statements in force, in a migration: their owners are asked anew."""
ALSO_STATED = _(
    "De volwassenen in beeld weten er ook van. De klas is verteld dat er werd gefilmd, en wie dat niet wilde, zat "
    "buiten beeld."
)
"""A part of either statement."""
CARE_ASKS_MORE = _(
    "Het thema gaat over een zorgbehoefte van leerlingen. Ook op je eigen school is dan toestemming van alle ouders "
    "nodig."
)
GUESTS = _("De toestemming geldt ook voor een gast in de bijeenkomst, zoals een expert.")


class ConsentedWatcherQuerySet(models.QuerySet["ConsentedWatcher"]):
    def in_force(self) -> "ConsentedWatcherQuerySet":
        """Those whom a statement in force covers now: a member ever since, and still of the school that they had then.

        Who informed the parents only, shows it to colleagues of the own school as it is today. No school counts as
        another school.
        """
        same_school_as_then = Q(school=F("membership__school")) | Q(school=None, membership__school=None)
        in_scope = Q(statement__scope=ConsentStatement.Scope.ALL_PARENTS) | Q(
            membership__school=F("statement__clip__owner__school")
        )
        return self.filter(
            same_school_as_then,
            in_scope,
            statement__ended_at__isnull=True,
            statement__given_at__gte=F("membership__joined"),
            membership__left__isnull=True,
        )


class ConsentedWatcher(models.Model):
    """One member whom a statement covers. Who joins later, or changes school, is not: the owner is asked anew."""

    statement = models.ForeignKey(ConsentStatement, on_delete=models.CASCADE, related_name="watchers")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ConsentedWatcherQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "membership"], name="video_feedback_consentedwatcher_once_per_statement"
            )
        ]

    def __str__(self) -> str:
        return f"watcher {self.membership_id}"


@cache
def _in_force() -> ConsentedWatcherQuerySet:
    """Written once a process, and never asked itself: it is a part of the gate before every page with footage."""
    return ConsentedWatcher.objects.in_force()


def watchers_covered_for(clip: Any) -> ConsentedWatcherQuerySet:
    """Those whom the statement in force covers now."""
    return _in_force().filter(statement__clip=clip)


def clips_covered_for(memberships: list[UUID]) -> Any:
    """For in a query: the clips whose statement in force covers one of these members now."""
    return _in_force().filter(membership__in=memberships).values("statement__clip")
