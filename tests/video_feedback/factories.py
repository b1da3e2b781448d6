"""Fragments for tests."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from groups.models import Membership
from video_feedback.models import Clip

FILM = bytes(range(256)) * 40
"""Ten kilobytes in which every range can be told from every other."""


def make_clip(owner: Membership, **fields: Any) -> Clip:
    """A fragment that is ready, as the conversion leaves it, and seen by its owner only."""
    fields.setdefault("title", "Drie tellen wachten")
    fields.setdefault("uploaded_by", owner)
    if fields["uploaded_by"] == owner:
        fields.setdefault("handed_over_at", timezone.now())
    clip = Clip(owner=owner, **fields)
    if fields.get("state", Clip.State.READY) == Clip.State.READY:
        clip.state, clip.duration_ms, clip.width, clip.height, clip.has_audio = "ready", 108_000, 1280, 720, True
        clip.video.save(f"{clip.pk}/1/film.mp4", ContentFile(FILM), save=False)
        clip.poster.save(f"{clip.pk}/1/poster.jpg", ContentFile(b"\xff\xd8poster"), save=False)
        clip.size = len(FILM)
    clip.save()
    return clip
