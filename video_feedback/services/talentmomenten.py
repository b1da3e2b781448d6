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
from netwerkleren.base.locks import lock
from netwerkleren.base.once import make_once

from ..models import Clip, Talentmoment


@transaction.atomic
def note_talentmoment(
    *,
    actor: Actor,
    key: UUID,
    author: Membership,
    text: str,
    whom: str = Talentmoment.Whom.PUPIL,
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
        whom=whom,
        signs=list(signs),
        before=before,
        after=after,
        clip=clip,
    )
    if created and meeting is not None:
        live.touch(live.topic_of("meeting", meeting))
    return talentmoment


@transaction.atomic
def show_clip_on_wall(*, actor: Actor, talentmoment: Talentmoment, shown: bool) -> None:
    """The wall shows the fragment that goes with it, or no longer: to who may watch it anyway. Twice is once."""
    talentmoment = lock(talentmoment, "clip__owner", "meeting")
    if shown and (talentmoment.clip is None or talentmoment.clip.owner.user_id != actor.pk):
        raise ValidationError(_("Alleen een eigen fragment laat je op de muur zien."))
    talentmoment.clip_on_wall = shown
    talentmoment.save(update_fields=["clip_on_wall"])
    if talentmoment.meeting is not None:
        live.touch(live.topic_of("meeting", talentmoment.meeting))


@transaction.atomic
def erase_talentmoment(*, actor: Actor, talentmoment: Talentmoment) -> None:
    meeting = talentmoment.meeting
    talentmoment.delete()
    if meeting is not None:
        live.touch(live.topic_of("meeting", meeting))
