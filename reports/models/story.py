"""Mijn verhaal, which its teller makes of the interview."""

from datetime import timedelta
from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.models import Membership, NetworkGroup, group_ids_of
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of

STORY = 12_000
"""The most characters of a story."""
STORY_SHEETS = "story-sheets"
"""The folder of the photos; one a teller below it, and in that names that say nothing."""
SHEET_KEPT = timedelta(days=30)
"""A photo of a sheet is to type over from, and goes by itself when its teller forgets it."""


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


def place_of_sheet(sheet: "StorySheet", name: str) -> str:
    return f"{STORY_SHEETS}/{sheet.teller_id}/{name}"


class StorySheet(models.Model):
    """A photo of the sheet on which an interview was written by hand: its teller's alone, until it is typed over."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    teller = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="story_sheet")
    file = models.FileField(_("foto van je blaadje"), upload_to=place_of_sheet, max_length=200)
    created = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("foto van een blaadje")
        verbose_name_plural = _("foto's van blaadjes")

    def __str__(self) -> str:
        return f"story sheet {self.pk}"
