"""Searching: each word by its beginning, case and accents folded, over what the reader may see."""

import pytest
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from leervragen.models import Tried
from leervragen.searching import is_found, words_in
from meetings.models import Agreement, Meeting
from tests.factories import make_group, make_meeting, make_member
from tests.types import AskQuestion, CountQueries, SignIn


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("ruz", "Een ruzie op het plein", True),
        ("uzie", "Een ruzie op het plein", False),
        ("RUZIE plein", "Een ruzie op het plein", True),
        ("plein ruz", "Een ruzie op het plein", True),
        ("ruzie klas", "Een ruzie op het plein", False),
        ("reunie", "De reünie van groep 8", True),
        ("reünie", "De REUNIE", True),
        ("strasse", "Straße", True),
        ("soren lukasz", "Søren en Łukasz", True),
        ("løs", "Hoe laat ik los?", True),
        ("groep 8", "De reünie van groep 8", True),
        ("kind", "‘Kindgesprek’", True),
        ("a\u0301lles", "Alles", True),
    ],
)
def test_a_word_is_found_by_its_beginning_whatever_its_case_and_accents(asked: str, text: str, found: bool) -> None:
    assert is_found(words_in(asked), text) is found


def found(client_html: str) -> list[bool]:
    return [words in client_html for words in ("Hoe help ik bij een ruzie?", "Ouders bellen bij ruzie")]


@pytest.fixture
def address(ask: AskQuestion, meeting: Meeting) -> str:
    ask("Hoe help ik bij een ruzie?", answer="Eerst kalmeren.")
    Agreement.objects.create(meeting=meeting, text="Ouders bellen bij ruzie")
    return reverse("leervragen:search", args=[meeting.group_id])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("ruz", [True, True]),
        ("kalm", [True, False]),
        ("ouders", [False, True]),
        ("marij", [True, False]),
        ("zebra", [False, False]),
        ("", [False, False]),
        ("%", [False, False]),
    ],
)
def test_questions_answers_and_afspraken_are_searched(
    address: str, participant: Membership, sign_in: SignIn, words: str, result: list[bool]
) -> None:
    assert found(sign_in(participant).get(address, {"words": words}).content.decode()) == result


@pytest.mark.django_db
def test_nothing_found_and_nothing_asked_each_say_what_to_do(
    address: str, participant: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    assert "Niets gevonden" in browser.get(address, {"words": "zebra"}).content.decode()
    empty = browser.get(address).content.decode()
    assert ("Niets gevonden" in empty, "Het begin van een woord is genoeg." in empty) == (False, True)
    assert browser.get(address, {"words": "x " * 4000}).status_code == 200


@pytest.mark.django_db
def test_only_what_the_reader_may_see_is_found(
    address: str, ask: AskQuestion, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    other = make_group("Hunzedal")
    there = make_meeting(other)
    ask("Ruzie elders?", meeting=there, author=make_member(other))
    answered = ask("Hoe verder?", outcome="answered")
    Tried.objects.create(leervraag=answered, reply="yes", happened="Ruzie bijgelegd")
    ask("Ruzie ingetrokken?", outcome="withdrawn")

    own = sign_in(participant).get(address, {"words": "ruzie"}).content.decode()
    others = sign_in(maatje).get(address, {"words": "ruzie"}).content.decode()

    assert ("Hoe verder?" in own, "Hoe verder?" in others) == (True, False)
    for html in (own, others):
        assert ("Ruzie elders?" in html, "Ruzie ingetrokken?" in html) == (False, False)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30])
def test_searching_asks_as_much_at_1_and_at_30(
    rows: int,
    address: str,
    ask: AskQuestion,
    group: NetworkGroup,
    participant: Membership,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
) -> None:
    for position in range(2, 2 + rows):
        meeting = make_meeting(group, position=position)
        ask(f"Ruzie {position}?", meeting=meeting)
        Agreement.objects.create(meeting=meeting, text="Ruzie melden", owner=participant)
    browser = sign_in(participant)
    with django_assert_num_queries(8):
        assert browser.get(address, {"words": "ruzie"}).status_code == 200
