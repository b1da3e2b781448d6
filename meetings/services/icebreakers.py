"""The ijsbreker: what stands on the Scherm at the start of a meeting."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import Meeting


@transaction.atomic
def write_icebreaker(*, actor: Actor, meeting: Meeting, icebreaker: str, version: str) -> Meeting:
    """An own one, or one of ours that someone chose; empty takes it back. Raises WrittenMeanwhile as the others do."""
    meeting = lock(meeting)
    if meeting.is_over:
        raise ValidationError(_("Deze bijeenkomst is al geweest."))
    if write_on_top(meeting, version, stands=meeting.version_of_icebreaker, icebreaker=icebreaker):
        meeting.full_clean()
        meeting.save(update_fields=["icebreaker"])
        live.touch(live.topic_of("meeting", meeting))
    return meeting
