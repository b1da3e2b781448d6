"""What a person ticks on the checklist of a meeting."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..checklist import BY_HAND
from ..models import ChecklistTick, Meeting


@transaction.atomic
def tick_line(*, actor: Actor, meeting: Meeting, key: str, done: bool) -> None:
    """Ticks a line, or takes the tick away; the same twice is once."""
    if key not in BY_HAND[meeting.kind]:
        raise ValidationError(_("Deze regel staat niet op de checklist."))
    lock(meeting)  # a tick and its taking back, sent at once, come one after the other
    if done:
        ChecklistTick.objects.get_or_create(meeting=meeting, key=key)
    else:
        ChecklistTick.objects.filter(meeting=meeting, key=key).delete()
