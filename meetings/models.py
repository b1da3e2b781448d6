"""The traject's meetings: agenda, topic, expert, attendance, and what the group says at the end."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, Membership, NetworkGroup, User
from netwerkleren.base.access import Actor, is_user

PITCH_MINUTES = 15
"""The length of an expert's pitch (playbook, bijlage 1)."""

EXPERT_LINK_DAYS = 14
"""An expert's link ends this many days after the meeting (security.md X1)."""


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, actor: Actor) -> "TopicQuerySet":
        return self.filter(group__in=NetworkGroup.objects.visible_to(actor))


class Topic(models.Model):
    """The subject of a netwerkbijeenkomst, agreed by the group; a new topic means a new expert."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(_("onderwerp"), max_length=LINE)
    created = models.DateTimeField(auto_now_add=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("onderwerp")
        verbose_name_plural = _("onderwerpen")
        ordering = ["created"]

    def __str__(self) -> str:
        return self.title


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, actor: Actor) -> "MeetingQuerySet":
        """Meetings of the user's groups (a draft's only for its coach); for a guest the one they were invited to."""
        if getattr(actor, "is_guest", False):
            return self.filter(pk=actor.meeting_id)
        if not is_user(actor):
            return self.none()
        mine = Membership.objects.current().filter(user=actor)
        return self.filter(group__in=mine.values("group")).filter(
            Q(group__published_at__isnull=False) | Q(group__in=mine.coaches().values("group"))
        )

    def of_group(self, group: NetworkGroup) -> "MeetingQuerySet":
        return self.filter(group=group).order_by("position")

    def not_cancelled(self) -> "MeetingQuerySet":
        return self.exclude(state=Meeting.State.CANCELLED)

    def upcoming(self) -> "MeetingQuerySet":
        """Not ended yet, soonest first; those without a date last, in the order of the traject."""
        open_states = [Meeting.State.PLANNED, Meeting.State.RUNNING]
        return self.filter(state__in=open_states).order_by(F("starts_at").asc(nulls_last=True), "position")

    def with_facts(self) -> "MeetingQuerySet":
        return self.select_related("group", "topic", "current_item")


class Meeting(models.Model):
    """One bijeenkomst. Without `starts_at` its date follows ("datum volgt"). All times are aware, in UTC."""

    class Kind(models.TextChoices):
        INTRODUCTION = "introduction", _("Introductie")
        NETWORK = "network", _("Netwerkbijeenkomst")
        CLOSING = "closing", _("Afsluiting")

    class State(models.TextChoices):
        PLANNED = "planned", _("gepland")
        RUNNING = "running", _("bezig")
        ENDED = "ended", _("geweest")
        CANCELLED = "cancelled", _("vervalt")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField(help_text="0 for the introductie, then 1, 2, …; the afsluiting last")
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="meetings")
    starts_at = models.DateTimeField(_("begin"), null=True, blank=True)
    place = models.CharField(_("plaats"), max_length=LINE, blank=True)
    online_url = models.URLField(_("link om online mee te doen"), max_length=500, blank=True)
    leervraag_deadline = models.DateTimeField(_("leervragen inleveren tot"), null=True, blank=True)
    clip_deadline = models.DateTimeField(_("fragmenten plaatsen tot"), null=True, blank=True)
    feedback_deadline = models.DateTimeField(_("feedback geven tot"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    current_item = models.ForeignKey(
        "AgendaItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    ics_sequence = models.PositiveIntegerField(default=0, editable=False)
    ics_uid = models.UUIDField(default=uuid4, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        ordering = ["group", "position"]
        constraints = [
            models.UniqueConstraint(fields=["group", "position"], name="meetings_meeting_position_unique"),
            models.UniqueConstraint(
                fields=["group"], condition=Q(kind="introduction"), name="meetings_meeting_one_introduction"
            ),
            models.UniqueConstraint(fields=["group"], condition=Q(kind="closing"), name="meetings_meeting_one_closing"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def number_name(self) -> str:
        """ "Introductie", "Bijeenkomst 2" or "Afsluiting"."""
        if self.kind == self.Kind.NETWORK:
            return _("Bijeenkomst %(number)d") % {"number": self.position}
        return str(self.Kind(self.kind).label)

    @property
    def title(self) -> str:
        """The topic where there is one, else the number name."""
        return self.topic.title if self.topic else self.number_name

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.ENDED, self.State.CANCELLED)


class AgendaItem(models.Model):
    """An onderdeel: a timed part of a meeting. `minutes` is planned; `extra_minutes` is what the coach added live."""

    class Kind(models.TextChoices):
        START = "start", _("Start")
        LEARNING = "learning", _("Netwerkleren")
        TALENT = "talent", _("Talentmomenten")
        PITCH = "pitch", _("Pitch van de expert")
        BREAK = "break", _("Pauze")
        MEETLAT = "meetlat", _("Leervragen langs de meetlat")
        ANSWERING = "answering", _("Leervragen beantwoorden")
        VIDEO = "video", _("Videovoorbeelden en collegiale feedback")
        PREPARATION = "preparation", _("Voorbereiding volgende bijeenkomst")
        EVALUATION = "evaluation", _("Evaluatie video, feedback en leeromgeving")
        STORIES = "stories", _("Waardecreatieverhalen")
        GRAPH = "graph", _("Gedragspatroongrafiek")
        CLOSING = "closing", _("Afsluiting")
        OTHER = "other", _("Eigen onderdeel")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("onderdeel"), max_length=LINE)
    minutes = models.PositiveSmallIntegerField(_("minuten"), validators=[MinValueValidator(1), MaxValueValidator(240)])
    means = models.CharField(_("middelen"), max_length=LINE, blank=True)
    purpose = models.CharField(_("doel en verloop"), max_length=500, blank=True)
    extra_minutes = models.SmallIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    paused = models.DurationField(default=timedelta, editable=False)

    class Meta:
        verbose_name = _("onderdeel")
        verbose_name_plural = _("onderdelen")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="meetings_agendaitem_position_unique")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_break(self) -> bool:
        return self.kind == self.Kind.BREAK


class ExpertQuerySet(models.QuerySet["Expert"]):
    def visible_to(self, actor: Actor) -> "ExpertQuerySet":
        return self.filter(group__in=NetworkGroup.objects.visible_to(actor))


class Expert(models.Model):
    """A guest for one meeting, an equal in the talk after the pitch: a contact of the group, without an account."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="experts")
    name = models.CharField(_("naam"), max_length=80)
    email = models.EmailField(_("e-mailadres"))
    description = models.CharField(_("wie is dit?"), max_length=LINE, blank=True, help_text=_("Zoals: orthopedagoog"))

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        words = self.name.split() or ["?"]
        return "".join(word[0] for word in ([words[0]] if len(words) == 1 else [words[0], words[-1]])).upper()


