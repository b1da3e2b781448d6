"""Who hears of a change: members, and the expert of a meeting.

One mail per person per meeting that changed, with its calendar item; none for a draft.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from netwerkleren.base.access import NOBODY, Actor, is_user
from netwerkleren.base.mail import RESEND_PAUSE, queue_mail
from netwerkleren.base.models import OutgoingMail

from ..models import ExpertInvitation, Meeting
from ..news import EXPERT_INVITATION, FACTS_MAIL, News

REMOVED_FACTS = ("position", "starts_at", "minutes_available", "ics_uid", "ics_sequence")
"""What the mail about a netwerkbijeenkomst that is gone says of it."""
EXPERT_FACTS = frozenset({"starts_at", "minutes_available", "place", "online_url", "topic", "state"})
"""What an expert needs to know of; the group's deadlines are not among it."""


def announce_facts(
    *,
    actor: Actor,
    meetings: Sequence[Meeting],
    changed: Iterable[str] = (),
    undated: Collection[Meeting] = (),
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


def announce_change(*, actor: Actor, meeting: Meeting, before: Mapping[str, Any]) -> None:
    """A meeting whose facts were `before`. One that gets its first date is no change: it is new to every calendar."""
    is_dated = meeting.starts_at is not None and before["starts_at"] is None
    announce_facts(
        actor=actor,
        meetings=[meeting],
        changed=() if is_dated else meeting.changed_since(before),
        undated=[meeting] if before["starts_at"] and meeting.starts_at is None else [],
    )


def announce_rule(*, actor: Actor, group: NetworkGroup, meetings: Sequence[Meeting], changed: Iterable[str]) -> None:
    """Deadlines of many meetings by one change: one mail a person tells of all of them."""
    if not meetings or group.is_draft:
        return
    news = News.of(meetings, is_change=True, changed=sorted(changed))
    for membership in Membership.objects.current().filter(group=group).select_related("user"):
        queue_mail(
            FACTS_MAIL,
            to=membership.user.email,
            about=membership.pk,
            group_id=group.pk,
            sender=_id_of(actor),
            **news.as_values(),
        )


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
            about=membership.pk,
            group_id=meeting.group_id,
            unique_key=f"meetings.cancelled:{meeting.pk}:{meeting.ics_sequence}:{membership.pk}",
            meeting=meeting.pk,
            number=_number_of(meeting),
            sender=_id_of(actor),
        )
    for invitation in meeting.expert_invitations.asked().select_related("expert", "meeting"):
        mail_expert_cancelled(actor=actor, invitation=invitation)


def announce_removed(*, actor: Actor, meeting: Meeting) -> None:
    """Of one that is about to go for good: the mail brings along what it has to tell, since the row is no longer there.

    Nobody is told of one that had no date: it stood in no calendar.
    """
    if meeting.group.is_draft or meeting.starts_at is None:
        return
    for membership in Membership.objects.current().filter(group=meeting.group).select_related("user"):
        queue_mail(
            "meetings.removed",
            to=membership.user.email,
            about=membership.pk,
            group_id=meeting.group_id,
            unique_key=f"meetings.removed:{meeting.pk}:{membership.pk}",
            sender=_id_of(actor),
            **{name: getattr(meeting, name) for name in REMOVED_FACTS},
        )


def mail_day_leader(*, actor: Actor, meeting: Meeting, membership: Membership, leads: bool) -> None:
    """To the deelnemer who leads a meeting on its day, or no longer does; on the change alone."""
    if meeting.group.is_draft:
        return
    queue_mail(
        "meetings.day_leader",
        to=membership.user.email,
        about=membership.pk,
        group_id=meeting.group_id,
        meeting=meeting.pk,
        leads=leads,
        sender=_id_of(actor),
    )


def announce_to_expert(*, actor: Actor, meeting: Meeting, news: bool, undated: bool = False) -> None:
    """The facts, a fresh link and a calendar item; `news` says that they changed since the last mail."""
    for invitation in meeting.expert_invitations.asked().select_related("expert", "meeting"):
        unique_key = f"{EXPERT_INVITATION}:{invitation.pk}:{meeting.ics_sequence}"
        told = News.of([meeting], is_change=news, undated=[meeting] if undated else [])
        _mail_expert(invitation, told, unique_key=unique_key)


def mail_expert_again(*, actor: Actor, invitation: ExpertInvitation) -> bool:
    """The question once more, with a fresh link; False when one is on its way, or left a moment ago.

    The caller holds the lock of the meeting, so that two clicks are one mail.
    """
    mails = OutgoingMail.objects.filter(kind=EXPERT_INVITATION, about=invitation.pk)
    if mails.filter(Q(status=OutgoingMail.Status.WAITING) | Q(created__gt=timezone.now() - RESEND_PAUSE)).exists():
        return False
    _mail_expert(invitation, News.of([invitation.meeting], is_change=False), unique_key=None)
    return True


def _mail_expert(invitation: ExpertInvitation, news: News, *, unique_key: str | None) -> None:
    queue_mail(
        EXPERT_INVITATION,
        to=invitation.expert.email,
        about=invitation.pk,
        group_id=invitation.meeting.group_id,
        unique_key=unique_key,
        **news.as_values(),
    )


def mail_expert_cancelled(*, actor: Actor, invitation: ExpertInvitation) -> None:
    queue_mail(
        "meetings.expert_cancelled",
        to=invitation.expert.email,
        about=invitation.pk,
        group_id=invitation.meeting.group_id,
        unique_key=f"meetings.expert_cancelled:{invitation.pk}:{invitation.meeting.ics_sequence}",
        number=_number_of(invitation.meeting),
    )


def mail_expert_answered(*, actor: Actor, invitation: ExpertInvitation) -> None:
    """To whoever asked; when that one leads the group no more, to its coaches."""
    for coach in invitation.coaches_to_hear:
        queue_mail(
            "meetings.expert_answered",
            to=coach.email,
            about=invitation.pk,
            group_id=invitation.meeting.group_id,
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
    """A mail per meeting: a mail program shows one invitation of a mail, and one is taken along with one press."""
    # Who left and came back is told anew, so the key holds when they joined.
    reader = f"{membership.pk}:{membership.joined.timestamp():.0f}"
    for meeting in meetings:
        taken_back = [meeting] if meeting in undated else []
        queue_mail(
            FACTS_MAIL,
            to=membership.user.email,
            about=membership.pk,
            group_id=membership.group_id,
            unique_key=f"{FACTS_MAIL}:{reader}:{meeting.pk}:{meeting.ics_sequence}:1",
            sender=_id_of(sender),
            **News.of([meeting], is_change=bool(changed), changed=changed, undated=taken_back).as_values(),
        )


def _number_of(meeting: Meeting) -> int | None:
    """What the reader knows it by: who cancels one numbers the others after this is written."""
    return meeting.position if meeting.kind == Meeting.Kind.NETWORK else None


def _id_of(actor: Actor) -> UUID | None:
    return actor.pk if is_user(actor) else None
