"""Feedback on a fragment: remarks at moments of the film."""

from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from groups.models import PARAGRAPH, Membership, name_columns
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of, version_of_facts

from .clip import Clip


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, actor: Actor) -> "FeedbackQuerySet":
        """Own feedback, and what was sent on a clip that one may see."""
        if not is_user(actor):
            return self.none()
        sent = Q(sent_at__isnull=False)
        return self.filter(Q(giver__user=actor.pk) | sent, clip__in=Clip.objects.visible_to(actor))

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
        tips_too = Q(feedback__clip__owner__user=actor.pk) | Q(feedback__clip__tips_opened=True)
        others = Q(feedback__sent_at__isnull=False) & (~Q(kind=Remark.Kind.TIP) | tips_too)
        return self.filter(
            Q(feedback__giver__user=actor.pk) | others, feedback__clip__in=Clip.objects.visible_to(actor)
        )

    def on(self, clip: Clip, actor: Actor) -> "RemarkQuerySet":
        """Those of `visible_to` on one clip that gate 1 gave to the actor, without asking that gate again."""
        others = Q(feedback__sent_at__isnull=False)
        if not (clip.tips_opened or clip.owner.user_id == actor.pk):
            others &= ~Q(kind=Remark.Kind.TIP)
        return self.filter(Q(feedback__giver__user=actor.pk) | others, feedback__clip=clip)

    def in_order(self) -> "RemarkQuerySet":
        """As a page shows them: with the name of who said it."""
        given = ("feedback__clip", "feedback__sent_at", "feedback__seen_at", *name_columns("feedback__giver__user"))
        rows = self.select_related("feedback__giver__user").order_by("start_ms", "created")
        return rows.only("kind", "start_ms", "end_ms", "text", "principle", "answer", "helped", *given)


class Remark(models.Model):
    """A top, tip, vraag or talentmoment at a moment of the film, or over a stretch. Times in ms of our film."""

    class Kind(models.TextChoices):
        TOP = "top", _("Top")
        TIP = "tip", _("Tip")
        VRAAG = "vraag", _("Vraag")
        TALENTMOMENT = "talent", _("Talentmoment")

    class Principle(models.TextChoices):
        """The three ways to draw talent out (docs/domain.md#film)."""

        SPACE = "space", _("ruimte")
        STRUCTURE = "structure", _("structuur")
        SUPPORT = "support", _("ondersteuning")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(_("soort"), max_length=8, choices=Kind, default=Kind.TOP)
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(_("wat wil je zeggen?"), validators=[MaxLengthValidator(PARAGRAPH)])
    principle = models.CharField(max_length=9, choices=Principle, blank=True)
    answer = models.TextField(_("antwoord"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    helped = models.BooleanField(default=False, help_text="its owner has something to it; its giver alone sees that")
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
    def kind_name(self) -> str:
        """What `get_kind_display` says, which first makes a table of all kinds, for every remark of a page anew."""
        return str(self.Kind(self.kind).label)

    @property
    def principle_name(self) -> str:
        return str(self.Principle(self.principle).label) if self.principle else ""

    @property
    def version(self) -> str:
        """What its giver starts from who changes it before it is sent."""
        return version_of_facts(self, ("kind", "start_ms", "end_ms", "text", "principle"))

    @property
    def version_of_answer(self) -> str:
        return version_of(self.answer)

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
