"""The round of a pair, from a goal to a talk (docs/domain.md#film): five steps, and what was said at the end of it."""

from collections.abc import Collection
from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, LearningGoal, Membership, NetworkGroup, Pair, group_ids_of, memberships_of
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import version_of

from .clip import Clip


class FilmStep(models.TextChoices):
    GOAL = "goal", _("Doel")
    FILM = "film", _("Filmen")
    CLIPS = "clips", _("Fragmenten")
    TALK = "talk", _("Nagesprek")
    ADJUST = "adjust", _("Bijstellen")


class How(models.TextChoices):
    """How a step came to its end; each is as good as the others."""

    DONE = "done", _("gedaan")
    PAPER = "paper", _("op papier")
    SPOKEN = "spoken", _("mondeling gedaan")
    SKIPPED = "skipped", _("overgeslagen")


class FilmPlan(models.Model):
    """What a group made of the five steps: which it leaves out, and what it says of them in its own words."""

    group = models.OneToOneField(NetworkGroup, on_delete=models.CASCADE, primary_key=True, related_name="film_plan")
    dropped = models.JSONField(default=list, blank=True, help_text="a list of Step")
    words = models.JSONField(default=dict, blank=True, help_text="a sentence by Step")

    def __str__(self) -> str:
        return f"film plan {self.pk}"

    @property
    def version(self) -> str:
        """What a coach who changes it starts from."""
        kept = [step for step in FilmStep.values if step in self.dropped]
        return version_of(*kept, *(f"{step}:{self.words.get(step, '')}" for step in FilmStep.values))

    @property
    def steps(self) -> list[FilmStep]:
        return [step for step in FilmStep if step not in self.dropped]


class FilmCycleQuerySet(models.QuerySet["FilmCycle"]):
    def visible_to(self, actor: Actor) -> "FilmCycleQuerySet":
        """One's own, and those of the pair that one is in now. Not the coach's: they read `steps_of_group` alone."""
        pairs = [own.pair_id for own in memberships_of(actor) if own.pair_id]
        return self.filter(
            Q(owner__user=actor.pk) | Q(pair__in=pairs, owner__left=None), owner__group__in=group_ids_of(actor)
        )

    def with_people(self) -> "FilmCycleQuerySet":
        return self.select_related("owner__user", "owner__group__film_plan", "goal", "next_goal")

    def of_pair_of(self, own: Membership) -> "FilmCycleQuerySet":
        """One's own rounds and those of the maatje of now, newest first."""
        mine = Q(owner=own)
        if own.pair_id:
            mine |= Q(pair=own.pair_id, owner__left=None)
        return self.filter(mine).order_by("-created")

    def steps_of_group(self, group: NetworkGroup) -> "FilmCycleQuerySet":
        """For the coach: where each open round is. No day, no goal and no footage is asked for."""
        steps = [f"{step}_step" for step in FilmStep.values]
        shown = ("owner", "pair", "is_stuck", "ended_at", *steps)
        return self.filter(owner__group=group, owner__left=None, ended_at=None).only(*shown)


class FilmCycle(models.Model):
    """One round: `owner` shows the own work, with the maatje of then. It is over when its last step is.

    A talk instead of a lesson, filming oneself and a round without a film are all whole rounds.
    """

    class Shows(models.TextChoices):
        LESSON = "lesson", _("een les")
        TALK = "talk", _("een gesprek")
        OTHER = "other", _("iets anders")

    class FilmedBy(models.TextChoices):
        MAATJE = "maatje", _("mijn maatje")
        COLLEAGUE = "colleague", _("een collega")
        STAND = "stand", _("ik zelf, met een statief")
        NOBODY = "nobody", _("niemand: deze keer zonder film")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="film_cycles")
    pair = models.ForeignKey(Pair, on_delete=models.SET_NULL, null=True, blank=True, related_name="film_cycles")
    shows = models.CharField(_("wat laat je zien?"), max_length=8, choices=Shows, default=Shows.LESSON)
    filmed_by = models.CharField(_("wie filmt?"), max_length=10, choices=FilmedBy, default=FilmedBy.MAATJE)
    goal = models.ForeignKey(LearningGoal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    next_goal = models.ForeignKey(LearningGoal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("wanneer?"), null=True, blank=True)
    room = models.CharField(_("waar?"), max_length=LINE, blank=True)
    ics_sequence = models.PositiveIntegerField(default=0, editable=False, help_text="rises as the appointment changes")
    clips = models.ManyToManyField(Clip, blank=True, related_name="film_cycles")
    goal_step = models.CharField(max_length=8, choices=How, blank=True)
    film_step = models.CharField(max_length=8, choices=How, blank=True)
    clips_step = models.CharField(max_length=8, choices=How, blank=True)
    talk_step = models.CharField(max_length=8, choices=How, blank=True)
    adjust_step = models.CharField(max_length=8, choices=How, blank=True)
    is_stuck = models.BooleanField(default=False, help_text="the pair asked the coach to come along")
    created = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FilmCycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("filmronde")
        verbose_name_plural = _("filmrondes")
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(ended_at__isnull=True),
                name="video_feedback_filmcycle_one_open",
                violation_error_message=_("Je hebt al een ronde open."),
            )
        ]

    def __str__(self) -> str:
        return f"film cycle {self.pk}"

    @property
    def group(self) -> NetworkGroup:
        return self.owner.group

    @property
    def version(self) -> str:
        """What its owner who changes the appointment starts from, perhaps on two devices."""
        at = self.at.isoformat() if self.at else ""
        return version_of(self.goal.text if self.goal else "", self.shows, self.filmed_by, at, self.room)

    @property
    def plan(self) -> FilmPlan:
        """What the group made of the steps; a group that made nothing of them has all five."""
        return plan_of(self.owner.group)

    def how(self, step: str) -> str:
        return str(getattr(self, f"{step}_step"))

    def next_step(self, steps: Collection[FilmStep] = tuple(FilmStep)) -> FilmStep | None:
        """The first of `steps` that is still open; None when the round is over."""
        if self.ended_at is not None:
            return None
        return next((step for step in steps if not self.how(step)), None)

    @property
    def goal_for_pair(self) -> LearningGoal | None:
        """The goal, as long as its owner lets the maatje read it."""
        return self.goal if self.goal and self.goal.audience != LearningGoal.Audience.ALONE else None


def plan_of(group: NetworkGroup) -> FilmPlan:
    """That of the group, or an empty one that is not kept."""
    found: FilmPlan | None = getattr(group, "film_plan", None)
    return found if found is not None else FilmPlan(group=group)


class Debrief(models.Model):
    """What the two said afterwards, and its two questions. Written by either of them."""

    class Answer(models.TextChoices):
        NO = "no", _("nee, zo is het goed")
        YES = "yes", _("ja")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cycle = models.OneToOneField(FilmCycle, on_delete=models.CASCADE, related_name="debrief")
    tops = models.TextField(_("Wat ging goed?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    tips = models.TextField(_("Wat kan anders?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    goal_changes = models.CharField(max_length=4, choices=Answer, blank=True)
    goal_words = models.TextField(blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    task_changes = models.CharField(max_length=4, choices=Answer, blank=True)
    task_words = models.TextField(blank=True, validators=[MaxLengthValidator(PARAGRAPH)])

    class Meta:
        verbose_name = _("nagesprek")
        verbose_name_plural = _("nagesprekken")

    def __str__(self) -> str:
        return f"debrief {self.pk}"

    @property
    def version(self) -> str:
        """What either of the two starts from."""
        return version_of(self.tops, self.tips, self.goal_changes, self.goal_words, self.task_changes, self.task_words)
