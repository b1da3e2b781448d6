"""Invitations: from a pasted address to a member. A token is minted while its mail is rendered; we keep its hash."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.limits import INVITATIONS
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import RESEND_PAUSE, queue_mail
from netwerkleren.base.tokens import hash_of, new_token

from ..addresses import Address
from ..models import Invitation, Membership, NetworkGroup, School, User, invitation_end, user_of
from ..points import member_joined
from . import coaching, schools
from .schools import SchoolName

NO_LESS = Membership.Role.PARTICIPANT
"""Who is asked as coach already, is asked no less by a list of deelnemers."""


def mint_token(*, invitation: Invitation) -> str:
    """A new token for one mail; the link of an earlier mail ends with it."""
    token = new_token()
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_of(token))
    return token


def add_invitations(
    *,
    actor: Actor,
    group: NetworkGroup,
    people: Iterable[Address],
    role: Membership.Role = Membership.Role.PARTICIPANT,
) -> list[Invitation]:
    """A fresh invitation for who has none that is open and is no member; sends nothing by itself.

    Who was invited as deelnemer, and is asked as coach now, gets a new one for that.
    """
    known = {invitation.email.lower(): invitation for invitation in group.invitations.all()}
    members = set(group.memberships.current().values_list("user__email", flat=True))
    added = []
    for person in people:
        invitation = known.get(person.email) or Invitation(group=group, email=person.email)
        stands = not invitation._state.adding and invitation.is_open and role in (invitation.role, NO_LESS)
        if person.email in members or stands:
            continue
        invitation.role = role
        invitation.name = person.name or invitation.name
        invitation.invited_by = user_of(actor)
        _renew(invitation)
        added.append(invitation)
    return added


@transaction.atomic
def invite_people(
    *,
    actor: Actor,
    group: NetworkGroup,
    people: Iterable[Address],
    role: Membership.Role = Membership.Role.PARTICIPANT,
) -> list[Invitation]:
    """Invites more people; in a draft their mail waits for publishing. Answers those who were not invited yet.

    Raises TooMany when so many were mailed today that nobody of these is.
    """
    group = lock(group)  # two posts at once come one after the other, and publishing before or after
    _refuse_closed(group)
    added = add_invitations(actor=actor, group=group, people=people, role=role)
    for invitation in added:
        if not group.is_draft:
            INVITATIONS.use(user_of(actor).pk)
            _mail(invitation)
        audit.record(actor, "invitation.made", invitation, group_id=group.pk)
    return added


@transaction.atomic
def invite_coach(*, actor: Actor, email: str) -> Invitation:
    """A beheerder invites a coach: an invitation without a group, one an address, so that one link is alive.

    Who has an open one gets no second mail; one that ended opens again. Raises ValidationError for a coach.
    """
    inviter = lock(user_of(actor))  # two posts at once come one after the other
    if User.objects.with_address(email).filter(is_coach=True, is_active=True).exists():
        raise ValidationError({"email": _("%(email)s is al coach.") % {"email": email}})
    known = Invitation.objects.unaccepted().of_coaches().filter(email__iexact=email).first()
    if known is not None and known.is_open:
        return known
    INVITATIONS.use(inviter.pk)
    invitation = known or Invitation(email=email.lower(), role=Membership.Role.COACH)
    invitation.invited_by = inviter
    try:
        with transaction.atomic():
            _renew(invitation)
    except IntegrityError:
        # Another beheerder invited the same person at this moment.
        return Invitation.objects.unaccepted().of_coaches().get(email__iexact=email)
    _mail(invitation)
    audit.record(actor, "invitation.made", invitation)
    return invitation


@transaction.atomic
def resend_invitation(*, actor: Actor, invitation: Invitation) -> bool:
    """Mails it again in the name of the actor, good for as long as a new one.

    False when it is used, or was sent a moment ago.
    """
    row = lock(invitation)
    sent_just_now = row.is_open and row.expires_at > invitation_end() - RESEND_PAUSE
    if row.accepted_at is not None or sent_just_now:
        return False
    if row.group is not None:
        _refuse_closed(row.group)
    INVITATIONS.use(user_of(actor).pk)
    row.invited_by = user_of(actor)
    _renew(row)
    _mail(row)
    audit.record(actor, "invitation.resent", row, group_id=row.group_id)
    return True


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation: Invitation) -> bool:
    """Ends the link at once. False when there was nothing left to end."""
    if not Invitation.objects.unanswered().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        return False
    audit.record(actor, "invitation.revoked", invitation, group_id=invitation.group_id)
    return True


def readdress_invitation(*, invitation: Invitation, email: str) -> None:
    """Whom it is for has another address now: the link to the old one ends, and an open invitation is mailed anew."""
    same = Invitation.objects.filter(email__iexact=email, group=invitation.group).exclude(pk=invitation.pk)
    if (same if invitation.group else same.unaccepted()).exists():
        # One place is offered once: what was sent to the address that counts now stands.
        invitation.delete()
        return
    invitation.email, invitation.token_hash = email, ""
    invitation.full_clean()
    invitation.save()
    if invitation.is_open:
        _mail(invitation)


def send_waiting_invitations(*, actor: Actor, group: NetworkGroup) -> None:
    """On publishing: their days start now, not when the draft was made. Raises TooMany as `invite_people` does."""
    for invitation in group.invitations.unanswered():
        INVITATIONS.use(user_of(actor).pk)
        invitation.invited_by = user_of(actor)
        _renew(invitation)
        _mail(invitation)


@transaction.atomic
def accept_as_new(
    *,
    actor: Actor,
    invitation: Invitation,
    name: str,
    password: str,
    password_hash: str = "",
    school: School | SchoolName | None = None,
    discipline: str = "",
    photo: ContentFile[bytes] | None = None,
) -> User:
    """Makes the account that the invitation was for; who could open the mail has shown that the address is theirs.

    Without a `password` the account gets the `password_hash` of one that was chosen before.
    """
    _use(invitation)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise ValidationError(_("Er is al een account met dit e-mailadres. Log in, dan kun je meedoen."))
    try:
        with transaction.atomic():
            user = User.objects.create_user(invitation.email, password or None, name=name)
    except IntegrityError:
        # Another invitation of the same address was accepted between the question and the answer.
        raise ValidationError(_("Er is al een account met dit e-mailadres. Log in, dan kun je meedoen.")) from None
    if not password:
        user.password = password_hash
        user.save(update_fields=["password"])
    if photo is not None:
        user.photo.save(photo.name or "", photo)
    _join(user, invitation, school, discipline)
    return user


@transaction.atomic
def accept_signed_in(
    *, actor: Actor, invitation: Invitation, school: School | SchoolName | None = None, discipline: str = ""
) -> User:
    """For who has an account already: the invitation must be for that address."""
    user = user_of(actor)
    if user.email.lower() != invitation.email.lower():
        raise ValidationError(_("Deze uitnodiging is voor een ander e-mailadres."))
    _use(invitation)
    _join(user, invitation, school, discipline)
    return user


def _refuse_closed(group: NetworkGroup) -> None:
    if group.closed_at is not None:
        raise ValidationError(_("Deze groep is afgesloten. Heropen haar eerst."))


def _renew(invitation: Invitation) -> None:
    """Open again, as long as a new one; the link of an earlier mail does not come back to life."""
    invitation.accepted_at = invitation.revoked_at = None
    invitation.token_hash = ""
    invitation.expires_at = invitation_end()
    invitation.full_clean()
    invitation.save()


def _mail(invitation: Invitation) -> None:
    queue_mail("groups.invitation", to=invitation.email, about=invitation.pk, group_id=invitation.group_id)


def _use(invitation: Invitation) -> None:
    """One statement, so that of two clicks at once one joins."""
    if not Invitation.objects.open().filter(pk=invitation.pk).update(accepted_at=timezone.now()):
        raise ValidationError(_("Deze uitnodiging is al gebruikt, of geldt niet meer."))


def _join(user: User, invitation: Invitation, school: School | SchoolName | None, discipline: str) -> None:
    if invitation.group is None:
        User.objects.filter(pk=user.pk).update(is_coach=True)
    else:
        membership = Membership.objects.filter(user=user, group=invitation.group).first()
        membership = membership or Membership(user=user, group=invitation.group)
        if membership.left is not None:
            # Who comes back joins anew: what was agreed while they were gone did not count them in.
            membership.joined = timezone.now()
        if membership.left is not None or not membership.is_coach:
            # Who leads the group by now goes on to, whatever an older invitation says.
            membership.role = Membership.Role(invitation.role)
        membership.left = None
        membership.school, membership.discipline = schools.find_or_add_school(school=school), discipline
        membership.full_clean()
        membership.save()
        if membership.is_coach:
            coaching.become_coach(membership=membership)
        for reaction in member_joined:
            reaction(membership)
    audit.record(user, "invitation.accepted", invitation, group_id=invitation.group_id)
