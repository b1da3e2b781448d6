"""Quick notes of who leads, for the coach afterwards."""

from uuid import UUID

from django.db import transaction

from groups.models import Membership
from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.once import make_once

from ..models import LeadingNote, Meeting


@transaction.atomic
def jot_down(*, actor: Actor, key: UUID, meeting: Meeting, writer: Membership, text: str) -> LeadingNote:
    """Kept with the onderdeel that is on, or with none. The same form twice is one note."""
    item = meeting.current_item if meeting.is_running else None
    title = item.title if item else ""
    note, created = make_once(
        LeadingNote, key=key, by="writer", writer=writer, meeting=meeting, item=item, title=title, text=text
    )
    if created:
        live.touch(live.topic_of("meeting", meeting))
    return note


@transaction.atomic
def remove_note(*, actor: Actor, note: LeadingNote) -> None:
    note.delete()
    live.touch(live.topic_of("meeting", note.meeting))
