"""Who interviews whom, about what, and what the two write down."""

from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, Membership, NetworkGroup, group_ids_of, memberships_of
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of, version_of_facts

PART_CODES = ("A", "B1", "B2", "B3", "B4", "B5", "B6")
"""The parts of an interview, in order; `interviews/protocol.py` has their words."""


class Protocol(models.Model):
    """How a group holds the interviews: the parts for in the meeting, and the words for its theme. One per group."""

    group = models.OneToOneField(NetworkGroup, on_delete=models.CASCADE, related_name="protocol")
    parts = models.JSONField(_("onderdelen in de bijeenkomst"), default=list, blank=True)
    part_a_before = models.BooleanField(_("Deel A doen we vooraf"), default=False)
    theme = models.CharField(_("het thema in jullie woorden"), max_length=LINE, blank=True)
    has_clock = models.BooleanField(_("een klok bij elk deel"), default=True)
    script = models.JSONField(
        default=list, blank=True, help_text="the coach's copy of the questions, in its order; empty: the standard"
    )

    class Meta:
        verbose_name = _("interviewprotocol")
        verbose_name_plural = _("interviewprotocollen")

    def __str__(self) -> str:
        return f"protocol {self.pk}"

    @property
    def version(self) -> str:
        """What a coach who changes it starts from."""
        return version_of_facts(self, ("parts", "part_a_before", "theme", "has_clock"))

    @property
    def script_version(self) -> str:
        """The same of the questions, which have a page of their own."""
        return version_of_facts(self, ("script",))


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

    def without_part_a(self) -> "InterviewQuerySet":
        """Where nothing was saved at part A yet."""
        saved = InterviewNote.objects.filter(part="A", saved_at__isnull=False)
        return self.exclude(pk__in=saved.values("interview"))

    def with_people(self) -> "InterviewQuerySet":
        return self.select_related("group", "teller__user", "interviewer__user")


class Interview(models.Model):
    """One member tells, another asks and writes. What is written is for these two only (docs/domain.md#interview)."""

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
    part = models.CharField(max_length=2, choices=[(code, code) for code in PART_CODES])
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
