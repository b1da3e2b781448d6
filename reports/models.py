"""What the traject brought: interviews and the stories made of them, lines, and the closing PDF."""

from typing import Any
from uuid import uuid4

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, Membership, NetworkGroup, User, group_ids_of, memberships_of
from meetings.models import Meeting
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of
from netwerkleren.base.models import Leased, LeasedQuerySet

from .interviews.protocol import CODES

STORY = 12_000
"""The most characters of a story."""


class Protocol(models.Model):
    """How a group holds the interviews: the parts for in the meeting, and the words for its theme. One per group."""

    group = models.OneToOneField(NetworkGroup, on_delete=models.CASCADE, related_name="protocol")
    parts = models.JSONField(_("onderdelen in de bijeenkomst"), default=list)
    part_a_before = models.BooleanField(_("Deel A doen we vooraf"), default=False)
    theme = models.CharField(_("het thema in jullie woorden"), max_length=LINE, blank=True)

    class Meta:
        verbose_name = _("interviewprotocol")
        verbose_name_plural = _("interviewprotocollen")

    def __str__(self) -> str:
        return f"protocol {self.pk}"


class InterviewQuerySet(models.QuerySet["Interview"]):
    def visible_to(self, actor: Actor) -> "InterviewQuerySet":
        """The interviews that the user tells or takes; for a coach all of the group, though not what is in them."""
        if not is_user(actor):
            return self.none()
        led = [own.group_id for own in memberships_of(actor) if own.is_coach]
        mine = Q(teller__user=actor.pk) | Q(interviewer__user=actor.pk) | Q(group__in=led)
        return self.filter(group__in=group_ids_of(actor)).filter(mine)

    def of_group(self, group: NetworkGroup) -> "InterviewQuerySet":
        """Of who is a member now, in the fixed order of people."""
        current = self.filter(group=group, teller__left__isnull=True)
        return current.with_people().order_by("teller__joined", "teller")

    def with_people(self) -> "InterviewQuerySet":
        return self.select_related("group", "teller__user", "interviewer__user")


