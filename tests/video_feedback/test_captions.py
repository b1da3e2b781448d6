"""Captions: typed by the owner, on the clock of the film, behind the gate of the film."""

import pytest
from django.urls import reverse

from groups.models import Membership
from tests.types import SignIn
from video_feedback.captions import cues_of, vtt_of
from video_feedback.models import Clip
from video_feedback.services import clips, consent

TYPED = "0:03 Wat zie je?\n\n1:10 Hoe kan dat, denk jij?\n0:05 Ik <b>zie</b> & tel"


def test_each_line_stands_until_the_next_and_five_seconds_at_most() -> None:
    assert vtt_of(cues_of(TYPED, lasts=72_000)) == (
        "WEBVTT\n\n"
        "00:00:03.000 --> 00:00:05.000\nWat zie je?\n\n"
        "00:00:05.000 --> 00:00:10.000\nIk &lt;b&gt;zie&lt;/b&gt; &amp; tel\n\n"
        "00:01:10.000 --> 00:01:12.000\nHoe kan dat, denk jij?\n"
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Wat zie je?", "Begin elke regel met een moment"),
        ("0:75 Wat zie je?", "Begin elke regel met een moment"),
        ("0:03", "Begin elke regel met een moment"),
        ("9:59 Wat zie je?", "Zo lang duurt het fragment niet: 9:59"),
        ("0:03 Wat?\n0:03 Hoe?", "Er staan twee regels op hetzelfde moment"),
        ("x" * 30_000, "20000"),
    ],
)
def test_what_cannot_be_read_is_said_and_stays_typed(
    participant: Membership, clip: Clip, sign_in: SignIn, typed: str, said: str
) -> None:
    address = reverse("video_feedback:captions", args=[clip.pk])
    answer = sign_in(participant).post(address, {"version": clip.version_of_captions, "captions": typed})
    page = answer.content.decode()
    assert (answer.status_code, said in page, typed.splitlines()[0] in page) == (422, True, True)
    assert Clip.objects.get().captions == ""


def test_the_film_has_them_for_who_may_watch_it_and_for_nobody_else(
    participant: Membership, maatje: Membership, colleague: Membership, clip: Clip, sign_in: SignIn
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
    owner, file = sign_in(participant), reverse("video_feedback:captions_file", args=[clip.pk])
    assert file not in owner.get(reverse("video_feedback:detail", args=[clip.pk])).content.decode()
    assert owner.get(file).status_code == 404
    address = reverse("video_feedback:captions", args=[clip.pk])
    owner.post(address, {"version": clip.version_of_captions, "captions": TYPED})

    browser = sign_in(maatje)
    assert f'src="{file}"' in browser.get(reverse("video_feedback:detail", args=[clip.pk])).content.decode()
    answer = browser.get(file)
    assert (answer["Content-Type"], answer.content[:6]) == ("text/vtt; charset=utf-8", b"WEBVTT")
    assert sign_in(colleague).get(file).status_code == 404
    consent.withdraw_clip(actor=participant.user, clip=clip)
    assert browser.get(file).status_code == 404


def test_they_go_with_the_film(participant: Membership, clip: Clip) -> None:
    Clip.objects.update(captions=TYPED)
    clips.erase_clip(actor=participant.user, clip=clip)
    assert Clip.objects.get().captions == ""
