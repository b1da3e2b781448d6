"""Talent that someone saw."""

from uuid import UUID, uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from groups.models import PARAGRAPH, Membership, NetworkGroup, group_ids_of, name_columns
from meetings.models import Meeting
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.written import written_once

from .clip import Clip, ClipQuerySet, standing_of


class TalentmomentQuerySet(models.QuerySet["Talentmoment"]):
    def visible_to(self, actor: Actor) -> "TalentmomentQuerySet":
        return self.in_groups(group_ids_of(actor))

    def in_groups(self, groups: list[UUID]) -> "TalentmomentQuerySet":
        return self.filter(author__group__in=groups)

    def with_people(self) -> "TalentmomentQuerySet":
        return self.select_related("author__user", "author__group", "meeting__topic")

    def not_shown_yet(self) -> "TalentmomentQuerySet":
        """For a meeting that is still to come, or for none yet, in a group that someone is in now."""
        is_to_come = Q(meeting=None) | Q(meeting__in=Meeting.objects.upcoming().order_by())
        return self.filter(is_to_come, author__left=None, author__group__closed_at=None)

    def as_read_by(self, actor: Actor) -> "TalentmomentQuerySet":
        """Those of `visible_to`, with people and `shows_clip`: the reader may watch the fragment that goes with it."""
        return self.visible_to(actor).with_people().with_clips_of(Clip.objects.visible_to(actor))

    def with_clips_of(self, watched: ClipQuerySet) -> "TalentmomentQuerySet":
        return self.annotate(shows_clip=Exists(watched.filter(pk=OuterRef("clip"), state=Clip.State.READY)))


class Talentmoment(models.Model):
    """Talent that showed between pupil, adult and task (docs/domain.md#film). No pupil's name in it."""

    class Sign(models.TextChoices):
        ENTHUSIASTIC = "enthusiastic", _("is enthousiast")
        CURIOUS = "curious", _("is nieuwsgierig")
        INVOLVED = "involved", _("is betrokken")
        EXPLORES = "explores", _("onderzoekt")
        REASONS = "reasons", _("redeneert")
        DRAWS_HELP = "draws_help", _("lokt hulp uit")

    class Whom(models.TextChoices):
        PUPIL = "pupil", _("een leerling")
        COLLEAGUE = "colleague", _("een collega")
        OTHER = "other", _("iemand anders")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="talentmomenten")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="talentmomenten"
    )
    whom = models.CharField(_("Bij wie?"), max_length=9, choices=Whom, default=Whom.PUPIL)
    text = models.TextField(_("Wat zag je?"), validators=[MaxLengthValidator(PARAGRAPH)])
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
    clip_on_wall = models.BooleanField(default=False, help_text="its owner lets the wall show the fragment too")
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
    def whom_label(self) -> str:
        """Said only where it is no pupil, as it mostly is."""
        return "" if self.whom == self.Whom.PUPIL else str(self.Whom(self.whom).label)

    @property
    def sign_labels(self) -> list[str]:
        return [str(self.Sign(sign).label) for sign in self.signs if sign in self.Sign.values]


OF_THE_WALL = ("whom", "text", "signs", "before", "after", "clip", "clip_on_wall", "created", "author__user")


@written_once
def _on_wall(
    meeting: UUID, of: list[UUID], user: UUID, mine: list[UUID], groups: list[UUID], pairs: list[UUID]
) -> TalentmomentQuerySet:
    watched = Clip.objects.watched_by(user, mine, groups, pairs)
    rows = Talentmoment.objects.in_groups(of).filter(meeting=meeting).with_clips_of(watched)
    return rows.select_related("author__user").only(*OF_THE_WALL, *name_columns("author__user"))


def wall_of(meeting: Meeting, actor: Actor) -> list[Talentmoment]:
    """Those of `as_read_by` of one meeting, as its wall shows them."""
    return _on_wall(meeting.pk, group_ids_of(actor), *standing_of(actor)) if is_user(actor) else []
