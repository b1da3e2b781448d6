"""Captions of a fragment, typed by whose it is."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404

from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..captions import cues_of
from ..models import Clip


@transaction.atomic
def write_captions(*, actor: Actor, clip: Clip, version: str, captions: str) -> Clip:
    """Saves them on top of `version`; emptied, the film has none. Who may watch it, may read them."""
    clip = lock(clip)
    if clip.state == Clip.State.ERASED:
        raise Http404
    try:
        cues_of(captions, lasts=clip.duration_ms)
    except ValidationError as problem:
        # What the reader of the lines says no to is said beside the field that holds them.
        raise ValidationError({"captions": problem.messages}) from problem
    if write_on_top(clip, version, stands=clip.version_of_captions, captions=captions):
        clip.save(update_fields=["captions"])
        live.touch(live.topic_of("clip", clip))
    return clip
