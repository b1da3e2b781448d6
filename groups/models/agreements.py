"""How the group works together, and what its members want to learn."""

from typing import TypeVar
from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import version_of

from .group import Membership, NetworkGroup, group_ids_of, memberships_of
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
        """One's own, what a maatje of now shows, and what a member opened to the group; of who left, nothing."""
        mine = memberships_of(actor)
        pairs = [own.pair_id for own in mine if own.pair_id]
        shown = Q(audience=LearningGoal.Audience.GROUP)
        if pairs:
            shown |= Q(audience=LearningGoal.Audience.MAATJE, membership__pair__in=pairs)
        of_others = shown & Q(membership__left=None, membership__group__in=[own.group_id for own in mine])
        return self.filter(Q(membership__in=[own.pk for own in mine]) | of_others)

    def of_group(self, group: NetworkGroup) -> "LearningGoalQuerySet":
        """With whose they are, in the order in which they were written: nobody's comes first."""
        return self.filter(membership__group=group).select_related("membership__user").order_by("created", "pk")


class LearningGoal(models.Model):
    """A leerdoel: broad, for the traject; or for one filmed lesson, in behaviour that a maatje can see."""

    class Scope(models.TextChoices):
        TRAJECT = "traject", _("voor het hele traject")
        LESSON = "lesson", _("voor een gefilmde les")

    class Audience(models.TextChoices):
        ALONE = "alone", _("alleen ik")
        MAATJE = "maatje", _("mijn maatje")
        GROUP = "group", _("de groep, ook de coach")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="learning_goals")
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.TRAJECT)
    text = models.TextField(_("leerdoel"), validators=[MaxLengthValidator(PARAGRAPH)])
    audience = models.CharField(_("wie dit ziet"), max_length=8, choices=Audience, default=Audience.MAATJE)
    follows = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    """The goal of which this is the next version, made at the end of a round."""
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

    @property
    def is_for_lesson(self) -> bool:
        return self.scope == self.Scope.LESSON
