"""A talentmoment: noted in twenty seconds, seen at the start of the next meeting."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import Membership
from meetings.models import Meeting
from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.once import make_once

from ..models import Clip, Talentmoment


@transaction.atomic
def note_talentmoment(
    *,
    actor: Actor,
    key: UUID,
    author: Membership,
    text: str,
    signs: Sequence[str] = (),
    before: str = "",
    after: str = "",
    clip: Clip | None = None,
) -> Talentmoment:
    """Notes it for the next meeting of the group, or for no meeting yet when none is planned."""
    if clip is not None and clip.owner.group_id != author.group_id:
        raise ValidationError({"clip": _("Dit fragment is van een andere groep.")})
    meeting = Meeting.objects.filter(group=author.group_id).upcoming().first()
    talentmoment, created = make_once(
        Talentmoment,
        key=key,
        by="author",
        author=author,
        meeting=meeting,
        text=text,
        signs=list(signs),
        before=before,
        after=after,
        clip=clip,
    )
    if created and meeting is not None:
        live.touch(live.topic_of("meeting", meeting))
    return talentmoment


@transaction.atomic
def erase_talentmoment(*, actor: Actor, talentmoment: Talentmoment) -> None:
    meeting = talentmoment.meeting
    talentmoment.delete()
    if meeting is not None:
        live.touch(live.topic_of("meeting", meeting))
