"""The meetlat of a meeting, and the groups of strips on it."""

from uuid import uuid4

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models import PARAGRAPH, Membership
from meetings.models import Meeting
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of

from .leervraag import Leervraag

NUMBERS = range(1, 11)
"""The meetlat, from least to most complex. Numbers are no grades."""
MINUTES_KEPT_BACK = 8
"""Of the minutes for answering, kept for Afronden and Terugkijken (docs/domain.md#meetlat)."""


class MeetlatQuerySet(models.QuerySet["Meetlat"]):
    def visible_to(self, actor: Actor) -> "MeetlatQuerySet":
        """For members: an expert sees the meetlat in the room."""
        return self.filter(meeting__in=Meeting.objects.visible_to(actor)) if is_user(actor) else self.none()


class Meetlat(models.Model):
    """How far a meeting is with its leervragen. The row is made at the first change; every next one locks it."""

    class Step(models.IntegerChoices):
        """The steps of the method. An address names one by its number; only here is written how."""

        LAYING = 1, _("Leggen")
        CHECKING = 2, _("Controleren")
        ANSWERING = 3, _("Beantwoorden")
        FINISHING = 4, _("Afronden")
        LOOKING_BACK = 5, _("Terugkijken")

        @property
        def query(self) -> str:
            """What an address of the meetlat ends on to show this step."""
            return f"?step={self.value}"

        @classmethod
        def read(cls, text: str | None) -> "Meetlat.Step | None":
            return next((step for step in cls if str(step.value) == text), None)

    class Way(models.TextChoices):
        """How the group lays: the talk is the point, so in one room one person lays what all decide."""

        BOARD = "board", _("Aan het bord")
        PHONES = "phones", _("Op ieders telefoon")

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, primary_key=True, related_name="meetlat")
    step = models.PositiveSmallIntegerField(choices=Step, default=Step.LAYING)
    way_chosen = models.CharField(
        max_length=6, choices=Way, blank=True, editable=False, help_text="empty: what fits where the meeting is"
    )
    layer = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="whom the coach lets lay at the board",
    )
    minutes_kept_back = models.PositiveSmallIntegerField(
        _("minuten voor afronden en terugkijken"),
        default=MINUTES_KEPT_BACK,
        validators=[MaxValueValidator(60)],
    )
    minutes_per_question = models.PositiveSmallIntegerField(
        _("minuten per vraag"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Leeg: verdeel de tijd over de vragen."),
    )
    current = models.ForeignKey(
        Leervraag, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    current_since = models.DateTimeField(null=True, blank=True, editable=False)
    went = models.TextField(_("Hoe ging het beantwoorden?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    keep = models.TextField(_("Wat houden we zo?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])

    objects = MeetlatQuerySet.as_manager()

    class Meta:
        verbose_name = _("meetlat")
        verbose_name_plural = _("meetlatten")

    def __str__(self) -> str:
        return f"meetlat {self.pk}"

    @property
    def way(self) -> "Meetlat.Way":
        """What the coach chose. Else at the board where the group sits in one place, and by phone where it does not."""
        return self.Way(self.way_chosen or (self.Way.BOARD if self.meeting.place else self.Way.PHONES))

    @property
    def version(self) -> str:
        """What a writer of Terugkijken starts from."""
        return version_of(self.went, self.keep)


class StripGroupQuerySet(models.QuerySet["StripGroup"]):
    def visible_to(self, actor: Actor) -> "StripGroupQuerySet":
        return self.filter(meetlat__in=Meetlat.objects.visible_to(actor))


class StripGroup(models.Model):
    """Related questions, side by side on one number and answered as one; two at least."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meetlat = models.ForeignKey(Meetlat, on_delete=models.CASCADE, related_name="strip_groups")
    title = models.CharField(_("naam van de groep vragen"), max_length=80, blank=True)

    objects = StripGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("groep vragen")
        verbose_name_plural = _("groepen vragen")

    def __str__(self) -> str:
        return f"strip group {self.pk}"

    @property
    def version(self) -> str:
        """What who names it starts from."""
        return version_of(self.title)
