"""Feedback on a fragment: remarks in a draft, sent as a whole; and who watched."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import queue_mail
from netwerkleren.base.once import make_once

from ..models import Clip, ClipView, Feedback, Remark
from ..moments import check_moments

SAME_VIEW = timedelta(minutes=1)
"""What is asked within it is the same watching, and is noted already."""
MOST_NOTED = 10_000
"""Views that this process remembers."""


@transaction.atomic
def add_remark(
    *,
    actor: Actor,
    clip: Clip,
    key: UUID,
    kind: str,
    start: int,
    text: str,
    end: int | None = None,
    principle: str = "",
) -> Remark:
    """Puts a remark in the actor's draft, which is made when there is none. `start` and `end` in ms of the film."""
    check_moments(start, end, lasts=clip.duration_ms)
    giver = Membership.objects.current().filter(user=actor.pk, group=clip.group).first()
    if giver is None:
        raise PermissionDenied(_("Je zit niet meer in deze groep."))
    earlier = Remark.objects.filter(pk=key, feedback__giver=giver, feedback__clip=clip).first()
    if earlier is not None:
        return earlier
    draft = _held_draft(clip, giver)
    remark, _created = make_once(
        Remark,
        key=key,
        by="feedback",
        feedback=draft,
        kind=kind,
        start_ms=start,
        end_ms=end,
        text=text,
        principle=principle,
    )
    return remark


def _held_draft(clip: Clip, giver: Membership) -> Feedback:
    """The draft, held until the remark is in it: sending it comes before, and this makes a new one, or after."""
    lock(giver)
    if lock(clip).state == Clip.State.ERASED:
        raise Http404
    draft, _created = Feedback.objects.get_or_create(clip=clip, giver=giver, sent_at=None)
    return draft


@transaction.atomic
def remove_remark(*, actor: Actor, remark: Remark) -> None:
    """Out of the draft; what was sent meanwhile stays with its owner."""
    lock(remark.feedback.giver)
    Remark.objects.filter(pk=remark.pk, feedback__sent_at=None).delete()


@transaction.atomic
def send_feedback(*, actor: Actor, feedback: Feedback) -> None:
    """Gives the whole draft to the owner, who gets a mail. Sent twice is sent once."""
    lock(feedback.giver)
    if not feedback.remarks.exists():
        raise ValidationError(_("Schrijf eerst een top, tip, vraag of talentmoment."))
    if not Feedback.objects.drafts().filter(pk=feedback.pk).update(sent_at=timezone.now()):
        return
    clip = feedback.clip
    audit.record(actor, "feedback.sent", feedback, group_id=clip.owner.group_id)
    live.touch(live.topic_of("clip", clip))
    queue_mail(
        "video_feedback.feedback_received",
        to=clip.owner.user.email,
        about=feedback.pk,
        group_id=clip.owner.group_id,
        unique_key=f"feedback-received:{feedback.pk}",
    )


@transaction.atomic
def open_tips(*, actor: Actor, clip: Clip, opened: bool) -> None:
    """The owner lets the others read the tips too, or no longer."""
    Clip.objects.filter(pk=clip.pk).update(tips_opened=opened)
    live.touch(live.topic_of("clip", clip))


def mark_feedback_seen(*, actor: Actor, clip: Clip) -> None:
    """The owner opened the page: what was sent is no longer new."""
    Feedback.objects.sent().filter(clip=clip, seen_at=None).update(seen_at=timezone.now())


def note_view(*, actor: Actor, clip: Clip, watcher: Membership) -> None:
    """Someone else was given the film, to the minute. For the owner's eyes only.

    A player asks for range after range: each would wait for the disk, and for whoever else writes. So this process
    remembers what it noted last.
    """
    now = timezone.now()
    view = (clip.pk, watcher.pk)
    if view in _noted and abs(now - _noted[view]) < SAME_VIEW:
        return
    _write_view(actor, clip, watcher, now)
    if len(_noted) >= MOST_NOTED:
        _noted.clear()
    _noted[view] = now


_noted: dict[tuple[UUID, UUID], datetime] = {}
"""When each view was noted last, by fragment and watcher."""


@transaction.atomic
def _write_view(actor: Actor, clip: Clip, watcher: Membership, now: datetime) -> None:
    if ClipView.objects.filter(clip=clip, watcher=watcher).update(last_at=now):
        return
    lock(clip)
    _view, is_first = ClipView.objects.get_or_create(clip=clip, watcher=watcher, defaults={"last_at": now})
    if is_first:
        audit.record(actor, "clip.viewed", clip, group_id=clip.owner.group_id)
