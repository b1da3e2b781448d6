"""What is on the disk and in the store of films."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages

from video_feedback.models import Clip


def recordings_on_disk() -> set[Path]:
    """Every file and folder for films on their way in, but for the one that forms arrive in."""
    return set(settings.UPLOAD_DIR.iterdir()) - {settings.FILE_UPLOAD_TEMP_DIR}


def files_of(clip: Clip) -> list[str]:
    """What the store still has of a clip."""
    store = storages["footage"]
    try:
        folders, names = store.listdir(str(clip.pk))
    except FileNotFoundError:
        return []
    return names + [name for folder in folders for name in store.listdir(f"{clip.pk}/{folder}")[1]]


def disk_at(folder: Path) -> dict[str, Any]:
    """A store for in STORAGES."""
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
