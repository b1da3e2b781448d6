"""What stands with a meeting while it is led: who did what last, and what who leads jots down."""

from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, Membership, NetworkGroup, User
from netwerkleren.base.access import Actor, is_user

from .meeting import AgendaItem, Meeting


class LeadingNoteQuerySet(models.QuerySet["LeadingNote"]):
    def visible_to(self, actor: Actor) -> "LeadingNoteQuerySet":
        """For the coaches of the group, and for who wrote it while leading the day; the group never reads it."""
        if not is_user(actor):
            return self.none()
        return self.filter(Q(meeting__group__in=NetworkGroup.objects.led_by(actor)) | Q(writer__user=actor.pk))

    def of(self, meeting: Meeting) -> "LeadingNoteQuerySet":
        """Each with the name of its writer, in the order of writing."""
        return self.filter(meeting=meeting).select_related("writer__user")


class LeadingNote(models.Model):
    """A quick note of who leads, kept with the onderdeel that was on: for the coach, afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="leading_notes")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=LINE, blank=True, help_text="of the onderdeel, also when it is taken off")
    writer = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("notitie"), validators=[MaxLengthValidator(PARAGRAPH)])
    created = models.DateTimeField(auto_now_add=True)

    objects = LeadingNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("notitie bij het leiden")
        verbose_name_plural = _("notities bij het leiden")
        ordering = ["created"]

    def __str__(self) -> str:
        return f"leading note {self.pk}"


class LastAct(models.Model):
    """What someone did last to a meeting that runs, for the others who look at it. It ends with the meeting."""

    class Kind(models.TextChoices):
        BEGAN = "began", _("begon de bijeenkomst")
        WENT = "went", _("ging verder")
        PUT_OFF = "put_off", _("stelde uit")
        STOPPED = "stopped", _("zette de tijd stil")
        RESUMED = "resumed", _("liet de tijd lopen")
        TIMED = "timed", _("gaf andere minuten")

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, primary_key=True, related_name="last_act")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=LINE, blank=True, help_text="of the onderdeel that it was about")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("laatste stap bij het leiden")
        verbose_name_plural = _("laatste stappen bij het leiden")

    def __str__(self) -> str:
        return f"last act in {self.pk}"

    @property
    def words(self) -> str:
        """ "Hanneke ging verder naar “Pauze”."."""
        return str(ACT_WORDS[self.Kind(self.kind)] % {"name": self.by.first_name, "title": self.title})


ACT_WORDS = {
    LastAct.Kind.BEGAN: _("%(name)s begon de bijeenkomst."),
    LastAct.Kind.WENT: _("%(name)s ging verder naar “%(title)s”."),
    LastAct.Kind.PUT_OFF: _("%(name)s stelde “%(title)s” uit."),
    LastAct.Kind.STOPPED: _("%(name)s zette de tijd stil."),
    LastAct.Kind.RESUMED: _("%(name)s liet de tijd weer lopen."),
    LastAct.Kind.TIMED: _("%(name)s gaf “%(title)s” andere minuten."),
}
