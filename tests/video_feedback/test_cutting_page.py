"""The page on which a fragment is cut on the own device, and what its worker may do."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from netwerkleren.base.static_headers import NOTHING, OWN_SCRIPTS_ALONE, headers_of_file
from tests.types import MakeClip, SignIn
from video_feedback.models import Clip

JS = Path(settings.BASE_DIR) / "static/js"


def text_of(browser: Client, name: str, clip: Clip) -> str:
    return " ".join(browser.get(reverse(name, args=[clip.pk])).content.decode().split())


@pytest.fixture
def waiting(make_clip: MakeClip, participant: Membership) -> Clip:
    return make_clip(participant, state=Clip.State.UPLOADING)


def test_what_must_be_known_before_and_after_the_cut_is_said(
    waiting: Clip, participant: Membership, sign_in: SignIn
) -> None:
    page = text_of(sign_in(participant), "video_feedback:cut_clip", waiting)
    assert "Film liefst met een apparaat van school." in page
    assert "Wis dan de opname, ook uit Recent verwijderd en de back-up (iCloud, Google Foto's)." in page
    assert (
        "Ook afgedekt blijft een leerling herkenbaar, aan stem, kleding en houding: toestemming blijft nodig." in page
    )
    assert "Hoor je een naam?" in page
    assert "anoniem" not in page.lower()


def test_what_takes_out_the_least_comes_first(waiting: Clip, participant: Membership, sign_in: SignIn) -> None:
    page = text_of(sign_in(participant), "video_feedback:cut_clip", waiting)
    ways = ["Kies liefst een ander stukje", "Alleen dit deel van het beeld", "Dek een plek af", "Geluid weg"]
    places = [page.index(f">{way}<") for way in ways]
    assert places == sorted(places)


def test_a_whole_recording_goes_by_a_road_of_its_own_in_words_of_its_own(
    waiting: Clip, participant: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    cutting = text_of(browser, "video_feedback:cut_clip", waiting)
    whole = text_of(browser, "video_feedback:detail", waiting)
    assert f'href="{reverse("video_feedback:detail", args=[waiting.pk])}">Stuur de hele opname' in cutting
    assert "Dan staat alles wat je filmde op onze server, ook wat niemand hoeft te zien." in whole
    assert f'href="{reverse("video_feedback:cut_clip", args=[waiting.pk])}"' in whole


def test_a_fragment_that_has_its_film_is_cut_no_more(
    make_clip: MakeClip, participant: Membership, sign_in: SignIn
) -> None:
    clip = make_clip(participant)
    answer = sign_in(participant).get(reverse("video_feedback:cut_clip", args=[clip.pk]))
    assert answer["Location"] == reverse("video_feedback:detail", args=[clip.pk])


def test_only_who_sends_the_recording_cuts_it(
    make_clip: MakeClip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    clip = make_clip(participant, uploaded_by=maatje, state=Clip.State.UPLOADING)
    address = reverse("video_feedback:cut_clip", args=[clip.pk])
    assert sign_in(maatje).get(address).status_code == 200
    assert sign_in(participant).get(address).status_code == 403


def test_the_list_says_for_which_fragments_a_device_may_still_keep_what_was_cut(
    waiting: Clip, make_clip: MakeClip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    make_clip(participant)
    make_clip(maatje, state=Clip.State.UPLOADING)
    page = sign_in(participant).get(reverse("video_feedback:overview")).content.decode()
    found = re.search(r'data-waiting="([^"]*)"', page)
    assert found is not None
    assert found[1].split() == [str(waiting.pk)]


def test_every_reason_for_which_a_device_cannot_cut_has_words_and_a_way_out(
    waiting: Clip, participant: Membership, sign_in: SignIn
) -> None:
    modules = [*(JS / "workers").glob("*.js"), JS / "shared/cutter.js", JS / "pages/cut-recording.js"]
    source = "\n".join(module.read_text() for module in modules)
    given = re.findall(r'(?:CannotCut|CutFailed)\("([a-z-]+)"', source)
    given += re.findall(r'showTrouble\("([a-z-]+)"', source)
    page = text_of(sign_in(participant), "video_feedback:cut_clip", waiting)
    worded = set(re.findall(r'data-trouble-of="([a-z-]+)"', page))
    # The reader stopped it; of the other two the words are those of "failed".
    unworded = {"cancelled", "lost-track", "wrong-length"}
    assert set(given) - unworded <= worded
    assert {"failed", "changed", "worker-died", "cannot-decode"} <= worded


def test_the_worker_alone_runs_scripts_and_may_ask_nothing_of_anyone() -> None:
    policies = {}
    for url in ("/static/js/workers/cutter.0123456789ab.js", "/static/js/pages/cut-recording.js", "/static/img/x.svg"):
        headers: dict[str, str] = {}
        headers_of_file(headers, "", url)
        policies[url] = headers["Content-Security-Policy"]
    assert list(policies.values()) == [OWN_SCRIPTS_ALONE, NOTHING, NOTHING]
    assert OWN_SCRIPTS_ALONE == "default-src 'none'; script-src 'self'"


def test_every_module_that_reads_a_recording_is_of_the_worker() -> None:
    """What a page imports runs under the policy of the page, which may ask the portal."""
    readers = [path for path in JS.rglob("*.js") if "mediabunny" in path.read_text()]
    assert {path.parent.name for path in readers} == {"workers"}
