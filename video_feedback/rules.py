"""Who may do what with a fragment, once it is visible to them. Only the owner shares, withdraws and erases."""

from typing import Any

from groups.rules import is_coach_of, is_member, is_participant_of
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.permissions import permit, predicate

from .models import Clip, Feedback, FilmCycle, Remark, Talentmoment


def _clip_of(obj: Any) -> Clip | None:
    if isinstance(obj, Remark):
        obj = obj.feedback
    return obj.clip if isinstance(obj, Feedback) else obj


@predicate
def is_owner(actor: Actor, obj: Any = None) -> bool:
    clip = _clip_of(obj)
    return clip is not None and is_user(actor) and clip.owner.user_id == actor.pk


@predicate
def is_uploader(actor: Actor, obj: Any = None) -> bool:
    """Who placed it for another, as long as it is not handed over."""
    clip = _clip_of(obj)
    return clip is not None and is_user(actor) and clip.uploaded_by.user_id == actor.pk and not clip.is_handed_over


@predicate
def is_ready(actor: Actor, obj: Any = None) -> bool:
    clip = _clip_of(obj)
    return clip is not None and clip.is_ready


@predicate
def is_handed_over(actor: Actor, obj: Any = None) -> bool:
    clip = _clip_of(obj)
    return clip is not None and clip.is_handed_over


@predicate
def waits_for_recording(actor: Actor, obj: Any = None) -> bool:
    clip = _clip_of(obj)
    return clip is not None and clip.state in {Clip.State.UPLOADING, Clip.State.TO_CUT}


@predicate
def is_giver(actor: Actor, obj: Any = None) -> bool:
    feedback = obj.feedback if isinstance(obj, Remark) else obj
    return isinstance(feedback, Feedback) and is_user(actor) and feedback.giver.user_id == actor.pk


@predicate
def is_draft(actor: Actor, obj: Any = None) -> bool:
    feedback = obj.feedback if isinstance(obj, Remark) else obj
    return isinstance(feedback, Feedback) and feedback.sent_at is None


@predicate
def is_author(actor: Actor, obj: Any = None) -> bool:
    return isinstance(obj, Talentmoment) and is_user(actor) and obj.author.user_id == actor.pk


@predicate
def is_cycle_owner(actor: Actor, obj: Any = None) -> bool:
    """Whose work the round shows: the goal is theirs."""
    return isinstance(obj, FilmCycle) and is_user(actor) and obj.owner.user_id == actor.pk


@predicate
def has_sent_recording(actor: Actor, obj: Any = None) -> bool:
    clip = _clip_of(obj)
    return clip is not None and clip.uploaded_by.user_id == getattr(actor, "pk", None)


permit("video_feedback.share_clip", is_owner & is_member & is_ready)
permit("video_feedback.show_clip", is_owner & is_member & is_ready)
permit("video_feedback.withdraw_clip", is_owner)
permit("video_feedback.erase_clip", is_owner | (is_uploader & waits_for_recording))
permit("video_feedback.send_recording", has_sent_recording & is_member)
permit("video_feedback.retry_clip", is_owner | is_uploader)
permit("video_feedback.cut_clip", is_owner | is_uploader)
permit("video_feedback.hand_over_clip", is_uploader | (is_owner & ~is_handed_over))
permit("video_feedback.give_feedback", ~is_owner & is_member & is_ready)
permit("video_feedback.line_up", ~is_owner & is_member & (is_ready | has_sent_recording))
permit("video_feedback.change_remark", is_giver & is_draft)
permit("video_feedback.answer_remark", is_owner & ~is_draft)
permit("video_feedback.erase_talentmoment", is_author)
permit("video_feedback.show_on_wall", is_author)
permit("video_feedback.add_filmcycle", is_participant_of)
permit("video_feedback.change_filmcycle", is_cycle_owner)
permit("video_feedback.change_filmplan", is_coach_of)
