"""What someone saw who watched a lesson: moments with a few words, the observer's own (docs/domain.md#film)."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, Membership, NetworkGroup
from netwerkleren.base.access import Actor

from .clip import Clip
from .feedback import Remark

NOTES_KEPT = timedelta(days=90)
"""Fragments are picked by these notes soon after the lesson; nobody needs them longer."""


class ObserverNoteQuerySet(models.QuerySet["ObserverNote"]):
    def visible_to(self, actor: Actor) -> "ObserverNoteQuerySet":
        """One's own alone: also the maatje whose lesson it was reads them only when they are told."""
        return self.filter(observer__user=actor.pk, observer__left=None)

    def of_film(self, clip: Clip, actor: Actor) -> "ObserverNoteQuerySet":
        """One's own of whose work it shows, in order, with `film_starts_at`: when the film began, by these notes."""
        start = NotesStart.objects.filter(clip=clip, observer=OuterRef("observer")).values("starts_at")
        seen = self.visible_to(actor).filter(observed=clip.owner_id).order_by("seen_at", "created")
        # By a dict: to the type checker the model's own and this one would be two.
        return seen.annotate(**{"film_starts_at": Subquery(start)})

    def newest_first(self) -> "ObserverNoteQuerySet":
        return self.select_related("observed__user").order_by("-seen_at", "-created")


class ObserverNote(models.Model):
    """A moment of a lesson that the observer saw, mostly of what goes well. No pupil's name in it.

    `seen_at` is the moment of the tap, by the server's clock: without a network a note comes in later.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    observer = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="observer_notes")
    observed = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Remark.Kind, default=Remark.Kind.TOP)
    text = models.CharField(_("Wat zie je?"), max_length=LINE, blank=True)
    seen_at = models.DateTimeField()
    created = models.DateTimeField(auto_now_add=True)

    film_starts_at: datetime | None = None
    """When the film began, by these notes; an annotation of `of_film()`."""

    objects = ObserverNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("kijknotitie")
        verbose_name_plural = _("kijknotities")
        ordering = ["seen_at", "created"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(observer=models.F("observed")), name="video_feedback_observernote_of_another"
            )
        ]

    def __str__(self) -> str:
        return f"observer note {self.pk}"

    @property
    def group(self) -> NetworkGroup:
        return self.observer.group


class NotesStart(models.Model):
    """When the film of a fragment began, by the clock of an observer's notes: said once, by one note and its moment."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="notes_starts")
    observer = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()

    class Meta:
        verbose_name = _("begin van een film bij kijknotities")
        verbose_name_plural = _("begin van films bij kijknotities")
        constraints = [
            models.UniqueConstraint(fields=["clip", "observer"], name="video_feedback_notesstart_once_per_observer")
        ]

    def __str__(self) -> str:
        return f"start of notes {self.pk}"
