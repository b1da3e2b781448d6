"""Films and posters through the gates, in ranges (docs/security.md U5)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from netwerkleren.base.models import AuditEvent
from tests.types import MakeClip, Response, SignIn
from tests.video_feedback.factories import FILM
from video_feedback import serving
from video_feedback.models import Clip, ClipView
from video_feedback.services import consent
from video_feedback.serving import NotSatisfiable, wanted_range

SIZE = len(FILM)


def film_of(clip: Clip) -> str:
    return reverse("video_feedback:film", args=[clip.pk])


def body(response: Response) -> bytes:
    return response.getvalue()


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-", 0, SIZE - 1),
        ("bytes=100-199", 100, 199),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
        ("bytes=-5", SIZE - 5, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
        (f"bytes=5-{SIZE * 2}", 5, SIZE - 1),
    ],
)
def test_a_range_gives_just_those_bytes(
    clip: Clip, participant: Membership, sign_in: SignIn, header: str, first: int, last: int
) -> None:
    response = sign_in(participant).get(film_of(clip), headers={"Range": header})

    assert (response.status_code, body(response)) == (206, FILM[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes=",
        "bytes=a-b",
        "items=0-1",
        "bytes=0-1,4-5",
        "bytes=9-3",
        "bytes=-",
        f"bytes=0-{'9' * 5000}",
        f"bytes=-{'9' * 5000}",
    ],
)
def test_what_is_no_range_of_ours_gives_the_whole(
    clip: Clip, participant: Membership, sign_in: SignIn, header: str
) -> None:
    response = sign_in(participant).get(film_of(clip), headers={"Range": header} if header else {})

    assert (response.status_code, body(response)) == (200, FILM)
    assert (response["Accept-Ranges"], response["Content-Length"]) == ("bytes", str(SIZE))


@pytest.mark.parametrize("header", [f"bytes={SIZE}-", f"bytes={SIZE + 5}-{SIZE + 9}", "bytes=-0"])
def test_a_range_outside_the_film_is_416(clip: Clip, participant: Membership, sign_in: SignIn, header: str) -> None:
    response = sign_in(participant).get(film_of(clip), headers={"Range": header})

    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{SIZE}")


def test_one_answer_to_a_range_is_small_so_that_a_withdrawal_holds_soon() -> None:
    assert wanted_range("bytes=0-", 10**9) == (0, serving.MOST_AT_ONCE - 1)
    assert wanted_range("bytes=100-", 10**9) == (100, 100 + serving.MOST_AT_ONCE - 1)
    with pytest.raises(NotSatisfiable):
        wanted_range("bytes=5-", 5)


@pytest.mark.parametrize(("name", "content_type"), [("film", "video/mp4"), ("poster", "image/jpeg")])
def test_no_cache_keeps_it_and_no_browser_guesses(
    clip: Clip, participant: Membership, sign_in: SignIn, name: str, content_type: str
) -> None:
    response = sign_in(participant).get(reverse(f"video_feedback:{name}", args=[clip.pk]))

    assert response["Content-Type"] == content_type
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "inline"


def test_head_tells_the_size_and_sends_nothing(clip: Clip, participant: Membership, sign_in: SignIn) -> None:
    response = sign_in(participant).head(film_of(clip))

    assert (response.status_code, response["Content-Length"], response.content) == (200, str(SIZE), b"")


def test_withdrawn_while_it_plays_is_gone_at_the_next_range(
    clip: Clip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    watcher = sign_in(maatje)
    assert watcher.get(film_of(clip), headers={"Range": "bytes=0-99"}).status_code == 206

    consent.withdraw_clip(actor=participant.user, clip=clip)

    for name in ("film", "poster", "detail"):
        response = watcher.get(reverse(f"video_feedback:{name}", args=[clip.pk]), headers={"Range": "bytes=100-"})
        assert response.status_code == 404
    assert sign_in(participant).get(film_of(clip)).status_code == 200


def _withdraw(owner: Membership, clip: Clip, watcher: Membership, browser: Client) -> None:
    consent.withdraw_clip(actor=owner.user, clip=clip)


def _remove(owner: Membership, clip: Clip, watcher: Membership, browser: Client) -> None:
    Membership.objects.filter(pk=watcher.pk).update(left=timezone.now())


def _sign_out(owner: Membership, clip: Clip, watcher: Membership, browser: Client) -> None:
    browser.logout()


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-"}], ids=["whole", "range"])
@pytest.mark.parametrize("take_away", [_withdraw, _remove, _sign_out])
def test_an_answer_that_is_on_its_way_is_cut_when_the_gate_closes(
    clip: Clip,
    participant: Membership,
    maatje: Membership,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    take_away: Callable[[Membership, Clip, Membership, Client], None],
    headers: dict[str, str],
) -> None:
    monkeypatch.setattr(serving, "PIECE", 10)
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    watcher = sign_in(maatje)
    response = watcher.get(film_of(clip), headers=headers)
    assert response["Content-Length"] == str(SIZE)
    on_its_way = iter(response)
    assert [next(on_its_way), next(on_its_way)] == [FILM[:10], FILM[10:20]]

    take_away(participant, clip, maatje, watcher)

    assert list(on_its_way) == []


@pytest.mark.django_db(transaction=True)
def test_while_a_piece_is_sent_no_connection_to_the_database_is_held(
    clip: Clip, participant: Membership, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "PIECE", 10)
    on_its_way = iter(sign_in(participant).get(film_of(clip)))

    for _piece in range(3):
        next(on_its_way)
        assert connection.connection is None


def test_the_owner_sees_who_was_given_the_film_and_is_not_counted(
    clip: Clip, participant: Membership, maatje: Membership, coach: Membership, sign_in: SignIn
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    sign_in(participant).get(film_of(clip))
    sign_in(coach).get(reverse("video_feedback:detail", args=[clip.pk]))
    sign_in(maatje).get(film_of(clip))
    sign_in(maatje).get(film_of(clip), headers={"Range": "bytes=100-"})

    assert [view.watcher for view in ClipView.objects.all()] == [maatje]
    assert [event.actor_id for event in AuditEvent.objects.filter(action="clip.viewed")] == [maatje.user_id]
    detail = reverse("video_feedback:detail", args=[clip.pk])
    assert "Alleen jij ziet wie er keek." in sign_in(participant).get(detail).content.decode()
    assert "Bekeken door" not in sign_in(maatje).get(detail).content.decode()


def test_range_after_range_is_one_watching_and_writes_nothing_more(
    clip: Clip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    player = sign_in(maatje)
    body(player.get(film_of(clip)))
    begun = ClipView.objects.get().last_at

    with CaptureQueriesContext(connection) as asked:
        body(player.get(film_of(clip), headers={"Range": "bytes=100-199"}))
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []

    with time_machine.travel(begun + timedelta(seconds=61), tick=False):
        body(player.get(film_of(clip), headers={"Range": "bytes=200-299"}))
        assert ClipView.objects.get().last_at == begun + timedelta(seconds=61)


def test_what_is_not_ready_has_no_film(make_clip: MakeClip, participant: Membership, sign_in: SignIn) -> None:
    clip = make_clip(participant, state="queued")

    assert sign_in(participant).get(film_of(clip)).status_code == 404
    assert sign_in(participant).get(reverse("video_feedback:poster", args=[clip.pk])).status_code == 404
