"""Fragments of film, who may watch them, the feedback on them, and talentmomenten."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, Membership, NetworkGroup, School
from meetings.models import Meeting
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.models import Leased, LeasedQuerySet

UPLOAD_DAYS = 3
"""An upload that nobody carries on with is thrown away after this many days."""


def footage() -> Storage:
    """Where films and posters are kept: private, on disk or in a bucket."""
    return storages["footage"]


class ClipQuerySet(LeasedQuerySet["Clip"]):
    def visible_to(self, actor: Actor) -> "ClipQuerySet":
        """What the actor may watch: own work, what one uploads for another until it is handed over, what was shared.

        Shared is not enough: the parents' consent that the owner states must cover the watcher too (security.md P1).
        """
        if not is_user(actor):
            return self.none()
        mine = Membership.objects.current().filter(user=actor)
        uploading = Q(uploaded_by__in=mine.values("pk"), handed_over_at__isnull=True)
        for_maatje = Q(audience=Clip.Audience.MAATJE, owner__pair__in=mine.exclude(pair=None).values("pair"))
        for_group = Q(audience=Clip.Audience.GROUP, owner__group__in=mine.values("group"))
        shared = Q(state=Clip.State.READY, owner__left__isnull=True) & (for_maatje | for_group)
        consented = Exists(ConsentedWatcher.objects.of_clip(OuterRef("pk")).filter(membership__in=mine.values("pk")))
        return self.not_erased().filter(Q(owner__user=actor) | uploading | (shared & consented))

    def not_erased(self) -> "ClipQuerySet":
        return self.exclude(state=Clip.State.ERASED)

    def owned_by(self, actor: Actor) -> "ClipQuerySet":
        return self.not_erased().filter(owner__user=actor)

    def with_people(self) -> "ClipQuerySet":
        return self.select_related(
            "owner__user", "owner__group", "owner__school", "uploaded_by__user", "meeting__topic", "upload"
        )


class Clip(Leased):
    """A fragment. It belongs to the teacher whose work it shows, whoever held the camera (domain.md section 5)."""

    class State(models.TextChoices):
        UPLOADING = "uploading", _("wacht op de opname")
        QUEUED = "queued", _("wacht op omzetten")
        CONVERTING = "converting", _("wordt omgezet")
        READY = "ready", _("klaar")
        FAILED = "failed", _("mislukt")
        ERASED = "erased", _("gewist")

    class Audience(models.TextChoices):
        ALONE = "alone", _("alleen jij")
        MAATJE = "maatje", _("jij en je maatje")
        GROUP = "group", _("de groep")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # Protected: a film must be erased from the store before its row may go, and never because the maatje left.
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="clips", verbose_name=_("van"))
    uploaded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="uploaded_clips")
    handed_over_at = models.DateTimeField(null=True, blank=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="clips", verbose_name=_("bijeenkomst")
    )
    title = models.CharField(_("titel"), max_length=LINE)
    goal = models.TextField(_("leerdoel van deze les"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.ALONE)
    tips_opened = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="of the conversion, 0 to 100")
    reason = models.CharField(max_length=20, blank=True, help_text="why it failed: a media.Reason, or crashed")
    video = models.FileField(storage=footage, blank=True, max_length=200)
    poster = models.FileField(storage=footage, blank=True, max_length=200)
    duration_ms = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    has_audio = models.BooleanField(default=False)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes that are stored")
    created = models.DateTimeField(auto_now_add=True)

    objects = ClipQuerySet.as_manager()

    class Meta:
        verbose_name = _("fragment")
        verbose_name_plural = _("fragmenten")
        ordering = ["-created"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(video="") & ~Q(poster="") & Q(duration_ms__gt=0)),
                name="video_feedback_clip_ready_has_a_film",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="video_feedback_clip_progress_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"clip {self.pk}"

    @property
    def group(self) -> NetworkGroup:
        return self.owner.group

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_shared(self) -> bool:
        return self.audience != self.Audience.ALONE

    @property
    def is_handed_over(self) -> bool:
        return self.handed_over_at is not None


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, actor: Actor) -> "UploadQuerySet":
        """An upload is carried on by the one who began it."""
        if not is_user(actor):
            return self.none()
        mine = Membership.objects.current().filter(user=actor)
        return self.filter(clip__uploaded_by__in=mine.values("pk"), clip__state=Clip.State.UPLOADING)


def upload_end() -> Any:
    return timezone.now() + timedelta(days=UPLOAD_DAYS)


class Upload(models.Model):
    """A recording on its way in (tus 1.0). How much there is, says the size of the file: a crash cannot make it lie."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clip = models.OneToOneField(Clip, on_delete=models.CASCADE, related_name="upload")
    length = models.PositiveBigIntegerField(help_text="bytes that were announced")
    filename = models.CharField(max_length=255, blank=True, help_text="only shown to who uploads, to find it again")
    created = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=upload_end)

    objects = UploadQuerySet.as_manager()

    def __str__(self) -> str:
        return f"upload {self.pk}"

    @property
    def path(self) -> Path:
        return Path(settings.UPLOAD_DIR) / str(self.pk)

    @property
    def offset(self) -> int:
        """Bytes that are in."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    @property
    def percent(self) -> int:
        return self.offset * 100 // self.length if self.length else 0


class ConsentStatement(models.Model):
    """What the owner states about the parents' consent: by whom, when, which words, for which watchers.

    The forms themselves stay at school. One statement of a clip is in force; a new one ends the one before.
    """

    class Scope(models.TextChoices):
        OWN_SCHOOL = "own_school", _("De ouders zijn geïnformeerd")
        ALL_PARENTS = "all_parents", _("Alle ouders gaven toestemming")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="statements")
    given_by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=12, choices=Scope)
    includes_guests = models.BooleanField(default=False)
    text = models.TextField()
    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

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


class ConsentedWatcherQuerySet(models.QuerySet["ConsentedWatcher"]):
    def of_clip(self, clip: Any) -> "ConsentedWatcherQuerySet":
        """Those whom the statement in force covers now: still a member, still of the school that they had then.

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
            statement__clip=clip,
            statement__ended_at__isnull=True,
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


