"""Files of a form while they come in, and are too large for memory."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from . import disk


class ReservingUploadHandler(TemporaryFileUploadHandler):
    """Django's, which keeps the reserve of the disk free, and lets go of its file when it cannot go on.

    Django closes only the files that came in whole: half a file would stay, and keep its room, as long as anything
    holds on to the request.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            disk.keep_reserve(len(raw_data), folder=Path(settings.FILE_UPLOAD_TEMP_DIR))
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self._let_go()
            raise

    def file_complete(self, file_size: int) -> Any:
        try:
            return super().file_complete(file_size)
        except OSError:
            self._let_go()
            raise

    def _let_go(self) -> None:
        # What was still to be written is tried once more on closing; then the file is closed and gone all the same.
        with suppress(OSError):
            self.upload_interrupted()
