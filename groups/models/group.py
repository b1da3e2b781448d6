"""A group: its members, the schools that they bring, and their pairs."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import version_of, version_of_facts
from netwerkleren.base.request import once_a_request
from netwerkleren.base.written import written_once

from .lengths import LINE
from .user import User, name_columns


class SchoolQuerySet(models.QuerySet["School"]):
    def of_group(self, group: "NetworkGroup") -> "SchoolQuerySet":
        return self.filter(memberships__group=group).distinct()


class School(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("naam"), max_length=LINE)
    place = models.CharField(_("plaats"), max_length=LINE)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("scholen")
        ordering = ["name", "place"]
        constraints = [
            models.UniqueConstraint(Lower("name"), Lower("place"), name="groups_school_name_and_place_unique")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}"


class NetworkGroupQuerySet(models.QuerySet["NetworkGroup"]):
    def visible_to(self, actor: Actor) -> "NetworkGroupQuerySet":
        """Groups of which the user is a member now."""
        return self.filter(pk__in=group_ids_of(actor))

    def with_counts(self) -> "NetworkGroupQuerySet":
        """Adds `participant_count`: the deelnemers now."""
        current = Q(memberships__left__isnull=True, memberships__role=Membership.Role.PARTICIPANT)
        return self.annotate(participant_count=models.Count("memberships", filter=current))

    def led_by(self, actor: Actor) -> "NetworkGroupQuerySet":
        led = Membership.objects.current().coaches().filter(user=actor.pk)
        return self.filter(pk__in=led.values("group"))


class NetworkGroup(models.Model):
    """One group on one traject, with an overkoepelend thema (docs/domain.md#traject). A draft sends no mail."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("naam van de groep"), max_length=80)
    theme = models.CharField(_("thema"), max_length=LINE, blank=True)
    theme_is_given = models.BooleanField(_("de organisatie koos het thema"), default=False)
    is_about_care = models.BooleanField(null=True, editable=False)
    """Whether the theme is about pupils' needs of care, by its coach; None as long as nobody answered."""
    published_at = models.DateTimeField(_("gepubliceerd"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("afgesloten"), null=True, blank=True, editable=False)
    created = models.DateTimeField(_("gemaakt"), auto_now_add=True)

    objects = NetworkGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("groep")
        verbose_name_plural = _("groepen")
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The group's page, which the roof joins from every floor: the one place below it that knows its address."""
        return reverse("roof:group", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def version(self) -> str:
        """What a coach who changes name or theme starts from."""
        return version_of_facts(self, ("name", "theme", "theme_is_given"))


class PairQuerySet(models.QuerySet["Pair"]):
    def visible_to(self, actor: Actor) -> "PairQuerySet":
        return self.filter(group__in=group_ids_of(actor))


class Pair(models.Model):
    """Two (once three) who film each other: the memberships that point to it. The coach confirmed it.

    A pair that was undone keeps its row, without members, so that what they made together keeps its pair.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="pairs")
    created = models.DateTimeField(auto_now_add=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("tweetal")
        verbose_name_plural = _("tweetallen")
        ordering = ["created"]

    def __str__(self) -> str:
        return f"pair {self.pk}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, actor: Actor) -> "MembershipQuerySet":
        return self.filter(group__in=group_ids_of(actor))

    def current(self) -> "MembershipQuerySet":
        return self.filter(left__isnull=True)

    def coaches(self) -> "MembershipQuerySet":
        return self.filter(role=Membership.Role.COACH)

    def participants(self) -> "MembershipQuerySet":
        return self.filter(role=Membership.Role.PARTICIPANT)

    def maatjes_of(self, membership: "Membership") -> "MembershipQuerySet":
        """The other one of a pair, or the other two of three; none for who has none."""
        return self.filter(pair=membership.pair_id, pair__isnull=False).exclude(pk=membership.pk)

    def with_people(self) -> "MembershipQuerySet":
        """With user and school, in one fixed order: everyone sees the same people in the same order."""
        return self.select_related("user", "school").order_by("joined", "pk")

    def with_names(self) -> "MembershipQuerySet":
        """For a list of names alone, in the same order: who they are, and no more of their accounts."""
        named = self.select_related("user").order_by("joined", "pk")
        return named.only("group", "role", "school", "pair", *name_columns("user"))


class Membership(models.Model):
    """A person in a group, as coach or deelnemer, with the school and discipline they bring (docs/domain.md#people)."""

    class Role(models.TextChoices):
        COACH = "coach", _("coach")
        PARTICIPANT = "participant", _("deelnemer")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("rol"), max_length=12, choices=Role, default=Role.PARTICIPANT)
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("school")
    )
    discipline = models.CharField(_("wat doe je daar?"), max_length=LINE, blank=True)
    pair = models.ForeignKey(Pair, on_delete=models.SET_NULL, null=True, blank=True, related_name="members")
    wished_maatje = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="wished_by"
    )
    first_thought = models.CharField(_("waar loop je in je werk tegenaan?"), max_length=500, blank=True)
    """A first sentence, written on the first visit; empty for who did not."""
    agenda_step_done = models.BooleanField(default=False, editable=False)
    thought_step_done = models.BooleanField(default=False, editable=False)
    phone_step_done = models.BooleanField(default=False, editable=False)
    """The three small steps of a first visit: taken or skipped, and then gone."""
    joined = models.DateTimeField(default=timezone.now, editable=False)
    left = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        ordering = ["joined", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="groups_membership_once_per_group"),
            models.CheckConstraint(condition=~Q(wished_maatje=models.F("id")), name="groups_membership_not_own_maatje"),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"

    @property
    def version(self) -> str:
        """What a member who changes the first thought starts from."""
        return version_of(self.first_thought)

    @property
    def is_coach(self) -> bool:
        return self.role == self.Role.COACH

    @property
    def open_steps(self) -> list[str]:
        """Which of the three steps of a first visit were neither taken nor skipped, in their order."""
        return [] if self.is_coach else [step for step, field in FIRST_STEPS.items() if not getattr(self, field)]

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def photo_url(self) -> str:
        return self.user.photo_url


FIRST_STEPS = {"agenda": "agenda_step_done", "thought": "thought_step_done", "phone": "phone_step_done"}
"""The steps of a first visit, each with the field of the membership that says it is done."""


@written_once
def _current_of(user: UUID) -> models.QuerySet[Membership]:
    return Membership.objects.current().filter(user=user).select_related("group").order_by()


@once_a_request
def memberships_of(actor: Actor) -> list[Membership]:
    """The actor's current memberships, with group, oldest first; none for a guest or nobody."""
    if not isinstance(actor, User):
        return []
    found = sorted(_current_of(actor.pk), key=lambda membership: (membership.joined, membership.pk))
    for membership in found:
        membership.user = actor
    return found


def group_ids_of(actor: Actor) -> list[UUID]:
    """The groups of which the actor is a member now; none for a guest or nobody.

    Gate 1 asks for ids instead of a subquery in every query behind it: building that SQL cost more than running it.
    """
    return [membership.group_id for membership in memberships_of(actor)]
