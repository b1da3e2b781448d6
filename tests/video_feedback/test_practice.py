"""The oefenfragment: everyone gives a first top, which counts nowhere; and filming the own table."""

import json
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from meetings.models import AgendaItem, Meeting
from meetings.services import running
from netwerkleren.base import live
from tests.factories import make_agenda_item, make_meeting
from tests.types import CountQueries, SignIn
from video_feedback.models import PRACTICE_MS, Clip, Feedback, PracticeTop, Remark
from video_feedback.own_data import practice_part, take_away

FILM = Path(settings.BASE_DIR) / "static/film/oefenfragment.mp4"


@pytest.fixture
def page(participant: Membership) -> str:
    return reverse("video_feedback:practice", args=[participant.group_id])


def _give(browser: Client, page: str, start: str = "0:24", text: str = "Je <wachtte>") -> int:
    version = browser.get(page).context["form"]["version"].value()
    return browser.post(page, {"start": start, "text": text, "version": version}).status_code


def test_each_member_gives_one_top_and_the_group_reads_it(
    page: str, participant: Membership, maatje: Membership, coach: Membership, sign_in: SignIn
) -> None:
    own, other = sign_in(participant), sign_in(maatje)
    assert "Nog geen top" in own.get(page).content.decode()
    assert [_give(own, page), _give(other, page, "31", "Een open vraag")] == [302, 302]
    shown = sign_in(coach).get(page).content.decode()
    for words in ("Je &lt;wachtte&gt;", "Marijke", "0:24", "Een open vraag", "Yusuf", "0:31"):
        assert words in shown
    assert shown.index("0:24") < shown.index("0:31")
    assert _give(own, page, "0:50", "Je vroeg door") == 302
    assert list(PracticeTop.objects.values_list("text", flat=True)) == ["Een open vraag", "Je vroeg door"]


def test_another_group_reads_nothing_of_it(
    page: str, participant: Membership, other_member: Membership, sign_in: SignIn
) -> None:
    _give(sign_in(participant), page)
    theirs = reverse("video_feedback:practice", args=[other_member.group_id])
    assert "wachtte" not in sign_in(other_member).get(theirs).content.decode()
    assert not PracticeTop.objects.visible_to(other_member.user).exists()


def test_it_is_no_fragment_and_no_feedback(page: str, participant: Membership, sign_in: SignIn) -> None:
    _give(sign_in(participant), page)
    assert [model.objects.count() for model in (Clip, Feedback, Remark)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("start", "text", "said"),
    [
        ("", "Goed", "Op welk moment"),
        ("veel later", "Goed", "moment"),
        ("1:01", "Goed", "De film duurt een minuut"),
        ("0:10", "", "Schrijf eerst wat er goed ging"),
        ("0:10", "x" * 201, "200 tekens"),
    ],
)
def test_bad_input_is_said_and_stays(
    start: str, text: str, said: str, page: str, participant: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    version = browser.get(page).context["form"]["version"].value()
    answer = browser.post(page, {"start": start, "text": text, "version": version})
    assert answer.status_code == 422
    assert said in answer.content.decode() and text in answer.content.decode()
    assert not PracticeTop.objects.exists()


def test_a_top_of_another_comes_by_itself(
    page: str, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    topic = live.topic_of("practice", participant.group)
    before = live.version_of(topic)
    _give(sign_in(maatje), page)
    assert live.version_of(topic) == before + 1
    fragment = sign_in(participant).get(page, headers={"HX-Request": "true"}).content.decode()
    assert "wachtte" in fragment and "<form" not in fragment


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_as_much_for_three_as_for_one(
    number: int,
    page: str,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
) -> None:
    for giver in (participant, maatje, colleague)[:number]:
        PracticeTop.objects.create(giver=giver, start_ms=1000, text="Goed")
    browser = sign_in(participant)
    with django_assert_num_queries(6):
        assert browser.get(page).status_code == 200


def test_it_goes_along_with_ones_data_and_goes_with_the_account(
    page: str, participant: Membership, sign_in: SignIn
) -> None:
    _give(sign_in(participant), page)
    assert "Je <wachtte>" in practice_part(participant.user).rows[0].values()
    take_away(participant.user, participant.user)
    assert not PracticeTop.objects.exists()


@pytest.mark.parametrize("name", ["coach", "participant"])
def test_the_introductie_leads_there_while_film_is_on(
    name: str, coach: Membership, participant: Membership, sign_in: SignIn, page: str
) -> None:
    introduction = make_meeting(coach.group, Meeting.Kind.INTRODUCTION)
    make_agenda_item(introduction, AgendaItem.Kind.VIDEO)
    running.start_meeting(actor=coach.user, meeting=introduction)
    who, route = {"coach": (coach, "lead"), "participant": (participant, "now")}[name]
    assert page in sign_in(who).get(reverse(f"meetings:{route}", args=[introduction.pk])).content.decode()


def test_fragmenten_leads_there_too(page: str, participant: Membership, sign_in: SignIn) -> None:
    shown = sign_in(participant).get(reverse("video_feedback:overview")).content.decode()
    assert page in shown and reverse("video_feedback:practice_filming") in shown


def test_the_film_is_a_small_one_of_a_minute_that_every_browser_plays() -> None:
    command = ["ffprobe", "-v", "error", "-print_format", "json", "-show_streams", "-show_format", str(FILM)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)
    assert [(stream["codec_name"], stream["pix_fmt"]) for stream in told["streams"]] == [("h264", "yuv420p")]
    assert timedelta(seconds=float(told["format"]["duration"])) == timedelta(milliseconds=PRACTICE_MS)
    assert FILM.stat().st_size < 1_000_000


def test_a_film_of_the_own_table_has_no_way_to_be_sent(participant: Membership, sign_in: SignIn) -> None:
    shown = sign_in(participant).get(reverse("video_feedback:practice_filming")).content.decode()
    main = shown.partition("<main")[2].partition("</main>")[0]
    (field,) = re.findall(r"<input[^>]*>", main)
    assert 'capture="environment"' in field and "name=" not in field
    assert "<form" not in main
    module = (Path(settings.BASE_DIR) / "static/js/pages/practice-filming.js").read_text()
    assert not re.search(r"\bfetch\b|XMLHttpRequest|sendBeacon|import ", module)
