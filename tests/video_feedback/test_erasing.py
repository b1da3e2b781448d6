"""Erased is erased: everywhere, also when a worker has the recording or dies."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from groups.models import Membership
from tests.types import MakeClip
from tests.video_feedback.stores import files_of
from video_feedback import conversion, media
from video_feedback.models import Clip, Upload
from video_feedback.services import clips
from video_feedback.sweeping import make_room


@pytest.fixture
def clip(make_clip: MakeClip, participant: Membership) -> Clip:
    return make_clip(participant, state=Clip.State.UPLOADING)


def test_a_clip_erased_meanwhile_leaves_no_file(
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    participant: Membership,
    commits: Callable[[], AbstractContextManager[object]],
    tmp_path: Path,
) -> None:
    bring_in(clip, phone_film)
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.CONVERTING)
    converted = media.convert(phone_film, tmp_path)
    with commits():
        clips.erase_clip(actor=participant.user, clip=clip)

    with commits():
        assert conversion.finish_conversion(clip=clip, converted=converted) is False

    assert not Clip.objects.exists()
    assert files_of(clip) == []


def test_what_a_worker_stores_after_erasing_and_does_not_live_to_take_back_is_found(
    clip: Clip,
    phone_film: Path,
    bring_in: Callable[[Clip, Path], Upload],
    participant: Membership,
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    """A converts; the owner erases, which B carries out; A stores its film and is killed."""
    bring_in(clip, phone_film)
    now = timezone.now()
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.CONVERTING, lease_until=now + timedelta(minutes=5))
    with commits():
        clips.erase_clip(actor=participant.user, clip=clip)
    assert not Clip.objects.visible_to(participant.user).exists()
    storages["footage"].save(f"{clip.pk}/abc/film.mp4", ContentFile(b"film"))
    with time_machine.travel(now + timedelta(minutes=4), tick=False), commits():
        make_room()
    storages["footage"].save(f"{clip.pk}/abc/poster.jpg", ContentFile(b"poster"))

    with time_machine.travel(now + timedelta(minutes=6), tick=False), commits():
        make_room()

    assert files_of(clip) == []
    assert not Clip.objects.exists()


def test_erased_is_erased_everywhere(
    make_clip: MakeClip, participant: Membership, commits: Callable[[], AbstractContextManager[object]]
) -> None:
    clip = make_clip(participant)
    assert sorted(files_of(clip)) == ["film.mp4", "poster.jpg"]

    with commits():
        clips.erase_clip(actor=participant.user, clip=clip)

    assert not Clip.objects.exists()
    assert files_of(clip) == []


def test_erasing_that_broke_off_is_finished_by_the_sweeper(
    make_clip: MakeClip, participant: Membership, commits: Callable[[], AbstractContextManager[object]]
) -> None:
    clip = make_clip(participant)
    clips.erase_clip(actor=participant.user, clip=clip)
    assert not Clip.objects.visible_to(participant.user).exists()

    with commits():
        make_room()

    assert not Clip.objects.exists()
    assert files_of(clip) == []
