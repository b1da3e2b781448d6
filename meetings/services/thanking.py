"""The word of thanks to an expert who came, by mail."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import user_of
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import queue_mail

from ..models import ExpertInvitation, Thanks
from ..news import EXPERT_THANKS
from ..was_held import check_may_be_thanked


@transaction.atomic
def thank_expert(*, actor: Actor, invitation: ExpertInvitation, text: str) -> Thanks:
    """Mails it once, after the meeting, to who said yes. The same words twice are one mail. Raises ValidationError when
    other words went already.
    """
    invitation = lock(invitation, "meeting", "expert")
    check_may_be_thanked(invitation)
    sent = Thanks.objects.filter(invitation=invitation).first()
    if sent is not None and sent.text == text:
        return sent
    if sent is not None:
        raise ValidationError(_("Het bedankje is al verstuurd."))
    thanks = Thanks(invitation=invitation, sent_by=user_of(actor), text=text)
    thanks.full_clean()
    thanks.save()
    queue_mail(
        EXPERT_THANKS,
        to=invitation.expert.email,
        about=invitation.pk,
        group_id=invitation.meeting.group_id,
        unique_key=f"{EXPERT_THANKS}:{invitation.pk}",
    )
    audit.record(actor, "expert.thanked", invitation, group_id=invitation.meeting.group_id)
    return thanks
