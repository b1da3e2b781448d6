"""The leervragen to the expert, by mail: once after the deadline or when the coach says so, then only what is new."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base import audit
from netwerkleren.base.access import NOBODY, Actor
from netwerkleren.base.hours import is_decent
from netwerkleren.base.mail import queue_mail
from netwerkleren.base.models import OutgoingMail

from ..models import Leervraag, Mailing
from .laying import touch

PAUSE = timedelta(hours=1)
"""At most one addition in this time, so that ten late questions are no ten mails."""


def expert_of(meeting: Meeting) -> ExpertInvitation | None:
    """The expert who comes, or who has not answered yet."""
    asked = meeting.expert_invitations.live().exclude(answer=ExpertInvitation.Answer.NO)
    return asked.select_related("expert").first()


def mail_to(expert: ExpertInvitation) -> set[str | None]:
    """How the mails with leervragen to this expert stand; empty when none was made."""
    status = OutgoingMail.objects.latest_status("leervragen.for_expert")
    return set(Mailing.objects.filter(invitation=expert).values_list(status, flat=True))


@transaction.atomic
def send_now(*, actor: Actor, meeting: Meeting) -> Mailing | None:
    """The coach sends what the expert does not have yet. None when there is no expert, or nothing new."""
    invitation = expert_of(meeting)
    if invitation is None:
        return None
    _lock(invitation)
    return _mail_what_is_new(actor, invitation)


def send_what_is_due() -> None:
    """Once a minute: the first mail after the deadline, and additions, both at decent hours until the meeting begins.

    Two workers that do this at once send one mail: each looks again under the lock of the invitation.
    """
    if not is_decent(timezone.now()):
        return
    for invitation in _due():
        with transaction.atomic():
            _lock(invitation)
            if _due().filter(pk=invitation.pk).exists():
                _mail_what_is_new(NOBODY, invitation)


def _lock(invitation: ExpertInvitation) -> None:
    """What is due must be asked in a statement after this one: PostgreSQL shows an older one what was before."""
    ExpertInvitation.objects.select_for_update().get(pk=invitation.pk)


def _mail_what_is_new(actor: Actor, invitation: ExpertInvitation) -> Mailing | None:
    new = list(Leervraag.objects.not_sent_to(invitation).filter(meeting=invitation.meeting_id))
    if not new:
        return None
    is_first = not Mailing.objects.filter(invitation=invitation).exists()
    mailing = Mailing.objects.create(
        invitation=invitation, kind=Mailing.Kind.FIRST if is_first else Mailing.Kind.ADDITION
    )
    mailing.leervragen.set(new)
    queue_mail(
        "leervragen.for_expert",
        to=invitation.expert.email,
        about=mailing.pk,
        group_id=invitation.meeting.group_id,
        unique_key=f"leervragen:{mailing.pk}",
    )
    audit.record(actor, "leervragen.sent", mailing, group_id=invitation.meeting.group_id)
    touch(invitation.meeting)
    return mailing


def _due() -> QuerySet[ExpertInvitation]:
    now = timezone.now()
    mailings = Mailing.objects.filter(invitation=OuterRef("pk"))
    sent = Mailing.leervragen.through.objects.filter(
        leervraag=OuterRef("pk"), mailing__invitation=OuterRef(OuterRef("pk"))
    )
    new = Leervraag.objects.current().filter(~Exists(sent), meeting=OuterRef("meeting"))
    return (
        ExpertInvitation.objects.live()
        .exclude(answer=ExpertInvitation.Answer.NO)
        .filter(
            Q(meeting__starts_at=None) | Q(meeting__starts_at__gt=now),
            ~Exists(mailings.filter(created__gt=now - PAUSE)),
            Exists(new),
            meeting__kind=Meeting.Kind.NETWORK,
            meeting__state=Meeting.State.PLANNED,
            meeting__group__published_at__isnull=False,
            meeting__leervraag_deadline__lte=now,
        )
        .select_related("meeting", "expert")
    )
