"""After a move everyone in the room asks for the board at once: what is the same for them is read and written once."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from leervragen import pages
from leervragen.models import Meetlat
from leervragen.services import laying, ways
from meetings.models import Meeting
from meetings.services import running
from netwerkleren.base import htmx, live
from netwerkleren.base.moments import Moments
from tests.factories import make_agenda_item, make_member
from tests.types import AskQuestion, CountQueries, Response, SignIn

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    forget(monkeypatch)
    yield


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_read", Moments())
    monkeypatch.setattr(htmx, "_written", Moments())


def follow(client: Client, meeting: Meeting) -> Response:
    return client.get(reverse("leervragen:meetlat", args=[meeting.pk]), headers={"HX-Request": "true"})


def board(client: Client, meeting: Meeting) -> str:
    return TOKEN.sub("", follow(client, meeting).content.decode())


@pytest.mark.parametrize("way", Meetlat.Way.values)
def test_everyone_sees_what_they_would_see_alone(
    way: str,
    meeting: Meeting,
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    ask: AskQuestion,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The coach, who lays at the board, who moved last and may put that back, one with a question, and one without."""
    make_agenda_item(meeting)
    running.start_meeting(actor=coach.user, meeting=meeting)
    ask("Mijn vraag?", author=maatje, number=3)
    ask("Een ander?", number=4)
    ways.choose_way(actor=coach.user, meeting=meeting, way=way, layer=colleague)
    browsers = [sign_in(member) for member in (coach, participant, maatje, colleague)]
    with time_machine.travel(timezone.now(), tick=False):  # The board says how late it is.
        together = [board(browser, meeting) for browser in browsers]
        for browser, seen in zip(browsers, together, strict=True):
            forget(monkeypatch)
            assert board(browser, meeting) == seen
    assert len(set(together)) >= 3


def test_who_comes_after_another_asks_for_nothing_but_the_gates(
    meeting: Meeting,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    ask: AskQuestion,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
) -> None:
    """Session, account, memberships, meeting and version."""
    ask(number=3)
    for member in (maatje, colleague):
        sign_in(member).get(f"/live/meetlat:{meeting.pk}/")
    first, second = sign_in(maatje), sign_in(colleague)
    shown = board(first, meeting)
    with django_assert_num_queries(5):
        assert board(second, meeting) == shown


def test_a_newer_version_is_never_answered_with_an_older_board(
    meeting: Meeting, participant: Membership, maatje: Membership, ask: AskQuestion, sign_in: SignIn
) -> None:
    strip, browser = ask("Hoe begin ik?"), sign_in(maatje)
    for number in (3, 7):
        laying.lay_strip(actor=participant.user, strip=strip, version=strip.version, number=number)
        strip.refresh_from_db()
        place = re.search(r'id="rij-(\d+)">(?:(?!id="rij-).)*Hoe begin ik', board(browser, meeting), re.DOTALL)
        assert place is not None and int(place[1]) == number


def test_the_gate_is_asked_of_each_request(
    meeting: Meeting, maatje: Membership, colleague: Membership, outsider: object, ask: AskQuestion, sign_in: SignIn
) -> None:
    ask(number=3)
    browser = sign_in(colleague)
    assert follow(browser, meeting).status_code == follow(sign_in(maatje), meeting).status_code == 200
    colleague.left = timezone.now()
    colleague.save()
    assert follow(browser, meeting).status_code == 404
    assert follow(sign_in(outsider), meeting).status_code == 404  # type: ignore[arg-type]


def test_rights_that_change_meanwhile_are_those_of_the_request(
    meeting: Meeting, coach: Membership, maatje: Membership, ask: AskQuestion, sign_in: SignIn
) -> None:
    """Who may lay on the board is decided by the meeting as it is now, whatever was read a moment ago."""
    ask(number=3)
    browser = sign_in(maatje)
    assert 'class="lay"' in board(browser, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(days=2))
    assert 'class="lay"' not in board(browser, meeting)


def test_each_has_the_own_token_in_the_forms(
    meeting: Meeting, coach: Membership, maatje: Membership, colleague: Membership, ask: AskQuestion, sign_in: SignIn
) -> None:
    ask(number=3)
    people = [sign_in(maatje), sign_in(colleague)]
    tokens = [set(TOKEN.findall(follow(browser, meeting).content.decode())) for browser in people]
    assert all(len(each) == 1 for each in tokens) and tokens[0] != tokens[1]
    assert [browser.cookies["csrftoken"].value != "" for browser in people] == [True, True]


def test_a_page_that_is_opened_reads_all_of_it_anew(
    meeting: Meeting, maatje: Membership, ask: AskQuestion, sign_in: SignIn
) -> None:
    strip, browser = ask("Hoe begin ik?", number=3), sign_in(maatje)
    follow(browser, meeting)
    type(strip).objects.filter(pk=strip.pk).update(text="Hoe eindig ik?")
    page = browser.get(reverse("leervragen:meetlat", args=[meeting.pk])).content.decode()
    assert "Hoe eindig ik?" in page and "Hoe begin ik?" not in page


def test_a_new_member_who_follows_sees_it_too(
    meeting: Meeting, maatje: Membership, ask: AskQuestion, sign_in: SignIn
) -> None:
    ask("Hoe begin ik?", number=3)
    follow(sign_in(maatje), meeting)
    assert "Hoe begin ik?" in board(sign_in(make_member(meeting.group)), meeting)
    assert live.version_of(live.topic_of("meetlat", meeting)) == 1
