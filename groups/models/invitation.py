"""An invitation to a group, or to become a coach."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from netwerkleren.base.access import Actor, is_user

from .group import Membership, NetworkGroup
from .user import User

INVITATION_DAYS = 14
"""How long an invitation can be accepted."""
INVITATION_KEPT_DAYS = 90
"""How long after that the name and address of who did not accept are kept."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unaccepted(self) -> "InvitationQuerySet":
        """What can still be sent again, revoked or expired as it may be."""
        return self.filter(accepted_at__isnull=True)

    def of_coaches(self) -> "InvitationQuerySet":
        """By a beheerder, to become a coach; the others are of a group, whose coach sends them."""
        return self.filter(group__isnull=True)

    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; it may have expired."""
        return self.unaccepted().filter(revoked_at__isnull=True)

    def but_of_who_left(self) -> "InvitationQuerySet":
        """Without the accepted ones of who is a member no more, or by another address: those say nothing of now."""
        members = Membership.objects.current().filter(user__email__iexact=OuterRef("email"), group=OuterRef("group"))
        return self.filter(Q(accepted_at=None) | Exists(members))

    def kept_no_longer(self) -> "InvitationQuerySet":
        """Of who did not join, long after the last day to; a draft waits, for its days have not begun."""
        was_sent = Q(group=None) | Q(group__published_at__isnull=False)
        ended = timezone.now() - timedelta(days=INVITATION_KEPT_DAYS)
        return self.unaccepted().filter(was_sent, expires_at__lte=ended)

    def open(self) -> "InvitationQuerySet":
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def by_token(self, digest: str) -> "Invitation | None":
        """The one whose last mail carried the token with this hash; an empty hash finds none."""
        found = self.select_related("group", "invited_by").filter(token_hash=digest)
        return found.first() if digest else None

    def visible_to(self, actor: Actor) -> "InvitationQuerySet":
        """The invitations of groups that the user leads."""
        return self.filter(group__in=NetworkGroup.objects.led_by(actor)) if is_user(actor) else self.none()


def invitation_end() -> datetime:
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class Invitation(models.Model):
    """A place offered to an e-mail address: accepted once, by POST, while it is open. Only a hash of its token is kept.

    Without a group it invites a coach. The mail mints the token when it is sent, so a new mail ends the old link.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("staat klaar")
        INVITED = "invited", _("uitgenodigd")
        ACCEPTED = "accepted", _("doet mee")
        EXPIRED = "expired", _("verlopen")
        REVOKED = "revoked", _("ingetrokken")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(_("e-mailadres"))
    name = models.CharField(_("naam"), max_length=80, blank=True)
    role = models.CharField(_("rol"), max_length=12, choices=Membership.Role, default=Membership.Role.PARTICIPANT)
    group = models.ForeignKey(
        NetworkGroup,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("groep"),
    )
    token_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    invited_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("uitgenodigd door")
    )
    created = models.DateTimeField(_("gemaakt"), auto_now_add=True)
    expires_at = models.DateTimeField(_("geldt tot"), default=invitation_end, db_index=True)
    accepted_at = models.DateTimeField(_("aangenomen"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("ingetrokken"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["created"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), "group", name="groups_invitation_once_per_group", condition=Q(group__isnull=False)
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="groups_invitation_once_per_coach",
                condition=Q(group__isnull=True, accepted_at__isnull=True),
                violation_error_message=_("Er is al een uitnodiging voor dit e-mailadres."),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def stamp(self) -> str:
        """Of this offer of the place: another once it is sent again, or opened again after it was revoked."""
        return f"{self.pk} {self.expires_at.isoformat()}"

    @property
    def first_name(self) -> str:
        """How the mail greets them; empty where the coach gave an address alone."""
        return next(iter(self.name.split()), "")

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def state(self) -> State:
        if self.accepted_at is not None:
            return self.State.ACCEPTED
        if self.revoked_at is not None:
            return self.State.REVOKED
        if self.group is not None and self.group.is_draft:
            return self.State.DRAFT
        return self.State.INVITED if self.is_open else self.State.EXPIRED
