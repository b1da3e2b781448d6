"""What is on the disk and in the store of films."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages

from tests.bucket import Bucket
from tests.servers import S3Server
from video_feedback.models import Clip, Upload


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


def bucket_of(server: S3Server) -> dict[str, Any]:
    """A store for in STORAGES, as `netwerkleren/settings.py` makes it for films."""
    options = {
        "bucket_name": server.env["S3_BUCKET"],
        "endpoint_url": server.env["S3_ENDPOINT_URL"],
        "access_key": server.env["S3_ACCESS_KEY_ID"],
        "secret_key": server.env["S3_SECRET_ACCESS_KEY"],
        "region_name": server.env["S3_REGION"],
        "addressing_style": "path",
        "default_acl": "private",
        "file_overwrite": False,
        "location": "footage",
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def bring(upload: Upload, content: bytes) -> None:
    """These bytes are in, and nothing else happened."""
    with upload.recording.taking_turn() as turn:
        turn.append(content)


def content_of(upload: Upload) -> bytes:
    """What is in; of one in the bucket only when it is finished, or less than a part."""
    upload.refresh_from_db()
    if not upload.in_bucket:
        return upload.path.read_bytes()
    store: Any = storages["footage"]
    name = "recording" if upload.multipart else upload.rest
    return Bucket(store.connection.meta.client, store.bucket_name).read(f"uploads/{upload.pk}/{name}")


def elsewhere(upload: Upload) -> Upload:
    """The same upload, as another machine reads it."""
    return Upload.objects.get(pk=upload.pk)


def is_gone(upload_pk: object) -> bool:
    """Whether nothing is left of its bytes, on the disk and in the bucket where there is one."""
    store: Any = storages["footage"]
    left = [path.name for path in settings.UPLOAD_DIR.glob(f"{upload_pk}*")]
    if hasattr(store, "bucket_name"):
        bucket = Bucket(store.connection.meta.client, store.bucket_name)
        left += [key for key in bucket.keys() + bucket.unfinished() if str(upload_pk) in key]
    return left == []
