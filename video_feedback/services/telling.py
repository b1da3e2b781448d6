"""Who is told of a fragment: once each, and nobody of what they did themselves."""

from collections.abc import Iterable

from groups.models import Membership
from netwerkleren.base.access import Actor
from netwerkleren.base.mail import queue_mail

from ..models import Clip


def tell_shared(*, clip: Clip, watchers: Iterable[Membership]) -> None:
    """A mail to each who may watch it now, the first time that they may. With that its owner decided about it."""
    Clip.objects.filter(pk=clip.pk, is_offered=True).update(is_offered=False)
    for watcher in watchers:
        queue_mail(
            "video_feedback.clip_shared",
            to=watcher.user.email,
            about=clip.pk,
            group_id=clip.owner.group_id,
            unique_key=f"video_feedback.clip_shared:{clip.pk}:{watcher.pk}",
            reader=str(watcher.pk),
        )


def tell_handed_over(*, actor: Actor, clip: Clip) -> None:
    """To its owner, when it was not the owner who took it: from now on they decide."""
    if clip.owner.user_id == actor.pk:
        return
    Clip.objects.filter(pk=clip.pk).update(is_offered=True)
    queue_mail(
        "video_feedback.clip_handed_over",
        to=clip.owner.user.email,
        about=clip.pk,
        group_id=clip.owner.group_id,
        unique_key=f"video_feedback.clip_handed_over:{clip.pk}",
    )