class ClipView(models.Model):
    """Someone else watched a clip: when first and when last. Only its owner sees this."""

    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="views")
    watcher = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["first_at"]
        constraints = [
            models.UniqueConstraint(fields=["clip", "watcher"], name="video_feedback_clipview_once_per_watcher")
        ]

    def __str__(self) -> str:
        return f"view {self.pk}"


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, actor: Actor) -> "FeedbackQuerySet":
        """Own feedback, and what was sent on a clip that one may see."""
        if not is_user(actor):
            return self.none()
        sent = Q(sent_at__isnull=False)
        return self.filter(Q(giver__user=actor) | sent, clip__in=Clip.objects.visible_to(actor))

    def drafts(self) -> "FeedbackQuerySet":
        return self.filter(sent_at__isnull=True)

    def sent(self) -> "FeedbackQuerySet":
        return self.filter(sent_at__isnull=False)


class Feedback(models.Model):
    """What one person says about a clip. A draft until it is sent as a whole; nobody else sees a draft."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="feedback")
    giver = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="given_feedback")
    created = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    seen_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="when the owner opened it")

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["sent_at", "created"]
        constraints = [
            models.UniqueConstraint(
                fields=["clip", "giver"],
                condition=Q(sent_at__isnull=True),
                name="video_feedback_feedback_one_draft",
            )
        ]

    def __str__(self) -> str:
        return f"feedback {self.pk}"


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, actor: Actor) -> "RemarkQuerySet":
        """Tops, vragen and talentmomenten are for all who may see the clip; tips for its owner, who may open them."""
        if not is_user(actor):
            return self.none()
        tips_too = Q(feedback__clip__owner__user=actor) | Q(feedback__clip__tips_opened=True)
        others = Q(feedback__sent_at__isnull=False) & (~Q(kind=Remark.Kind.TIP) | tips_too)
        return self.filter(Q(feedback__giver__user=actor) | others, feedback__clip__in=Clip.objects.visible_to(actor))

    def in_order(self) -> "RemarkQuerySet":
        return self.select_related("feedback__giver__user", "feedback__clip").order_by("start_ms", "created")


class Remark(models.Model):
    """A top, tip, vraag or talentmoment at a moment of the film, or over a stretch. Times in ms of our film."""

    class Kind(models.TextChoices):
        TOP = "top", _("Top")
        TIP = "tip", _("Tip")
        VRAAG = "vraag", _("Vraag")
        TALENTMOMENT = "talent", _("Talentmoment")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(_("soort"), max_length=8, choices=Kind, default=Kind.TOP)
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(_("wat wil je zeggen?"), validators=[MaxLengthValidator(PARAGRAPH)])
    created = models.DateTimeField(auto_now_add=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("reactie")
        verbose_name_plural = _("reacties")
        ordering = ["start_ms", "created"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_ms__isnull=True) | Q(end_ms__gt=F("start_ms")),
                name="video_feedback_remark_ends_after_its_start",
                violation_error_message=_("Het einde van het stuk film ligt na het begin."),
            )
        ]

    def __str__(self) -> str:
        return f"remark {self.pk}"

    @property
    def percent(self) -> int:
        """Where it begins on the film's track."""
        return self._percent(self.start_ms)

    @property
    def end_percent(self) -> int | None:
        """Where its stretch ends on the track; None for a moment."""
        return None if self.end_ms is None else self._percent(self.end_ms)

    def _percent(self, moment_ms: int) -> int:
        return min(100, round(100 * moment_ms / max(self.feedback.clip.duration_ms, 1)))


