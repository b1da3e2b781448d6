"""Who hears of a change: members, and the expert of a meeting. One mail per person per change, none for a draft."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q
from django.utils import timezone

from groups.models import Membership, NetworkGroup, User
from netwerkleren.base.access import NOBODY, Actor, is_user
from netwerkleren.base.mail import RESEND_PAUSE, queue_mail
from netwerkleren.base.models import OutgoingMail

from ..models import ExpertInvitation, Meeting

EXPERT_FACTS = frozenset({"starts_at", "minutes_available", "place", "online_url", "topic", "state"})
"""What an expert needs to know of; the group's deadlines are not among it."""

INVITATION = "meetings.expert_invitation"


def announce_facts(
    *, actor: Actor, meetings: Sequence[Meeting], changed: Iterable[str] = (), undated: Collection[Meeting] = ()
) -> None:
    """Mails every member of the (one) group the facts of these meetings, each with its calendar item.

    `changed` names the fields that changed; nothing changed means that the meetings are new to the reader. Those in
    `undated` had a date that was taken back: their calendar item is cancelled.
    """
    if not meetings or meetings[0].group.is_draft:
        return
    changed = sorted(changed)
    for membership in Membership.objects.current().filter(group=meetings[0].group).select_related("user"):
        _mail_facts(membership, meetings, sender=actor, changed=changed, undated=undated)
    for meeting in meetings:
        if not changed or EXPERT_FACTS.intersection(changed):
            announce_to_expert(actor=actor, meeting=meeting, news=bool(changed), undated=meeting in undated)


def announce_to_new_member(*, membership: Membership) -> None:
    """Whoever joins later gets the dates that are fixed."""
    upcoming = Meeting.objects.of_group(membership.group).upcoming().exclude(starts_at=None)
    coach = Membership.objects.current().coaches().filter(group=membership.group).select_related("user").first()
    if meetings := list(upcoming):
        _mail_facts(membership, meetings, sender=coach.user if coach else NOBODY)


def announce_published(*, actor: Actor, group: NetworkGroup) -> None:
    """Publishing sends what is fixed to whoever is a member already."""
    upcoming = Meeting.objects.of_group(group).upcoming().exclude(starts_at=None)
    announce_facts(actor=actor, meetings=list(upcoming))


def announce_cancelled(*, actor: Actor, meeting: Meeting) -> None:
    if meeting.group.is_draft:
        return
    for membership in Membership.objects.current().filter(group=meeting.group).select_related("user"):
        queue_mail(
            "meetings.cancelled",
            to=membership.user.email,
            group_id=meeting.group_id,
            unique_key=f"meetings.cancelled:{meeting.pk}:{meeting.ics_sequence}:{membership.pk}",
            meeting=meeting.pk,
            membership=membership.pk,
            sender=_id_of(actor),
        )
    for invitation in meeting.expert_invitations.asked().select_related("expert", "meeting"):
        mail_expert_cancelled(actor=actor, invitation=invitation)


def announce_to_expert(*, actor: Actor, meeting: Meeting, news: bool, undated: bool = False) -> None:
    """The facts, a fresh link and a calendar item; `news` says that they changed since the last mail."""
    for invitation in meeting.expert_invitations.asked().select_related("expert", "meeting"):
        unique_key = f"{INVITATION}:{invitation.pk}:{meeting.ics_sequence}"
        _mail_expert(invitation, unique_key=unique_key, news=int(news), undated=int(undated))


def mail_expert_again(*, actor: Actor, invitation: ExpertInvitation) -> bool:
    """The question once more, with a fresh link; False when one is on its way, or left a moment ago.

    The caller holds the lock of the meeting, so that two clicks are one mail.
    """
    mails = OutgoingMail.objects.filter(
        kind=INVITATION, group_id=invitation.meeting.group_id, object_ids__invitation=str(invitation.pk)
    )
    if mails.filter(Q(status=OutgoingMail.Status.WAITING) | Q(created__gt=timezone.now() - RESEND_PAUSE)).exists():
        return False
    _mail_expert(invitation, unique_key=None, news=0, undated=0)
    return True


def _mail_expert(invitation: ExpertInvitation, *, unique_key: str | None, news: int, undated: int) -> None:
    meeting = invitation.meeting
    queue_mail(
        INVITATION,
        to=invitation.expert.email,
        group_id=meeting.group_id,
        unique_key=unique_key,
        invitation=invitation.pk,
        meetings=f"{meeting.pk}:{meeting.ics_sequence}",
        news=news,
        undated=undated,
    )


def mail_expert_cancelled(*, actor: Actor, invitation: ExpertInvitation) -> None:
    queue_mail(
        "meetings.expert_cancelled",
        to=invitation.expert.email,
        group_id=invitation.meeting.group_id,
        unique_key=f"meetings.expert_cancelled:{invitation.pk}:{invitation.meeting.ics_sequence}",
        invitation=invitation.pk,
    )


def mail_expert_answered(*, actor: Actor, invitation: ExpertInvitation) -> None:
    """To whoever asked; when that account is gone, to the group's coaches."""
    coaches = User.objects.filter(
        memberships__in=Membership.objects.current().coaches().filter(group=invitation.meeting.group)
    )
    for coach in [invitation.invited_by] if invitation.invited_by else coaches:
        queue_mail(
            "meetings.expert_answered",
            to=coach.email,
            group_id=invitation.meeting.group_id,
            invitation=invitation.pk,
            answer=invitation.answer,
        )


def _mail_facts(
    membership: Membership,
    meetings: Sequence[Meeting],
    *,
    sender: Actor,
    changed: Sequence[str] = (),
    undated: Collection[Meeting] = (),
) -> None:
    facts = ",".join(f"{meeting.pk}:{meeting.ics_sequence}" for meeting in meetings)
    # Who left and came back is told anew, so the key holds when they joined.
    reader = f"{membership.pk}:{membership.joined.timestamp():.0f}"
    queue_mail(
        "meetings.facts",
        to=membership.user.email,
        group_id=membership.group_id,
        unique_key=f"meetings.facts:{reader}:{meetings[0].pk}:{meetings[0].ics_sequence}:{len(meetings)}",
        meetings=facts,
        membership=membership.pk,
        sender=_id_of(sender),
        changed=",".join(changed),
        undated=",".join(str(meeting.pk) for meeting in undated),
    )


def _id_of(actor: Actor) -> str:
    return str(actor.pk) if is_user(actor) else ""
