"""The leervragen to the expert, by mail: once after the deadline or when the coach says so, then only what is new."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base import audit
from netwerkleren.base.access import NOBODY, Actor
from netwerkleren.base.hours import is_decent
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import queue_mail

from ..models import Leervraag, Mailing
from ..queries import due_for_mail, expert_of
from . import boards


@transaction.atomic
def send_now(*, actor: Actor, meeting: Meeting) -> Mailing | None:
    """The coach sends what the expert does not have yet. None when there is no expert, or nothing new."""
    if meeting.is_over:
        raise ValidationError(_("Deze bijeenkomst is al voorbij."))
    asked = expert_of(meeting)
    if asked is None:
        return None
    lock(asked)
    # As it is under the lock: the question to the expert may have been taken back meanwhile.
    invitation = expert_of(meeting)
    return _mail_what_is_new(actor, invitation) if invitation == asked else None


@transaction.atomic
def send_parked(*, actor: Actor, leervraag: Leervraag, invitation: ExpertInvitation) -> Mailing:
    """A question of the Parkeerplaats to an expert of the group, who reads it on the own page. It stays where it lies,
    and to the same expert it goes once.
    """
    asked = lock(invitation, "expert", "meeting")
    now = lock(leervraag, "meeting")
    if not asked.is_asked or asked.meeting.group_id != now.meeting.group_id:
        raise ValidationError(_("Kies een expert van deze groep."))
    sent = Mailing.objects.filter(invitation=asked, leervragen=now).first()
    if sent is not None:
        return sent
    if now.state != Leervraag.State.PARKED or now.outcome not in (Leervraag.Outcome.OPEN, Leervraag.Outcome.PARKED):
        raise ValidationError(_("Deze vraag ligt niet meer op de Parkeerplaats."))
    return _mail(actor, asked, Mailing.Kind.PARKED, [now])


def send_what_is_due() -> None:
    """At each sweep: the first mail after the deadline, and additions, both at decent hours until the meeting begins.

    Two workers that do this at once send one mail: each looks again under the lock of the invitation.
    """
    if not is_decent(timezone.now()):
        return
    for invitation in due_for_mail():
        with transaction.atomic():
            lock(invitation)
            # In a statement after the lock: PostgreSQL shows an older one what was before.
            if (due := due_for_mail().filter(pk=invitation.pk).first()) is not None:
                _mail_what_is_new(NOBODY, due)


def _mail_what_is_new(actor: Actor, invitation: ExpertInvitation) -> Mailing | None:
    new = list(Leervraag.objects.not_sent_to(invitation).filter(meeting=invitation.meeting_id))
    if not new:
        return None
    is_first = not Mailing.objects.of_meeting().filter(invitation=invitation).exists()
    mailing = _mail(actor, invitation, Mailing.Kind.FIRST if is_first else Mailing.Kind.ADDITION, new)
    boards.touch(meeting=invitation.meeting)
    return mailing


def _mail(actor: Actor, invitation: ExpertInvitation, kind: Mailing.Kind, leervragen: list[Leervraag]) -> Mailing:
    mailing = Mailing.objects.create(invitation=invitation, kind=kind)
    mailing.leervragen.set(leervragen)
    queue_mail(
        "leervragen.for_expert",
        to=invitation.expert.email,
        about=mailing.pk,
        group_id=invitation.meeting.group_id,
        unique_key=f"leervragen:{mailing.pk}",
    )
    audit.record(actor, "leervragen.sent", mailing, group_id=invitation.meeting.group_id)
    return mailing
