"""The topic of a meeting and its expert: asked by the coach, answered by the expert, told by mail."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import NetworkGroup, user_of
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import Expert, ExpertInvitation, Meeting, Topic
from . import announcing

Answer = ExpertInvitation.Answer


def topic_named(*, actor: Actor, group: NetworkGroup, title: str) -> Topic | None:
    """The group's topic of this name, made when it is new; None for no name. The caller holds the group."""
    title = " ".join(title.split())
    if not title:
        return None
    topic = group.topics.filter(title__iexact=title).first()
    if topic is None:
        topic = Topic(group=group, title=title)
        topic.full_clean()
        topic.save()
    return topic


@transaction.atomic
def invite_expert(
    *,
    actor: Actor,
    meeting: Meeting,
    name: str,
    email: str,
    description: str = "",
    message: str = "",
    topic: str = "",
) -> ExpertInvitation:
    """Asks one expert for this meeting and sends the mail. Asking the same one twice is asking once."""
    lock(meeting.group)  # its topics and experts: of two who name the same one, the second finds it
    meeting = lock(meeting, "group", "topic")
    if meeting.group.is_draft:
        raise ValidationError(_("Het traject is nog een concept. Zet het eerst open, dan gaat de mail naar de expert."))
    if meeting.is_over:
        raise ValidationError(_("Deze bijeenkomst is al voorbij."))
    asked = meeting.expert_invitations.asked().select_related("expert").first()
    if asked is not None and asked.expert.email.lower() == email.lower():
        return asked
    if meeting.kind == Meeting.Kind.NETWORK and meeting.topic is None:
        meeting.topic = topic_named(actor=actor, group=meeting.group, title=topic)
        if meeting.topic is None:
            raise ValidationError({"topic": _("Vul het onderwerp in: daarvoor vraag je de expert.")})
        meeting.save(update_fields=["topic"])
    invitation = ExpertInvitation(
        meeting=meeting,
        expert=_expert(meeting.group, name, email, description),
        invited_by=user_of(actor),
        message=message,
    )
    invitation.full_clean()
    invitation.save()
    announcing.announce_to_expert(actor=actor, meeting=meeting, news=False)
    audit.record(actor, "expert.invited", invitation, group_id=meeting.group_id)
    return invitation


def _expert(group: NetworkGroup, name: str, email: str, description: str) -> Expert:
    """The one whom the group knows by this address and this name, or a new one.

    Who came before keeps the name they had then: an address of a service is read by one person today, and by another
    next time.
    """
    known = group.experts.filter(email__iexact=email, name=name)
    same = known.filter(description=description).first() if description else known.last()
    if same is not None:
        return same
    expert = Expert(group=group, name=name, email=email.lower(), description=description)
    expert.full_clean()
    expert.save()
    return expert


@transaction.atomic
def resend_invitation(*, actor: Actor, invitation: ExpertInvitation) -> bool:
    """Mails it again with a fresh link, also to who said yes and lost the mail. False when it was sent a moment ago."""
    meeting = lock(invitation.meeting)
    if meeting.is_over:
        raise ValidationError(_("Deze bijeenkomst is al voorbij."))
    asked = ExpertInvitation.objects.asked().select_related("expert", "meeting").filter(pk=invitation.pk).first()
    if asked is None:
        raise ValidationError(_("Deze uitnodiging geldt niet meer."))
    if not announcing.mail_expert_again(actor=actor, invitation=asked):
        return False
    audit.record(actor, "expert.invited_again", asked, group_id=meeting.group_id)
    return True


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation: ExpertInvitation) -> bool:
    """Takes the question back: its links end at once, and the expert gets a mail with the cancelled calendar item.

    False when they do not: who had said no, or was asked for a meeting that is over, needs none.
    """
    # The meeting first, as `invite_expert` does: two that lock in another order would wait for each other.
    meeting = lock(invitation.meeting)
    invitation = lock(invitation, "expert")
    if invitation.revoked_at is not None:
        return False
    # Of a meeting that was held nothing is called off; and that one is cancelled, they were told.
    is_told = invitation.is_asked and not meeting.is_over
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    invitation.meeting = meeting
    meeting.ics_sequence += 1
    meeting.save(update_fields=["ics_sequence"])
    if is_told:
        announcing.mail_expert_cancelled(actor=actor, invitation=invitation)
    audit.record(actor, "expert.revoked", invitation, group_id=meeting.group_id)
    return is_told


@transaction.atomic
def answer_invitation(*, actor: Actor, invitation: ExpertInvitation, answer: str, remark: str = "") -> ExpertInvitation:
    """Yes or no, by the expert; it may be changed. The same answer twice tells the coach once."""
    invitation = lock(invitation, "meeting")
    if invitation.revoked_at is not None:
        raise ValidationError(_("Deze uitnodiging geldt niet meer."))
    if answer not in (Answer.YES, Answer.NO):
        raise ValidationError(_("Kies ja of nee."))
    if invitation.meeting.is_over:
        raise ValidationError(_("Deze bijeenkomst is al voorbij, of gaat niet door."))
    if (invitation.answer, invitation.remark) == (answer, remark):
        return invitation
    invitation.answer, invitation.remark, invitation.answered_at = answer, remark, timezone.now()
    invitation.full_clean()
    invitation.save()
    announcing.mail_expert_answered(actor=actor, invitation=invitation)
    audit.record(actor, f"expert.answered_{answer}", invitation, group_id=invitation.meeting.group_id)
    return invitation
