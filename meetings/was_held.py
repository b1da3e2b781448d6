"""What waits until a meeting was held: filling it in from paper, and thanking its expert."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import ExpertInvitation, Meeting


def check_was_held(meeting: Meeting) -> None:
    """Raises ValidationError before its hour, while it is on, and for one that did not take place."""
    if meeting.state != Meeting.State.ENDED and not meeting.has_passed:
        raise ValidationError(_("Dit kan zodra de bijeenkomst is geweest."))


def check_may_be_thanked(invitation: ExpertInvitation) -> None:
    """Raises ValidationError for who did not come, and before the meeting was held."""
    if invitation.revoked_at is not None or invitation.answer != ExpertInvitation.Answer.YES:
        raise ValidationError(_("Deze expert zei geen ja op de uitnodiging."))
    if invitation.meeting.state != Meeting.State.ENDED:
        raise ValidationError(_("Bedanken kan zodra de bijeenkomst is geweest."))
