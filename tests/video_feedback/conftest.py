"""A fragment of Marijke (`participant`) that is ready, as the conversion leaves it; and browsers with a real film."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from groups.models import Membership
from tests.types import MakeClip
from tests.video_feedback.films import make_phone_film
from video_feedback.models import Clip

FILM = bytes(range(256)) * 40
"""Ten kilobytes in which every range can be told from every other."""


@pytest.fixture
def make_clip(db: None) -> MakeClip:
    """`make_clip(owner)`: a fragment that is ready, seen by its owner only."""

    def _make_clip(owner: Membership, **fields: Any) -> Clip:
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

    return _make_clip


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


@pytest.fixture(autouse=True)
def no_uploads_left() -> Iterator[None]:
    """Recordings on their way in do not leak into the next test."""
    yield
    shutil.rmtree(settings.UPLOAD_DIR)
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(parents=True)
