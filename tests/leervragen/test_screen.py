"""The meetlat on the Scherm, and the question that the group answers."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from groups.models import Membership
from leervragen.models import Leervraag, Meetlat
from leervragen.screens import Move, last_move
from leervragen.services import answering, laying
from meetings.models import AgendaItem, Meeting
from tests.factories import local, make_meeting
from tests.screens import be_at, drawn, words_on
from tests.types import AskQuestion, CountQueries, SignIn

Kind = AgendaItem.Kind
AT = local(2027, 1, 20, 16, 20)


def test_the_ruler_has_all_numbers_its_strips_the_pile_and_the_p(
    coach: Membership, participant: Membership, meeting: Meeting, ask: AskQuestion, sign_in: SignIn
) -> None:
    ask("Hoe begin ik?", number=2)
    ask("Nog op de stapel?")
    parked = ask("Voor later?")
    laying.put_away(actor=participant.user, strip=parked, version=parked.version, state=Leervraag.State.PARKED)
    be_at(coach, meeting, Kind.MEETLAT)
    words = words_on(sign_in(coach), meeting)
    name = participant.user.first_name
    assert f" 1 2 Hoe begin ik? {name} 3 4 5 6 7 8 9 10 nog 1 P Parkeerplaats Voor later? {name} " in words
    # Who still has to lay something is nobody's business: a pile has no names.
    assert "Nog op de stapel?" not in words


def test_what_was_answered_without_being_laid_waits_for_no_place(
    coach: Membership, participant: Membership, meeting: Meeting, ask: AskQuestion, sign_in: SignIn
) -> None:
    answered, still = ask("Hoe begin ik?"), ask("Hoe eindig ik?")
    answering.end_question(actor=participant.user, leervraag=answered, outcome="answered")
    be_at(coach, meeting, Kind.ANSWERING)
    browser = sign_in(coach)
    assert " nog 1 " in words_on(browser, meeting)
    lat = browser.get(reverse("leervragen:meetlat", args=[meeting.pk]) + "?step=1").content.decode()
    assert '<span class="num">1</span>' in lat and "Hoe begin ik?" not in lat

    answering.end_question(actor=participant.user, leervraag=still, outcome="answered")
    assert " nog " not in words_on(browser, meeting)


def test_related_questions_stand_in_their_bracket(
    coach: Membership, meeting: Meeting, pair_of_questions: tuple[Leervraag, Leervraag], sign_in: SignIn
) -> None:
    be_at(coach, meeting, Kind.MEETLAT)
    page = sign_in(coach).get(reverse("meetings:screen", args=[meeting.pk])).content.decode()
    bracket = page[page.index('<div class="bracket">') :]
    assert bracket.index("Uitleg") < bracket.index("Hoe leg ik het uit?") < bracket.index("Wat vertel ik?")


def test_a_strip_carries_how_often_it_moved_so_that_the_one_that_did_is_lit(
    coach: Membership, participant: Membership, meeting: Meeting, ask: AskQuestion, sign_in: SignIn
) -> None:
    strip, other = ask("Hoe begin ik?", number=2), ask("Hoe eindig ik?", number=2)
    be_at(coach, meeting, Kind.MEETLAT)
    browser, url = sign_in(coach), reverse("meetings:screen", args=[meeting.pk])

    def versions() -> list[bool]:
        page = browser.get(url).content.decode()
        return [
            f'id="strook-{one.pk}" data-may-shrink data-glides data-version="{one.version}"' in page
            for one in (strip, other)
        ]

    assert versions() == [True, True]
    laying.lay_strip(actor=participant.user, strip=strip, version=strip.version, number=7)
    assert versions() == [False, True]


def test_who_moved_last_stands_with_that_strip_alone(
    coach: Membership, participant: Membership, meeting: Meeting, ask: AskQuestion, sign_in: SignIn
) -> None:
    ask("Hoe eindig ik?", number=2)
    strip = ask("Hoe begin ik?", number=2)
    assert last_move(Meetlat(pk=make_meeting(meeting.group, position=9).pk)) is None
    assert last_move(Meetlat.objects.get(pk=meeting.pk)) == Move(strip.pk, f"{participant.user.first_name} legt")
    be_at(coach, meeting, Kind.MEETLAT)
    page = sign_in(coach).get(reverse("meetings:screen", args=[meeting.pk])).content.decode()
    assert page.count('class="by"') == 1


def test_the_question_stands_large_with_its_asker_its_place_and_its_clock(
    coach: Membership, participant: Membership, meeting: Meeting, ask: AskQuestion, sign_in: SignIn
) -> None:
    first = ask("Hoe begin ik?", number=2, situation="Dit is van mij alleen.")
    for number in (3, 4):
        ask(f"Vraag op {number}?", number=number)
    Meetlat.objects.filter(pk=meeting.pk).update(minutes_per_question=6)
    with time_machine.travel(AT, tick=False) as clock:
        be_at(coach, meeting, Kind.ANSWERING, 45)
        answering.begin_question(actor=coach.user, leervraag=first)
        words = words_on(sign_in(coach), meeting)
        assert "Vraag 1 van 3, op 2 Voor deze vraag tot 16.26" in words
        assert f"Hoe begin ik? {participant.user.first_name}" in words
        assert "van mij alleen" not in words and "Vraag op 3?" not in words
        clock.shift(timedelta(minutes=7))
        assert "De tijd voor deze vraag is op" in words_on(sign_in(coach), meeting)


@pytest.mark.parametrize("number", [1, 30])
def test_the_board_asks_as_much_for_thirty_as_for_one(
    coach: Membership,
    meeting: Meeting,
    ask: AskQuestion,
    django_assert_num_queries: CountQueries,
    number: int,
) -> None:
    strips = [ask(f"Vraag {count}?") for count in range(number)]
    laying.lay_strip(actor=coach.user, strip=strips[0], version=0, number=1)
    item = be_at(coach, meeting, Kind.MEETLAT)
    with django_assert_num_queries(3):
        assert drawn(item)
