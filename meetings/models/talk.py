"""What the group says at the end of a meeting: evaluation, verbeterpunten and afspraken."""

from typing import TypeVar
from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from groups.models import PARAGRAPH, Membership
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of

from .meeting import Meeting

M = TypeVar("M", bound=models.Model)


class MeetingOwnedQuerySet(models.QuerySet[M]):
    def visible_to(self, actor: Actor) -> "MeetingOwnedQuerySet[M]":
        """For members only: a guest sees what the group wrote about itself nowhere."""
        if not is_user(actor):
            return self.none()
        return self.filter(meeting__in=Meeting.objects.visible_to(actor))


class EvaluationQuerySet(MeetingOwnedQuerySet["Evaluation"]):
    def of(self, meeting: Meeting) -> "Evaluation":
        """The meeting's evaluation, or an empty one that is not saved yet."""
        found = self.filter(meeting=meeting).select_related("scribe__user").first()
        return found or Evaluation(meeting=meeting)


class Evaluation(models.Model):
    """What the group says in the closing talk, as one scribe writes it down. No ratings (docs/domain.md#the-talk)."""

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

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluatie")
        verbose_name_plural = _("evaluaties")

    def __str__(self) -> str:
        return f"evaluation {self.pk}"

    @property
    def version(self) -> str:
        """What a scribe starts from."""
        return version_of(self.tops, self.tips, self.obstacles, self.open_questions)

    @property
    def said(self) -> list[tuple[str, str]]:
        """(question, answer) of what the group said something about."""
        asked = [
            (_("Tops"), self.tops),
            (_("Tips"), self.tips),
            (_("Wat hield jullie op?"), self.obstacles),
            (_("Met welke vragen bleven jullie zitten?"), self.open_questions),
        ]
        return [(str(question), answer) for question, answer in asked if answer]


class ImprovementPoint(models.Model):
    """ "Dit doen we anders": named by the group in `meeting`, carried out (ticked) in a later one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="improvement_points")
    text = models.CharField(_("dit doen we anders"), max_length=500)
    done_in = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    objects = MeetingOwnedQuerySet["ImprovementPoint"].as_manager()

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

    objects = MeetingOwnedQuerySet["Agreement"].as_manager()

    class Meta:
        verbose_name = _("afspraak")
        verbose_name_plural = _("afspraken")
        ordering = [F("due").asc(nulls_last=True), "created"]

    def __str__(self) -> str:
        return f"agreement {self.pk}"
