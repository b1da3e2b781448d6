"""The tasks of the video queue: convert, erase. What they do knows no queue: `conversion.py` and `erasing.py`."""

from django.utils import timezone

from netwerkleren.base.tasks import background, video_queue

from . import conversion, erasing
from .models import Clip

CANDIDATES = 10
"""More than there are workers that may be first."""


@background(video_queue)
def convert_next() -> None:
    """Converts the recording whose turn it is: whoever sent one in asks for a turn, not for its own.

    So it takes no id. Running it once too often converts nothing: the claim is one statement.
    """
    for clip in Clip.objects.in_turn()[:CANDIDATES]:
        waiting = Clip.objects.filter(state=Clip.State.QUEUED)
        if waiting.claim(
            clip.pk, lease=conversion.LEASE, state=Clip.State.CONVERTING, progress=0, turn_at=timezone.now()
        ):
            conversion.convert_claimed(clip=Clip.objects.select_related("upload").get(pk=clip.pk))
            return


@background(video_queue)
def erase_footage(pk: str) -> None:
    clip = Clip.objects.filter(pk=pk, state=Clip.State.ERASED).first()
    if clip is not None:
        erasing.erase_files(clip=clip)
