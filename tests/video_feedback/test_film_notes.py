"""Kijknotities beside the film: lined up by one of them, and then suggestions of what to say something about."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from tests.types import MakeClip, SignIn
from video_feedback.film_notes import film_notes
from video_feedback.models import Clip, NotesStart, ObserverNote
from video_feedback.services import consent

LESSON = timezone.make_aware(datetime(2026, 11, 24, 9, 30))
"""When the film began, by the clock of the notes."""


@pytest.fixture
def film(participant: Membership, maatje: Membership, make_clip: MakeClip) -> Clip:
    clip = make_clip(participant)
    consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
    Clip.objects.filter(pk=clip.pk).update(created=LESSON + timedelta(hours=4))
    return Clip.objects.select_related("owner").get(pk=clip.pk)


@pytest.fixture
def here(maatje: Membership, sign_in: SignIn) -> Client:
    return sign_in(maatje)


def seen(observer: Membership, clip: Clip, after_s: float, text: str = "wachttijd") -> ObserverNote:
    return ObserverNote.objects.create(
        observer=observer, observed=clip.owner, text=text, seen_at=LESSON + timedelta(seconds=after_s)
    )


def line_up(browser: Client, clip: Clip, **body: object) -> int:
    answer = browser.post(reverse("video_feedback:line_up", args=[clip.pk]), {"exact": "", **body})
    return answer.status_code


def places(observer: Membership, clip: Clip) -> list[int | None]:
    found = film_notes(observer.user, clip)
    return [one.at_ms for one in found.notes] if found else []


def test_one_note_lines_up_all_within_half_a_second(here: Client, maatje: Membership, film: Clip) -> None:
    notes = [seen(maatje, film, after) for after in (10.4, 31.25, 64)]
    assert places(maatje, film) == [None, None, None]
    assert line_up(here, film, note=notes[1].pk, moment="0:31", exact="31250") == 302
    assert places(maatje, film) == [10_400, 31_250, 64_000]

    # By hand, without the player: within the second that was typed.
    assert line_up(here, film, note=notes[2].pk, moment="1:04") == 302
    assert places(maatje, film) == [10_400, 31_250, 64_000]
    assert NotesStart.objects.count() == 1


def test_who_typed_another_moment_means_that_one(here: Client, maatje: Membership, film: Clip) -> None:
    note = seen(maatje, film, 20)
    line_up(here, film, note=note.pk, moment="0:40", exact="20000")
    assert places(maatje, film) == [40_000]


def test_a_note_from_before_the_film_or_after_it_has_no_place_in_it(
    here: Client, maatje: Membership, film: Clip
) -> None:
    _early, note, _late = (seen(maatje, film, after) for after in (-30, 5, 600))
    line_up(here, film, note=note.pk, moment="0:05")
    assert places(maatje, film) == [None, 5000, None]
    page = here.get(reverse("video_feedback:detail", args=[film.pk])).content.decode()
    assert page.count("buiten de film") == 2 and page.count('class="seen-mark"') == 1


@pytest.mark.parametrize("moment", ["", "gisteren", "1440:00", "24:00:00", "-0:05"])
def test_an_offset_that_cannot_be_is_refused_in_words(
    here: Client, maatje: Membership, film: Clip, moment: str
) -> None:
    assert line_up(here, film, note=seen(maatje, film, 5).pk, moment=moment) == 422
    assert not NotesStart.objects.exists()


def test_a_note_of_another_or_of_another_lesson_is_no_offset(
    here: Client, participant: Membership, maatje: Membership, colleague: Membership, film: Clip
) -> None:
    of_another = ObserverNote.objects.create(observer=colleague, observed=participant, seen_at=LESSON)
    elsewhere = ObserverNote.objects.create(observer=maatje, observed=colleague, seen_at=LESSON)
    for note in (of_another, elsewhere):
        assert line_up(here, film, note=note.pk, moment="0:05") == 422
    assert not NotesStart.objects.exists()


def test_what_was_found_while_cutting_is_where_the_film_says_it_is(
    here: Client, participant: Membership, maatje: Membership, make_clip: MakeClip
) -> None:
    """The page where it is cut says once where a note is in what it cut out of the recording."""
    waiting = make_clip(participant, uploaded_by=maatje, state=Clip.State.UPLOADING, duration_ms=0)
    Clip.objects.filter(pk=waiting.pk).update(created=LESSON + timedelta(hours=1))
    notes = [seen(maatje, waiting, after) for after in (600, 612.5, 630.25)]
    page = here.get(reverse("video_feedback:cut_clip", args=[waiting.pk])).content.decode()
    assert page.count("data-note=") == 3 and str(notes[0].pk) in page
    assert line_up(here, waiting, note=notes[1].pk, moment="0:20", exact="20120") == 302

    made = {"video": "film.mp4", "poster": "beeld.jpg", "width": 1280, "height": 720, "size": 1}
    Clip.objects.filter(pk=waiting.pk).update(state=Clip.State.READY, duration_ms=45_000, **made)
    found = places(maatje, Clip.objects.select_related("owner").get(pk=waiting.pk))
    assert found == [7620, 20_120, 37_870]


def test_a_note_of_another_day_or_an_hour_is_no_place_in_what_was_cut(
    here: Client, participant: Membership, maatje: Membership, make_clip: MakeClip
) -> None:
    waiting = make_clip(participant, uploaded_by=maatje, state=Clip.State.UPLOADING, duration_ms=0)
    note = seen(maatje, waiting, 5)
    for moment in ("31:00", "1440:00", "-0:05", ""):
        assert line_up(here, waiting, note=note.pk, moment=moment) == 422
    assert not NotesStart.objects.exists()


def test_who_cuts_the_own_fragment_reads_no_notes_of_another(
    participant: Membership, maatje: Membership, make_clip: MakeClip, sign_in: SignIn
) -> None:
    waiting = make_clip(participant, state=Clip.State.UPLOADING)
    note = seen(maatje, waiting, 5)
    browser = sign_in(participant)
    page = browser.get(reverse("video_feedback:cut_clip", args=[waiting.pk])).content.decode()
    assert "cut-notes" not in page and "wachttijd" not in page
    assert line_up(browser, waiting, note=note.pk, moment="0:05") == 403
    assert line_up(sign_in(maatje), waiting, note=note.pk, moment="0:05") == 404


def test_only_those_of_the_lesson_of_the_film_are_shown(maatje: Membership, film: Clip) -> None:
    seen(maatje, film, -7 * 24 * 3600, "vorige week")
    seen(maatje, film, 10, "deze les")
    seen(maatje, film, 7 * 24 * 3600, "volgende week")
    found = film_notes(maatje.user, film)
    assert found is not None and [one.note.text for one in found.notes] == ["deze les"]


def test_nobody_else_reads_them_and_who_left_the_pair_no_longer(
    participant: Membership, maatje: Membership, colleague: Membership, film: Clip, sign_in: SignIn
) -> None:
    seen(maatje, film, 10, "wachttijd")
    address = reverse("video_feedback:detail", args=[film.pk])
    assert "Wat je in de les noteerde" in sign_in(maatje).get(address).content.decode()
    assert "Wat je in de les noteerde" not in sign_in(participant).get(address).content.decode()
    Membership.objects.filter(pk=maatje.pk).update(left=timezone.now(), pair=None)
    assert sign_in(maatje).get(address).status_code == 404
