"""Slides from Leiden to the Scherm and to the phones that follow."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from groups.models import Membership
from meetings.models import AgendaItem, Meeting
from meetings.services import running, slides
from netwerkleren.base import live
from netwerkleren.method.deck import presentation_of
from tests.access.table import digibord_of
from tests.factories import make_agenda_item
from tests.screens import words_on
from tests.types import CountQueries, SignIn


def screen_of(meeting: Meeting) -> str:
    return reverse("meetings:screen", args=[meeting.pk])


def press(browser: Any, meeting: Meeting, number: int) -> Any:
    came_from = {"referer": f"http://testserver{reverse('meetings:lead', args=[meeting.pk])}"}
    return browser.post(reverse("method:show_slide", args=[meeting.pk]), {"number": number}, headers=came_from)


def shown(meeting: Meeting) -> tuple[int, bool]:
    meeting.refresh_from_db()
    return meeting.slide, meeting.shows_slides


def test_leiden_shows_the_slides_turns_them_and_takes_them_off(
    coach: Membership, running_introduction: Meeting, sign_in: SignIn
) -> None:
    browser, leiden = sign_in(coach), reverse("meetings:lead", args=[running_introduction.pk])
    assert "Toon de dia’s" in browser.get(leiden).content.decode()
    assert press(browser, running_introduction, 1)["Location"] == leiden
    page = browser.get(leiden).content.decode()
    assert "Dia 1 staat op het Scherm" in page
    assert "Vorige dia" not in page
    press(browser, running_introduction, 2)
    assert shown(running_introduction) == (2, True)
    assert "Vorige dia" in browser.get(leiden).content.decode()
    press(browser, running_introduction, 0)
    assert shown(running_introduction) == (2, False)
    assert "Toon de dia’s" in browser.get(leiden).content.decode()


def test_the_scherm_has_all_slides_and_one_in_view_also_on_a_digibord(
    coach: Membership, participant: Membership, running_introduction: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    assert "<slide-show" not in browser.get(screen_of(running_introduction)).content.decode()
    slides.show_slide(actor=coach.user, meeting=running_introduction, number=3)
    page = browser.get(screen_of(running_introduction)).content.decode()
    count = len(presentation_of(Meeting.objects.with_facts().get(pk=running_introduction.pk)))
    assert page.count("data-slide ") == count
    assert page.count('" data-slide data-fit="3" data-away') == count - 1
    assert 'at="3"' in page
    turns = reverse("method:turn_slide", args=[running_introduction.pk])
    assert f'data-lead="{turns}"' in page
    board = digibord_of(running_introduction, coach).get(reverse("meetings:display")).content.decode()
    assert board.count("data-slide ") == count
    assert "data-lead" not in board


def test_an_onderdeel_that_begins_takes_the_slides_off_and_the_presentation_goes_on_where_it_was(
    coach: Membership, running_introduction: Meeting
) -> None:
    slides.show_slide(actor=coach.user, meeting=running_introduction, number=5)
    following = running_introduction.agenda.all()[1]
    running.go_to(actor=coach.user, meeting=running_introduction, item=following)
    assert shown(running_introduction) == (5, False)


def test_at_another_meeting_the_next_onderdeel_begins_with_its_own_first_slide(
    coach: Membership, meeting: Meeting
) -> None:
    make_agenda_item(meeting, AgendaItem.Kind.MEETLAT)
    answering = make_agenda_item(meeting, AgendaItem.Kind.ANSWERING)
    running.start_meeting(actor=coach.user, meeting=meeting)
    slides.show_slide(actor=coach.user, meeting=meeting, number=2)
    running.go_to(actor=coach.user, meeting=meeting, item=answering)
    assert shown(meeting) == (1, False)


def test_a_phone_is_led_to_the_slides_and_is_told_which_one_is_on(
    coach: Membership, participant: Membership, running_introduction: Meeting, sign_in: SignIn
) -> None:
    phone = sign_in(participant)
    now = reverse("meetings:now", args=[running_introduction.pk])
    way = reverse("method:slides", args=[running_introduction.pk])
    assert way not in phone.get(now).content.decode()
    slides.show_slide(actor=coach.user, meeting=running_introduction, number=4)
    assert f'href="{way}"' in phone.get(now).content.decode()
    page = phone.get(way).content.decode()
    assert 'at="4"' in page
    assert f'data-topic="meeting:{running_introduction.pk}"' in page
    assert "data-lead" not in page
    state = reverse("method:slide_now", args=[running_introduction.pk])
    assert phone.get(state).json() == {"slide": 4, "shown": True}
    slides.take_slides_off(actor=coach.user, meeting=running_introduction)
    assert phone.get(state).json() == {"slide": 4, "shown": False}


def test_turning_tells_whoever_follows_and_twice_is_once(coach: Membership, running_introduction: Meeting) -> None:
    topic = live.topic_of("meeting", running_introduction)
    before = live.version_of(topic)
    for _twice in range(2):
        slides.show_slide(actor=coach.user, meeting=running_introduction, number=2)
    assert live.version_of(topic) == before + 1


@pytest.mark.parametrize("number", ["999", "9999999999", "-3", "drie", ""])
def test_a_number_that_is_no_slide_shows_the_last_one_or_none(
    coach: Membership, running_introduction: Meeting, sign_in: SignIn, number: str
) -> None:
    browser = sign_in(coach)
    address = reverse("method:turn_slide", args=[running_introduction.pk])
    assert browser.post(address, {"number": number}).status_code == 204
    last = len(presentation_of(Meeting.objects.with_facts().get(pk=running_introduction.pk)))
    assert shown(running_introduction) == ((last, True) if number.isdecimal() else (1, False))


def test_before_the_meeting_the_coach_reads_the_slides_and_turns_them_for_nobody(
    coach: Membership, introduction: Meeting, sign_in: SignIn
) -> None:
    page = sign_in(coach).get(reverse("method:slides", args=[introduction.pk])).content.decode()
    assert page.count("data-slide ") > 15
    assert "data-lead" not in page
    assert "data-topic" not in page
    with pytest.raises(ValidationError, match="nu niet bezig"):
        slides.show_slide(actor=coach.user, meeting=introduction, number=1)


def test_a_meeting_without_slides_leads_to_the_explanations(
    participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    answer = sign_in(participant).get(reverse("method:slides", args=[meeting.pk]))
    assert answer["Location"] == reverse("method:subjects")


def test_the_checklist_of_the_introductie_opens_the_presentation_and_what_it_is_about(
    coach: Membership, introduction: Meeting, sign_in: SignIn
) -> None:
    address = reverse("meetings:preparation", args=[introduction.pk])
    page = sign_in(coach).get(address).content.decode()
    opens = '<a class="btn text sm" href="{}">Open<span class="sr">: {}</span></a>'
    assert opens.format(reverse("method:slides", args=[introduction.pk]), "Presentatie klaar") in page
    talent = reverse("method:subject", args=["talent"])
    assert opens.format(talent, "In de presentatie: TalentKracht, met volwassene, kind en taak") in page
    after = Meeting.objects.get(group=introduction.group, position=1)
    other = sign_in(coach).get(reverse("meetings:preparation", args=[after.pk])).content.decode()
    assert "Open<span" not in other


def test_the_pages_with_slides_stay_within_fifteen_queries(
    coach: Membership,
    running_introduction: Meeting,
    sign_in: SignIn,
    django_assert_max_num_queries: CountQueries,
) -> None:
    slides.show_slide(actor=coach.user, meeting=running_introduction, number=2)
    browser = sign_in(coach)
    pages = ("meetings:screen", "meetings:lead", "meetings:now", "method:slides")
    for address in [reverse(name, args=[running_introduction.pk]) for name in pages]:
        with django_assert_max_num_queries(15):
            assert browser.get(address).status_code == 200


def test_the_room_reads_the_slide_and_not_the_onderdeel(
    coach: Membership, running_introduction: Meeting, sign_in: SignIn
) -> None:
    slides.show_slide(actor=coach.user, meeting=running_introduction, number=1)
    assert "Welkom De Hondsrug" in words_on(sign_in(coach), running_introduction)