class Interview(models.Model):
    """One member tells, another asks and writes. What is written is for these two only (domain.md section 6)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="interviews")
    teller = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="interview")
    interviewer = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="interviews_taken"
    )
    created = models.DateTimeField(auto_now_add=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        constraints = [
            models.CheckConstraint(
                condition=~Q(teller=F("interviewer")),
                name="reports_interview_not_with_oneself",
                violation_error_message=_("Niemand interviewt zichzelf. Kies iemand anders."),
            )
        ]

    def __str__(self) -> str:
        return f"interview {self.pk}"


class InterviewNote(models.Model):
    """What was written down at one part. Part A also keeps the activities that all of B is about, one a line."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="notes")
    part = models.CharField(max_length=2, choices=[(code, code) for code in CODES])
    text = models.TextField(_("aantekeningen"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    activities = models.TextField(_("activiteiten"), blank=True, validators=[MaxLengthValidator(1000)])
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    skipped = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("aantekening")
        verbose_name_plural = _("aantekeningen")
        constraints = [
            models.UniqueConstraint(fields=["interview", "part"], name="reports_interviewnote_once_per_part")
        ]

    def __str__(self) -> str:
        return f"note {self.part} of {self.interview_id}"

    @property
    def version(self) -> str:
        """What either of the two starts from."""
        return version_of(self.activities, self.text)

    @property
    def activity_list(self) -> list[str]:
        return [line.strip(" -•\t") for line in self.activities.splitlines() if line.strip(" -•\t")]

    @property
    def is_written(self) -> bool:
        return bool(self.text.strip() or self.activities.strip())


class ValueStoryQuerySet(models.QuerySet["ValueStory"]):
    def visible_to(self, actor: Actor) -> "ValueStoryQuerySet":
        """The user's own, and what tellers share with a group of the user, as long as they are in it."""
        if not is_user(actor):
            return self.none()
        return self.filter(teller__group__in=group_ids_of(actor), teller__left__isnull=True).filter(
            Q(teller__user=actor.pk) | ~Q(decision=ValueStory.Decision.PRIVATE)
        )

    def shared_in(self, group: NetworkGroup) -> "ValueStoryQuerySet":
        """Of who is a member now, in the fixed order of people."""
        shared = self.filter(teller__group=group, teller__left__isnull=True).exclude(text="")
        with_people = shared.exclude(decision=ValueStory.Decision.PRIVATE).select_related("teller__user")
        return with_people.order_by("teller__joined", "teller")

    def for_pdf(self) -> "ValueStoryQuerySet":
        return self.filter(decision=ValueStory.Decision.PDF)


class ValueStory(models.Model):
    """Mijn verhaal: the teller's own text, made from the interview, perhaps unfinished. The teller decides on it."""

    class Decision(models.TextChoices):
        PRIVATE = "private", _("Alleen ik lees dit")
        GROUP = "group", _("Mijn groep mag het lezen")
        PDF = "pdf", _("Mijn groep mag het lezen, en het mag ook in de pdf")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    teller = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="value_story")
    text = models.TextField(_("jouw verhaal"), blank=True, validators=[MaxLengthValidator(STORY)])
    draft = models.TextField(blank=True, editable=False, validators=[MaxLengthValidator(STORY)])
    """What the teller typed since, in a story that others read: saved by itself, and read by nobody else."""
    decision = models.CharField(_("wat doe je ermee?"), max_length=7, choices=Decision, default=Decision.PRIVATE)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = ValueStoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("verhaal")
        verbose_name_plural = _("verhalen")

    def __str__(self) -> str:
        return f"story {self.pk}"

    @property
    def version(self) -> str:
        """What its teller starts from: the text, and who may read it."""
        return version_of(self.text_to_go_on_with, self.decision)

    @property
    def is_shared(self) -> bool:
        return self.decision != self.Decision.PRIVATE

    @property
    def text_to_go_on_with(self) -> str:
        return self.draft or self.text


class GraphMomentQuerySet(models.QuerySet["GraphMoment"]):
    def visible_to(self, actor: Actor) -> "GraphMomentQuerySet":
        return self.filter(group__in=group_ids_of(actor))


class GraphMoment(models.Model):
    """A moment on the x-axis of the lines (domain.md section 7).

    The netwerkbijeenkomsten and the afsluiting are moments by themselves: such a row has its meeting's own id and is
    written when it is first needed (`moments.py`). Others are added by the coach and stand after a meeting.
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


class ExportQuerySet(LeasedQuerySet["Export"]):
    def visible_to(self, actor: Actor) -> "ExportQuerySet":
        """The coach's own attempts; for the other members what is ready."""
        if not is_user(actor):
            return self.none()
        led = [own.group_id for own in memberships_of(actor) if own.is_coach]
        return self.filter(group__in=group_ids_of(actor)).filter(Q(group__in=led) | Q(state=Export.State.READY))

    def busy(self) -> "ExportQuerySet":
        return self.filter(state__in=[Export.State.QUEUED, Export.State.RUNNING])

    def with_needless_file(self) -> "ExportQuerySet":
        """The row keeps the name of a file that nobody may have any more, until the file is gone."""
        return self.filter(state__in=[Export.State.OUTDATED, Export.State.FAILED]).exclude(file="")


class Export(Leased):
    """One making of the closing PDF: what the coach put in, how far it is, and the file."""

    class State(models.TextChoices):
        QUEUED = "queued", _("wacht op zijn beurt")
        RUNNING = "running", _("wordt gemaakt")
        READY = "ready", _("klaar")
        FAILED = "failed", _("niet gelukt")
        OUTDATED = "outdated", _("niet meer geldig")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="exports")
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    quote = models.CharField(_("een zin voor op de voorkant"), max_length=LINE, blank=True)
    quoted = models.CharField(_("van wie is die zin?"), max_length=80, blank=True)
    going_on = models.TextField(_("hoe we verdergaan"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED, editable=False)
    step = models.CharField(max_length=80, blank=True, editable=False)
    file = models.FileField(upload_to="exports/", blank=True, editable=False)
    pages = models.PositiveSmallIntegerField(null=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

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
    def is_busy(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)
