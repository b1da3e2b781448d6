"""What one member has printed: papers of a meeting or a traject, the own edition, a team's page, a certificate."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import Membership, NetworkGroup, group_ids_of
from meetings.models import Meeting
from netwerkleren.base.access import Actor, is_user

from .made import MadePdf, MadePdfQuerySet

EDITION_KEPT = timedelta(days=1)
"""How long the file is there: what is printed later is made anew, from what is true then."""


class EditionQuerySet(MadePdfQuerySet["Edition"]):
    def visible_to(self, actor: Actor) -> "EditionQuerySet":
        """One's own alone: what stands in it may be for nobody else."""
        if not is_user(actor):
            return self.none()
        return self.filter(member__user=actor.pk, member__left=None, group__in=group_ids_of(actor))

    def about_what_is_shared(self) -> "EditionQuerySet":
        """Those that hold what others may take back."""
        return self.filter(kind__in=[Edition.Kind.OWN, Edition.Kind.TEAM])

    def papers_of(self, meeting: Meeting) -> "EditionQuerySet":
        """Those on which questions of the meeting may stand."""
        return self.filter(kind=Edition.Kind.PAPERS, meeting=meeting)

    def past_or_needless(self) -> "EditionQuerySet":
        """Kept long enough, or with a file that nobody may have any more: what a sweep looks at."""
        needless = self.with_needless_file().values("pk")
        return self.filter(Q(created__lte=timezone.now() - EDITION_KEPT) | Q(pk__in=needless))


class Edition(MadePdf):
    """One PDF for one member, made when it is asked for and kept for a day."""

    class Kind(models.TextChoices):
        PAPERS = "papers", _("papier")
        OWN = "own", _("mijn editie")
        TEAM = "team", _("een bladzijde voor mijn team")
        CERTIFICATE = "certificate", _("bewijs van deelname")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="editions")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="editions")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="editions")
    sheets = models.JSONField(default=list, blank=True, help_text="of papers: which, by their code")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pdf om te printen")
        verbose_name_plural = _("pdf's om te printen")
        ordering = ["-created"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="papers") | Q(meeting__isnull=True), name="reports_edition_of_a_meeting_is_papers"
            )
        ]

    def __str__(self) -> str:
        return f"edition {self.pk}"

    @property
    def is_past(self) -> bool:
        return self.created <= timezone.now() - EDITION_KEPT


class PackMailQuerySet(models.QuerySet["PackMail"]):
    def visible_to(self, actor: Actor) -> "PackMailQuerySet":
        return self.filter(member__user=actor.pk, member__left=None)


class PackMail(models.Model):
    """That a coach wants a mail the day before each meeting, with a link to its Printpakket."""

    member = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="pack_mail")
    told_for = models.DateField(null=True, editable=False, help_text="the last date of a meeting that it was sent for")

    objects = PackMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail over het Printpakket")
        verbose_name_plural = _("mails over het Printpakket")

    def __str__(self) -> str:
        return f"pack mail of {self.member_id}"
