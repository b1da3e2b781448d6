"""A second step that was lost: its owner takes it off, by an invitation that a beheerder sends."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.limits import INVITATIONS
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import RESEND_PAUSE, queue_mail
from netwerkleren.base.tokens import hash_of, new_token

from ..models import FactorReset, User, invitation_end, user_of
from . import own_devices


def mint_reset_token(*, reset: FactorReset) -> str:
    """A new token for one mail; the link of an earlier mail ends with it."""
    token = new_token()
    FactorReset.objects.filter(pk=reset.pk).update(token_hash=hash_of(token))
    return token


@transaction.atomic
def invite_anew(*, actor: Actor, user: User) -> bool:
    """Mails the owner of an account how to take off its second step. False when that was sent a moment ago.

    Whether there is one is no business of who sends it: the mail of an account without one does not go. Nothing of the
    account changes until its owner accepts.
    """
    if not user_of(actor).is_staff:
        raise PermissionDenied(_("Alleen een beheerder kan dit versturen."))
    user = lock(user)
    if not user.is_active:
        raise ValidationError(_("Dit account is niet actief."))
    now = timezone.now()
    reset = FactorReset.objects.filter(user=user).first() or FactorReset(user=user, sent_at=now - RESEND_PAUSE * 2)
    if reset.accepted_at is None and reset.sent_at > now - RESEND_PAUSE:
        return False
    INVITATIONS.use(user_of(actor).pk)
    reset.email, reset.token_hash, reset.accepted_at = user.email, "", None
    reset.sent_at, reset.expires_at = now, invitation_end()
    reset.save()
    queue_mail("groups.factor_reset", to=user.email, about=reset.pk)
    audit.record(actor, "factor.invited", user)
    return True


@transaction.atomic
def take_off_factors(*, actor: Actor, reset: FactorReset) -> User:
    """Its owner, who has just given the password: the second step and all that is signed in goes, and who is asked for
    one sets it up at the next login, without another week. Raises ValidationError for a link that is used or over.
    """
    user = lock(reset.user)
    if not FactorReset.objects.open().filter(pk=reset.pk).update(accepted_at=timezone.now(), token_hash=""):
        raise ValidationError(_("Deze link is al gebruikt, of geldt niet meer."))
    Authenticator.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk, second_factor_by__isnull=False).update(second_factor_by=timezone.now())
    sessions = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    sessions.delete()
    own_devices.end_own_devices(actor=user, user=user)
    queue_mail("groups.factor_gone", to=user.email, about=user.pk)
    audit.record(user, "factor.taken_off", user)
    return user
