"""People take turns at the worker, and send no more than it can carry."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from tests.factories import make_group, make_member
from tests.types import MakeClip, SignIn
from tests.video_feedback.films import make_film
from video_feedback import room
from video_feedback.models import Clip, Upload
from video_feedback.pages import waiting_before
from video_feedback.services import recordings
from video_feedback.tasks import convert_next


@pytest.fixture(scope="session")
def short_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_film(tmp_path_factory.mktemp("films") / "kort.mp4", seconds=0.5, size="160x120", sound=False)


@pytest.fixture
def waiting(make_clip: MakeClip, short_film: Path) -> Callable[[Membership, int], Clip]:
    """`waiting(who, minutes)`: a recording that came in so many minutes ago and waits for a worker."""

    def _waiting(who: Membership, minutes: int) -> Clip:
        clip = make_clip(who, state=Clip.State.UPLOADING)
        upload = recordings.begin_upload(actor=who.user, clip=clip, length=short_film.stat().st_size)
        upload.path.write_bytes(short_film.read_bytes())
        queued_at = timezone.now() - timedelta(minutes=minutes)
        Clip.objects.filter(pk=clip.pk).update(state=Clip.State.QUEUED, queued_at=queued_at)
        clip.refresh_from_db()
        return clip

    return _waiting


def in_order_of_turns(commits: Callable[[], AbstractContextManager[object]], turns: int) -> list[Clip]:
    done: list[Clip] = []
    for _turn in range(turns):
        with commits():
            convert_next()
        done += Clip.objects.filter(state=Clip.State.READY).exclude(pk__in=[clip.pk for clip in done])
    return done


def test_ten_films_of_one_do_not_keep_the_one_of_another_waiting(
    participant: Membership,
    maatje: Membership,
    waiting: Callable[[Membership, int], Clip],
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    """Measured in turns: with one worker, the one film is the second of the eleven."""
    many = [waiting(participant, 60 - number) for number in range(10)]
    one = waiting(maatje, 5)
    assert waiting_before(one) == 1

    done = in_order_of_turns(commits, 3)

    assert done == [many[0], one, many[1]]


def test_people_take_turns(
    participant: Membership,
    maatje: Membership,
    coach: Membership,
    waiting: Callable[[Membership, int], Clip],
    commits: Callable[[], AbstractContextManager[object]],
) -> None:
    marijke = [waiting(participant, 30), waiting(participant, 29), waiting(participant, 28)]
    yusuf = [waiting(maatje, 20), waiting(maatje, 19)]
    hanneke = [waiting(coach, 10)]
    told = {clip.pk: waiting_before(clip) for clip in [*marijke, *yusuf, *hanneke]}

    done = in_order_of_turns(commits, 6)

    assert done == [marijke[0], yusuf[0], hanneke[0], marijke[1], yusuf[1], marijke[2]]
    assert [told[clip.pk] for clip in done] == [0, 1, 2, 3, 4, 5], "the page said so"


def test_who_was_served_long_ago_waits_since_the_recording_came_in(
    participant: Membership, maatje: Membership, make_clip: MakeClip, waiting: Callable[[Membership, int], Clip]
) -> None:
    """Nobody gets ahead by never having sent one."""
    make_clip(participant, turn_at=timezone.now() - timedelta(days=20))
    first, second = waiting(participant, 9), waiting(maatje, 8)

    assert list(Clip.objects.in_turn()) == [first, second]


def test_who_is_being_served_goes_after_the_others(
    participant: Membership, maatje: Membership, make_clip: MakeClip, waiting: Callable[[Membership, int], Clip]
) -> None:
    make_clip(participant, state=Clip.State.CONVERTING, turn_at=timezone.now() - timedelta(hours=2))
    first, second = waiting(participant, 90), waiting(maatje, 1)

    assert list(Clip.objects.in_turn()) == [second, first]


def test_an_eleventh_recording_is_refused_before_its_first_byte(
    participant: Membership, make_clip: MakeClip, waiting: Callable[[Membership, int], Clip]
) -> None:
    for number in range(room.MAX_WAITING):
        waiting(participant, number)
    clip = make_clip(participant, state=Clip.State.UPLOADING)

    with pytest.raises(room.Refused, match="Er zijn al 10 opnames van jou onderweg") as caught:
        recordings.begin_upload(actor=participant.user, clip=clip, length=1000)

    assert caught.value.status == 429
    assert not Upload.objects.filter(clip=clip).exists()


def test_the_limit_is_of_one_person(
    participant: Membership, maatje: Membership, make_clip: MakeClip, waiting: Callable[[Membership, int], Clip]
) -> None:
    for number in range(room.MAX_WAITING):
        waiting(participant, number)
    clip = make_clip(maatje, state=Clip.State.UPLOADING)

    assert recordings.begin_upload(actor=maatje.user, clip=clip, length=1000).clip == clip


def test_trying_again_waits_for_room_too(
    participant: Membership, sign_in: SignIn, waiting: Callable[[Membership, int], Clip]
) -> None:
    failed = waiting(participant, 90)
    Clip.objects.filter(pk=failed.pk).update(state=Clip.State.FAILED, reason="timeout")
    for number in range(room.MAX_WAITING):
        waiting(participant, number)

    page = sign_in(participant).post(reverse("video_feedback:retry", args=[failed.pk]), follow=True)

    failed.refresh_from_db()
    assert failed.state == Clip.State.FAILED
    assert "Er zijn al 10 opnames van jou onderweg" in page.content.decode()


def test_it_is_the_same_person_in_two_groups(
    participant: Membership, make_clip: MakeClip, waiting: Callable[[Membership, int], Clip]
) -> None:
    elsewhere = make_member(make_group("Een andere groep"), "Anders")
    elsewhere.user = participant.user
    elsewhere.save()
    for number in range(room.MAX_WAITING):
        waiting(participant, number)

    with pytest.raises(room.Refused, match="onderweg"):
        recordings.begin_upload(
            actor=participant.user, clip=make_clip(elsewhere, state=Clip.State.UPLOADING), length=1000
        )
