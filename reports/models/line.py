"""Mijn lijn: the moments of the traject, and how high one member drew at each."""

from typing import Any
from uuid import uuid4

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import PARAGRAPH, Membership, NetworkGroup, group_ids_of
from meetings.models import Meeting
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of


class GraphMomentQuerySet(models.QuerySet["GraphMoment"]):
    def visible_to(self, actor: Actor) -> "GraphMomentQuerySet":
        return self.filter(group__in=group_ids_of(actor))


class GraphMoment(models.Model):
    """A moment on the x-axis of the lines (docs/domain.md#line).

    The netwerkbijeenkomsten and the afsluiting are moments by themselves: such a row has its meeting's own id and is
    written when it is first needed (`lines/moments.py`). Others are added by the coach and stand after a meeting.
    """

    class Kind(models.TextChoices):
        INTRODUCTION = "introduction", _("Introductie")
        NETWORK = "network", _("Netwerkbijeenkomst")
        CLOSING = "closing", _("Afsluiting")
        EDUCATION = "education", _("Educatiebijeenkomst")
        COACHING = "coaching", _("Coaching")
        OTHER = "other", _("Eigen moment")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="graph_moments")
    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    label = models.CharField(_("naam"), max_length=40, blank=True)
    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="graph_moment", editable=False
    )
    after = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("komt na")
    )
    hidden = models.BooleanField(default=False, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = GraphMomentQuerySet.as_manager()

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("momenten")
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=True) | Q(meeting=F("id")), name="reports_graphmoment_has_meetings_id"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        if self.label:
            return self.label
        return self.meeting.number_name if self.meeting else str(self.Kind(self.kind).label)

    @property
    def place_in_line(self) -> tuple[int, int, Any]:
        """To sort by: a meeting's own moment, then what comes after that meeting."""
        if self.meeting is not None:
            return (self.meeting.position, 0, self.created)
        return (self.after.position if self.after else -1, 1, self.created)


class BehaviourGraphQuerySet(models.QuerySet["BehaviourGraph"]):
    def visible_to(self, actor: Actor) -> "BehaviourGraphQuerySet":
        """The user's own, and what members share with a group of the user, as long as they are in it."""
        if not is_user(actor):
            return self.none()
        return self.filter(member__group__in=group_ids_of(actor), member__left__isnull=True).filter(
            Q(member__user=actor.pk) | Q(shared_at__isnull=False)
        )

    def shared_in(self, group: NetworkGroup) -> "BehaviourGraphQuerySet":
        """Of who is a member now, in the fixed order of people."""
        shared = self.filter(member__group=group, member__left__isnull=True, shared_at__isnull=False)
        return shared.select_related("member__user").prefetch_related("points").order_by("member__joined", "member")


class BehaviourGraph(models.Model):
    """Mijn lijn: the rise and fall of one member's success experiences. No line is right or wrong."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    member = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="behaviour_graph")
    shared_at = models.DateTimeField(null=True, blank=True, editable=False)
    saved_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BehaviourGraphQuerySet.as_manager()

    class Meta:
        verbose_name = _("lijn")
        verbose_name_plural = _("lijnen")

    def __str__(self) -> str:
        return f"line {self.pk}"


class GraphPoint(models.Model):
    """How often things went well around one moment, 0 (zelden) to 100 (heel vaak); None: the member was not there."""

    graph = models.ForeignKey(BehaviourGraph, on_delete=models.CASCADE, related_name="points")
    moment = models.ForeignKey(GraphMoment, on_delete=models.CASCADE, related_name="points")
    value = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    note = models.CharField(_("waarom hier?"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("punt")
        verbose_name_plural = _("punten")
        constraints = [
            models.UniqueConstraint(fields=["graph", "moment"], name="reports_graphpoint_once_per_moment"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(0, 100)), name="reports_graphpoint_value_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"point of {self.graph_id}"


class LinesTalk(models.Model):
    """What a group says about its lines, as one of them writes it down: the talk is what the lines are for."""

    group = models.OneToOneField(NetworkGroup, on_delete=models.CASCADE, related_name="lines_talk")
    scribe = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    seen = models.TextField(_("wat zien we?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    meaning = models.TextField(_("wat betekent het?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    what_now = models.TextField(_("wat nu?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    saved_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("gesprek over de lijnen")
        verbose_name_plural = _("gesprekken over de lijnen")

    def __str__(self) -> str:
        return f"talk about lines {self.pk}"

    @property
    def version(self) -> str:
        """What its scribe starts from."""
        return version_of(self.seen, self.meaning, self.what_now)

    @property
    def said(self) -> list[tuple[str, str]]:
        """(question, answer) of what the group said something about."""
        asked = [
            (_("Wat zien we?"), self.seen),
            (_("Wat betekent het?"), self.meaning),
            (_("Wat nu?"), self.what_now),
        ]
        return [(str(question), answer) for question, answer in asked if answer.strip()]
