"""Who says beforehand that they cannot come, and who can come after all."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import drop_waiting, queue_mail

from ..models import Attendance, Meeting

WITHIN_WHICH_UNDONE = timedelta(minutes=10)
"""How long the mail to the coach waits: who took it back by then was never away."""


@transaction.atomic
def set_absent(*, actor: Actor, meeting: Meeting, membership: Membership, absent: bool) -> bool:
    """ "Ik kan niet", and its undo, as long as the meeting did not begin. The coaches are told once per change.

    Twice the same is once: False.
    """
    meeting = lock(meeting, "group")
    if not meeting.is_planned:
        raise ValidationError(_("Deze bijeenkomst is al begonnen, of gaat niet door. Vertel het je coach."))
    said = Attendance.objects.filter(meeting=meeting, membership=membership)
    is_absent = said.filter(status=Attendance.Status.ABSENT).exists()
    if is_absent == absent:
        return False
    if absent:
        Attendance.objects.update_or_create(
            meeting=meeting, membership=membership, defaults={"status": Attendance.Status.ABSENT}
        )
    else:
        said.delete()
    _tell_coaches(meeting, membership, absent=absent)
    audit.record(actor, "meeting.absent" if absent else "meeting.coming", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
    return True


def _tell_coaches(meeting: Meeting, membership: Membership, *, absent: bool) -> None:
    if drop_waiting("meetings.absence", about=membership.pk, meeting=meeting.pk):
        # The coach knows nothing of the change that this one takes back.
        return
    for coach in Membership.objects.current().coaches().filter(group=meeting.group).select_related("user"):
        queue_mail(
            "meetings.absence",
            to=coach.user.email,
            about=membership.pk,
            group_id=meeting.group_id,
            send_after=timezone.now() + WITHIN_WHICH_UNDONE,
            meeting=meeting.pk,
            absent=absent,
        )
