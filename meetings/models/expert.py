"""The expert of a meeting: a guest by link, without an account."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, Membership, NetworkGroup, User, group_ids_of
from netwerkleren.base.access import Actor
from netwerkleren.base.names import initials_of

from ..actors import ExpertGuest
from .meeting import Meeting

PITCH_MINUTES = 15
"""The length of an expert's pitch (docs/domain.md#expert)."""

EXPERT_LINK_DAYS = 14
"""An expert's link ends this many days after the meeting (docs/security.md X1)."""


class ExpertQuerySet(models.QuerySet["Expert"]):
    def visible_to(self, actor: Actor) -> "ExpertQuerySet":
        return self.filter(group__in=group_ids_of(actor))


class Expert(models.Model):
    """A guest for one meeting, an equal in the talk after the pitch: a contact of the group, without an account."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="experts")
    name = models.CharField(_("naam"), max_length=80)
    email = models.EmailField(_("e-mailadres"))
    description = models.CharField(_("wie is dit?"), max_length=LINE, blank=True, help_text=_("Zoals: orthopedagoog"))

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return initials_of(self.name) or "?"


class ExpertInvitationQuerySet(models.QuerySet["ExpertInvitation"]):
    def visible_to(self, actor: Actor) -> "ExpertInvitationQuerySet":
        if isinstance(actor, ExpertGuest):
            return self.filter(pk=actor.invitation_id)
        return self.filter(meeting__in=Meeting.objects.visible_to(actor))

    def live(self) -> "ExpertInvitationQuerySet":
        return self.filter(revoked_at__isnull=True)

    def asked(self) -> "ExpertInvitationQuerySet":
        """Who comes or may come: asked, and not with a no. At most one of a meeting."""
        return self.live().exclude(answer=ExpertInvitation.Answer.NO)

    def standing_first(self) -> "ExpertInvitationQuerySet":
        """Who comes or may come before who said no, also when that one was asked later; then the latest."""
        says_no = Case(When(answer=ExpertInvitation.Answer.NO, then=1), default=0)
        return self.order_by(says_no, "-created")

    def meeting_without(self, group: NetworkGroup) -> Meeting | None:
        """The first netwerkbijeenkomst to come for which nobody is asked."""
        to_come = Meeting.objects.of_group(group).upcoming().filter(kind=Meeting.Kind.NETWORK)
        return to_come.exclude(pk__in=self.asked().filter(meeting__group=group).values("meeting")).first()

    def coming(self) -> "ExpertInvitationQuerySet":
        return self.live().filter(answer=ExpertInvitation.Answer.YES)

    def with_asker(self) -> "ExpertInvitationQuerySet":
        """Adds `asker_leads`: whether who asked is a coach of the group now, with an account that is there."""
        leads = Membership.objects.current().coaches().filter(user__is_active=True)
        own = leads.filter(user=OuterRef("invited_by"), group=OuterRef("meeting__group"))
        return self.select_related("invited_by").annotate(asker_leads=Exists(own))


class ExpertInvitation(models.Model):
    """An expert asked for a meeting. At most one that is not revoked and not answered with no."""

    class Answer(models.TextChoices):
        OPEN = "open", _("nog geen antwoord")
        YES = "yes", _("komt")
        NO = "no", _("kan niet")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="expert_invitations")
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    message = models.TextField(_("persoonlijke boodschap"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    answer = models.CharField(max_length=4, choices=Answer, default=Answer.OPEN)
    remark = models.CharField(_("opmerking"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ExpertInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging van een expert")
        verbose_name_plural = _("uitnodigingen van experts")
        ordering = ["created"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(revoked_at__isnull=True) & ~Q(answer="no"),
                name="meetings_expertinvitation_one_at_a_time",
                violation_error_message=_("Er is al een expert gevraagd voor deze bijeenkomst."),
            )
        ]

    def __str__(self) -> str:
        return f"expert invitation {self.pk}"

    @property
    def coach_to_ask(self) -> User | None:
        """Whom the expert's page names: who asked, of the rows of `with_asker` only who leads the group still."""
        return self.invited_by if getattr(self, "asker_leads", True) else None

    @property
    def coaches_to_hear(self) -> list[User]:
        """Who asked, and what the expert answers is for; the coaches of now once that one leads the group no more."""
        coaches = Membership.objects.current().coaches().filter(group=self.meeting.group_id, user__is_active=True)
        people = [own.user for own in coaches.with_people()]
        return [user for user in people if user.pk == self.invited_by_id] or people

    @property
    def is_asked(self) -> bool:
        """One of the rows of `asked()`."""
        return self.revoked_at is None and self.answer != self.Answer.NO


class ExpertLink(models.Model):
    """One mail's link: a hash of its token. Revoking the invitation ends all of its links."""

    invitation = models.ForeignKey(ExpertInvitation, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"expert link {self.pk}"

    @property
    def ends_at(self) -> datetime | None:
        """EXPERT_LINK_DAYS after the meeting, wherever its date moved to; None while it has neither date nor end."""
        meeting = self.invitation.meeting
        held_at = meeting.starts_at or meeting.ended_at
        return held_at + timedelta(days=EXPERT_LINK_DAYS) if held_at else None
