"""The slides on the Scherm: who leads turns them, and the phones that follow go along."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import Meeting


@transaction.atomic
def show_slide(*, actor: Actor, meeting: Meeting, number: int) -> Meeting:
    """This slide is on, counted from 1; the caller knows how many there are. Twice is once."""
    meeting = lock(meeting)
    if not meeting.is_running or meeting.current_item_id is None:
        raise ValidationError(_("Deze bijeenkomst is nu niet bezig. Begin eerst, dan gaan de dia’s naar het Scherm."))
    _become(meeting, number=number, is_shown=True)
    return meeting


@transaction.atomic
def take_slides_off(*, actor: Actor, meeting: Meeting) -> Meeting:
    """The Scherm shows the onderdeel again; which slide was on is kept for going on."""
    meeting = lock(meeting)
    _become(meeting, number=meeting.slide, is_shown=False)
    return meeting


def _become(meeting: Meeting, *, number: int, is_shown: bool) -> None:
    if (meeting.slide, meeting.shows_slides) == (number, is_shown):
        return
    meeting.slide, meeting.shows_slides = number, is_shown
    meeting.save(update_fields=["slide", "shows_slides"])
    live.touch(live.topic_of("meeting", meeting))