class TalentmomentQuerySet(models.QuerySet["Talentmoment"]):
    def visible_to(self, actor: Actor) -> "TalentmomentQuerySet":
        return self.filter(author__group__in=NetworkGroup.objects.visible_to(actor))

    def with_people(self) -> "TalentmomentQuerySet":
        return self.select_related("author__user", "author__group", "meeting__topic")


class Talentmoment(models.Model):
    """Talent that showed between pupil, adult and task (playbook, bijlage 2). No pupil's name in it."""

    class Sign(models.TextChoices):
        ENTHUSIASTIC = "enthusiastic", _("is enthousiast")
        CURIOUS = "curious", _("is nieuwsgierig")
        INVOLVED = "involved", _("is betrokken")
        EXPLORES = "explores", _("onderzoekt")
        REASONS = "reasons", _("redeneert")
        DRAWS_HELP = "draws_help", _("haalt er hulp bij")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="talentmomenten")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="talentmomenten"
    )
    text = models.TextField(_("Wat zag je een leerling doen?"), validators=[MaxLengthValidator(PARAGRAPH)])
    signs = models.JSONField(default=list, blank=True, help_text="a list of Sign")
    before = models.TextField(_("Wat deed jij net daarvoor?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    after = models.TextField(_("Wat kwam erna?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    clip = models.ForeignKey(
        Clip,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="talentmomenten",
        verbose_name=_("fragment"),
    )
    created = models.DateTimeField(auto_now_add=True)

    objects = TalentmomentQuerySet.as_manager()

    class Meta:
        verbose_name = _("talentmoment")
        verbose_name_plural = _("talentmomenten")
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"talentmoment {self.pk}"

    @property
    def group(self) -> NetworkGroup:
        return self.author.group

    @property
    def sign_labels(self) -> list[str]:
        return [str(self.Sign(sign).label) for sign in self.signs if sign in self.Sign.values]
