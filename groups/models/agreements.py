"""How the group works together, and what its members want to learn."""

from typing import TypeVar
from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import version_of

from .group import Membership, NetworkGroup, group_ids_of
from .lengths import LINE, PARAGRAPH

M = TypeVar("M", bound=models.Model)


class GroupOwnedQuerySet(models.QuerySet[M]):
    def visible_to(self, actor: Actor) -> "GroupOwnedQuerySet[M]":
        return self.filter(group__in=group_ids_of(actor))


class WorkingAgreement(models.Model):
    """ "Zo werken wij": one agreement on how the group works together, made in the introductie."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="working_agreements")
    text = models.CharField(_("afspraak"), max_length=LINE)
    created = models.DateTimeField(auto_now_add=True)

    objects = GroupOwnedQuerySet["WorkingAgreement"].as_manager()

    class Meta:
        ordering = ["created"]

    def __str__(self) -> str:
        return f"working agreement {self.pk}"


class LearningGoalQuerySet(models.QuerySet["LearningGoal"]):
    def visible_to(self, actor: Actor) -> "LearningGoalQuerySet":
        return self.filter(membership__group__in=group_ids_of(actor))


class LearningGoal(models.Model):
    """A leerdoel: broad, for the traject; or for one filmed lesson, in behaviour that a maatje can see."""

    class Scope(models.TextChoices):
        TRAJECT = "traject", _("voor het hele traject")
        LESSON = "lesson", _("voor een gefilmde les")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="learning_goals")
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.TRAJECT)
    text = models.TextField(_("leerdoel"), validators=[MaxLengthValidator(PARAGRAPH)])
    created = models.DateTimeField(auto_now_add=True)

    objects = LearningGoalQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"learning goal {self.pk}"

    @property
    def version(self) -> str:
        """What its owner starts from, perhaps on two devices."""
        return version_of(self.text)
