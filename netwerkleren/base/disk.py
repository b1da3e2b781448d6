"""Room on the disk: what stays free for the database, the sessions and the queues, whoever sends what.

Every larger write asks here first: a recording or a form with a file on its way in, a conversion, a film, a photo or a
PDF that is stored. What they leave free is theirs who write little and may not fail (docs/security.md U2, F2).
"""

import errno
import os
import shutil
from pathlib import Path

from django.conf import settings

FULL = {errno.ENOSPC, errno.EDQUOT}
"""What the system says of a disk without room, and of a quota that is used up."""
NEXT_TO_NOTHING = 256 * 1024
"""Bytes. With no more than this a database cannot write, whichever words it has for that."""


def has_room(length: int = 0, *, folder: Path | None = None) -> bool:
    """Whether the reserve stays free when so many bytes are written in `folder`, which need not be there yet."""
    return _free(folder) - length >= settings.DISK_RESERVE


def keep_reserve(length: int = 0, *, folder: Path | None = None) -> None:
    """Raises OSError, as a disk that is full does, where that would eat into the reserve."""
    if not has_room(length, folder=folder):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def is_full() -> bool:
    """Whether nothing at all can be written where the data is."""
    return _free(None) < NEXT_TO_NOTHING


def _free(folder: Path | None) -> int:
    place = Path(folder or settings.VAR_DIR)
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free
