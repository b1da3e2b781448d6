"""What the group says at the end of a meeting: evaluation, verbeterpunten and afspraken."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID, uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import PARAGRAPH, Membership
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of
from netwerkleren.base.written import written_once

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
        found = next(iter(_evaluation_of(meeting.pk)), None)
        return found or Evaluation(meeting=meeting)


class Evaluation(models.Model):
    """What the group says in the closing talk, as one scribe writes it down. No ratings (docs/domain.md#the-talk)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="evaluation")
    scribe = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    giving = models.TextField(_("feedback geven"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    getting = models.TextField(_("feedback krijgen"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    portal = models.TextField(_("het filmen en het portaal"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    tops = models.TextField(_("tops"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    tips = models.TextField(_("tips"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    obstacles = models.TextField(_("wat zat tegen?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    open_questions = models.TextField(
        _("met welke vragen zitten jullie nog?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)]
    )
    ahead = models.TextField(_("hoe gaan we verder?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    asks_first = models.BooleanField(
        default=False, editable=False, help_text="everyone writes two lines on the own phone before the talk"
    )
    saved_at = models.DateTimeField(auto_now=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluatie")
        verbose_name_plural = _("evaluaties")

    def __str__(self) -> str:
        return f"evaluation {self.pk}"

    def version_of(self, names: Iterable[str]) -> str:
        """What a scribe of one part starts from: two who write in two parts never meet."""
        return version_of(*(getattr(self, name) for name in names))

    @property
    def said(self) -> list[tuple[str, str]]:
        """(question, answer) of what the group said something about."""
        asked = [
            (_("Tops"), self.tops),
            (_("Tips"), self.tips),
            (_("Wat zat tegen?"), self.obstacles),
            (_("Feedback geven"), self.giving),
            (_("Feedback krijgen"), self.getting),
            (_("Het filmen en het portaal"), self.portal),
            (_("Met welke vragen bleven jullie zitten?"), self.open_questions),
            (_("Hoe gaan we verder?"), self.ahead),
        ]
        return [(str(question), answer) for question, answer in asked if answer]


@written_once
def _evaluation_of(meeting: UUID) -> models.QuerySet[Evaluation]:
    return Evaluation.objects.filter(meeting=meeting).select_related("scribe__user")


class LookBack(models.TextChoices):
    """The parts of the talk (docs/domain.md#the-talk), each opened by its own onderdeel."""

    ANSWERING = "answering", _("Het beantwoorden van de leervragen")
    FILM = "film", _("Het filmen en de feedback")
    WHOLE = "whole", _("De bijeenkomst als geheel")
    AHEAD = "ahead", _("Na dit traject")


class ImprovementPoint(models.Model):
    """ "Dit doen we anders": named by the group in `meeting`, carried out (ticked) in a later one.

    One list, whatever the group looked back on; `about` is the part of the talk in which it was named.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="improvement_points")
    about = models.CharField(max_length=9, choices=LookBack, default=LookBack.WHOLE, editable=False)
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


class AgreementQuerySet(MeetingOwnedQuerySet["Agreement"]):
    def still_open(self) -> "AgreementQuerySet":
        """Neither done nor let go; one that somebody is busy with is open."""
        return self.filter(done_at=None, dropped_at=None)

    def still_open_or_answered_today(self) -> "AgreementQuerySet":
        """For who may take an answer back as long as the day lasts."""
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        done = Q(done_at=None) | Q(done_at__gte=today)
        return self.filter(done, Q(dropped_at=None) | Q(dropped_at__gte=today))


class Agreement(models.Model):
    """An afspraak: who does what by when. Who does it may say how it stands."""

    class Reply(models.TextChoices):
        DONE = "done", _("gedaan")
        BUSY = "busy", _("nog bezig")
        DROPPED = "dropped", _("hoeft niet meer")

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
    busy_at = models.DateTimeField(null=True, blank=True, editable=False)
    dropped_at = models.DateTimeField(null=True, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("afspraak")
        verbose_name_plural = _("afspraken")
        ordering = [F("due").asc(nulls_last=True), "created"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, busy_at=None)
                | Q(done_at=None, dropped_at=None)
                | Q(busy_at=None, dropped_at=None),
                name="meetings_agreement_stands_in_one_way",
            )
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"

    @property
    def reply(self) -> "Agreement.Reply | None":
        """How it stands; None while nobody said."""
        moments = {
            self.Reply.DONE: self.done_at,
            self.Reply.BUSY: self.busy_at,
            self.Reply.DROPPED: self.dropped_at,
        }
        return next((reply for reply, moment in moments.items() if moment), None)

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None

    def stand(self, reply: "Agreement.Reply | None") -> None:
        """Sets how it stands from now on; saves nothing."""
        now = timezone.now()
        self.done_at = now if reply == self.Reply.DONE else None
        self.busy_at = now if reply == self.Reply.BUSY else None
        self.dropped_at = now if reply == self.Reply.DROPPED else None
