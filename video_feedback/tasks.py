"""The tasks of the video queue: convert, erase. What they do knows no queue: `conversion.py` and `erasing.py`."""

from uuid import UUID

from netwerkleren.base.tasks import background, video_queue

from . import conversion, erasing
from .models import Clip


@background(video_queue)
def convert_clip(pk: str) -> None:
    """Converts one recording. Running it twice converts once: the claim is one statement."""
    waiting = Clip.objects.filter(state__in=[Clip.State.QUEUED, Clip.State.CONVERTING])
    if waiting.claim(UUID(pk), lease=conversion.LEASE, state=Clip.State.CONVERTING, progress=0):
        conversion.convert_claimed(clip=Clip.objects.select_related("upload").get(pk=pk))


@background(video_queue)
def erase_footage(pk: str) -> None:
    clip = Clip.objects.filter(pk=pk, state=Clip.State.ERASED).first()
    if clip is not None:
        erasing.erase_files(clip=clip)