class ExpertInvitationQuerySet(models.QuerySet["ExpertInvitation"]):
    def visible_to(self, actor: Actor) -> "ExpertInvitationQuerySet":
        if getattr(actor, "is_guest", False):
            return self.filter(pk=actor.invitation_id)
        return self.filter(meeting__in=Meeting.objects.visible_to(actor))

    def live(self) -> "ExpertInvitationQuerySet":
        return self.filter(revoked_at__isnull=True)


class ExpertInvitation(models.Model):
    """An expert asked for a meeting. At most one that is not revoked and not answered with no."""

    class Answer(models.TextChoices):
        OPEN = "open", _("nog geen antwoord")
        YES = "yes", _("komt")
        NO = "no", _("kan niet")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="expert_invitations")
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    message = models.TextField(_("persoonlijke boodschap"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    answer = models.CharField(max_length=4, choices=Answer, default=Answer.OPEN)
    remark = models.CharField(_("opmerking"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ExpertInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging van een expert")
        verbose_name_plural = _("uitnodigingen van experts")
        ordering = ["created"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(revoked_at__isnull=True) & ~Q(answer="no"),
                name="meetings_expertinvitation_one_at_a_time",
                violation_error_message=_("Er is al een expert gevraagd voor deze bijeenkomst."),
            )
        ]

    def __str__(self) -> str:
        return f"expert invitation {self.pk}"


class ExpertLink(models.Model):
    """One mail's link: a hash of its token, and when it ends. Revoking the invitation ends all of its links."""

    invitation = models.ForeignKey(ExpertInvitation, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"expert link {self.pk}"


class Attendance(models.Model):
    class Status(models.TextChoices):
        PRESENT = "present", _("aanwezig")
        ONLINE = "online", _("online")
        ABSENT = "absent", _("afgemeld")
        LATE = "late", _("later")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendance")
    status = models.CharField(max_length=8, choices=Status)

    class Meta:
        verbose_name = _("aanwezigheid")
        verbose_name_plural = _("aanwezigheid")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership"], name="meetings_attendance_once_per_meeting")
        ]

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class MeetingOwnedQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> "MeetingOwnedQuerySet":
        """For members only: a guest sees what the group wrote about itself nowhere."""
        if not is_user(actor):
            return self.none()
        return self.filter(meeting__in=Meeting.objects.visible_to(actor))


class Evaluation(models.Model):
    """What the group says in the closing talk, as one scribe writes it down. No ratings (domain.md section 3)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="evaluation")
    scribe = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    tops = models.TextField(_("tops"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    tips = models.TextField(_("tips"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    obstacles = models.TextField(_("wat hield jullie op?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    open_questions = models.TextField(
        _("met welke vragen zitten jullie nog?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)]
    )
    saved_at = models.DateTimeField(auto_now=True)

    objects = MeetingOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluatie")
        verbose_name_plural = _("evaluaties")

    def __str__(self) -> str:
        return f"evaluation {self.pk}"


class ImprovementPoint(models.Model):
    """ "Dit doen we anders": named by the group in `meeting`, carried out (ticked) in a later one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="improvement_points")
    text = models.CharField(_("dit doen we anders"), max_length=500)
    done_in = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    objects = MeetingOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("verbeterpunt")
        verbose_name_plural = _("verbeterpunten")
        ordering = ["created"]

    def __str__(self) -> str:
        return f"improvement point {self.pk}"


class Agreement(models.Model):
    """An afspraak: who does what by when."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agreements")
    text = models.CharField(_("wat"), max_length=500)
    owner = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("wie"),
        help_text=_("Leeg: de hele groep"),
    )
    due = models.DateField(_("wanneer"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = MeetingOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("afspraak")
        verbose_name_plural = _("afspraken")
        ordering = [F("due").asc(nulls_last=True), "created"]

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class ChecklistTick(models.Model):
    """A line of the checklist that a person ticked; what the portal knows by itself is a `Fact`."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="ticks")
    key = models.CharField(max_length=60)
    ticked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "key"], name="meetings_checklisttick_once")]

    def __str__(self) -> str:
        return f"tick {self.key}"
