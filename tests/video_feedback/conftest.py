"""A fragment of Marijke (`participant`) that is ready, as the conversion leaves it; and browsers with a real film."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import Settings

from groups.models import Membership
from tests.bucket import Bucket
from tests.servers import S3Server
from tests.types import MakeClip, OnCommit
from tests.video_feedback.factories import make_clip
from tests.video_feedback.films import make_phone_film
from tests.video_feedback.stores import bring, bucket_of
from video_feedback.models import Clip, Upload
from video_feedback.services import recordings


@pytest.fixture(name="make_clip")
def make_clip_fixture(db: None) -> MakeClip:
    """`make_clip(owner)`: a fragment that is ready, seen by its owner only."""
    return make_clip


@pytest.fixture
def clip(make_clip: MakeClip, participant: Membership) -> Clip:
    return make_clip(participant)


@pytest.fixture(scope="session")
def phone_film_of_session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_phone_film(tmp_path_factory.mktemp("films") / "IMG_0412.MOV", seconds=2)


@pytest.fixture
def phone_film(phone_film_of_session: Path, tmp_path: Path) -> Path:
    """A .mov as an iPhone makes it, lying on its side, with the place in it."""
    return Path(shutil.copy(phone_film_of_session, tmp_path / "IMG_0412.MOV"))


@pytest.fixture
def bring_in(participant: Membership) -> Callable[[Clip, Path], Upload]:
    """`bring_in(clip, path)`: the recording is in and waits for a worker."""

    def _bring_in(clip: Clip, path: Path) -> Upload:
        upload = recordings.begin_upload(
            actor=participant.user, clip=clip, length=path.stat().st_size, filename=path.name
        )
        bring(upload, path.read_bytes())
        upload.recording.finish()
        Clip.objects.filter(pk=clip.pk).update(state=Clip.State.QUEUED)
        return upload

    return _bring_in


@pytest.fixture
def bucket(s3_server: S3Server, settings: Settings) -> Iterator[Bucket]:
    """Films, and recordings on their way in, in a real bucket instead of on disk."""
    settings.STORAGES = settings.STORAGES | {"footage": bucket_of(s3_server)}
    bucket = s3_server.bucket()
    yield bucket
    bucket.clear()


@pytest.fixture
def commits(django_capture_on_commit_callbacks: OnCommit) -> Callable[[], AbstractContextManager[object]]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(autouse=True)
def no_uploads_left() -> Iterator[None]:
    """Recordings on their way in do not leak into the next test."""
    yield
    shutil.rmtree(settings.UPLOAD_DIR)
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(parents=True)
