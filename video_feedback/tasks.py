"""The tasks of the video queue: convert, erase. What they do knows no queue: `conversion.py` and `erasing.py`."""

from django.conf import settings
from django.utils import timezone

from netwerkleren.base import disk
from netwerkleren.base.leases import LEASE
from netwerkleren.base.tasks import background, video_queue

from . import conversion, erasing
from .models import Clip

CANDIDATES = 10
"""More than there are workers that may be first."""


@background(video_queue)
def convert_next() -> None:
    """Converts the recording whose turn it is: whoever sent one in asks for a turn, not for its own.

    So it takes no id. Running it once too often converts nothing: the claim is one statement. Where the disk has no
    room for a film all wait, and the sweeper asks again.
    """
    if not disk.has_room(folder=settings.UPLOAD_DIR):
        return
    for clip in Clip.objects.in_turn()[:CANDIDATES]:
        waiting = Clip.objects.filter(state=Clip.State.QUEUED)
        if waiting.claim(clip.pk, lease=LEASE, state=Clip.State.CONVERTING, progress=0, turn_at=timezone.now()):
            conversion.convert_claimed(clip=Clip.objects.select_related("upload").get(pk=clip.pk))
            return


@background(video_queue)
def erase_footage(pk: str) -> None:
    clip = Clip.objects.filter(pk=pk, state=Clip.State.ERASED).first()
    if clip is not None:
        erasing.erase_files(clip=clip)
