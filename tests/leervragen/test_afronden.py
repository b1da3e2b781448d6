"""Afronden: a row per question, what likely becomes of it one press away, and its form for who opens it."""

import re

import pytest
from django.urls import reverse

from groups.models import Membership
from leervragen.models import Leervraag, Meetlat
from leervragen.services import answering, laying
from meetings.models import Meeting
from tests.types import AskQuestion, SignIn

PRESS = re.compile(
    r'<button class="([^"]*)" form="afloop" formaction="([^"]*)" name="ends" value="([^"]*)">(.*?)</button>'
)


@pytest.fixture
def afronden(meeting: Meeting) -> str:
    return reverse("leervragen:meetlat", args=[meeting.pk]) + Meetlat.Step.FINISHING.query


def presses(page: str) -> list[tuple[bool, str, str, str]]:
    """Of each button: whether it is the likely one, its outcome, where it goes, and its words."""
    return [(css == "btn sm", value.partition(":")[0], to, words) for css, to, value, words in PRESS.findall(page)]


def outcomes() -> dict[str, str]:
    return dict(Leervraag.objects.values_list("text", "outcome"))


@pytest.mark.parametrize(
    ("facts", "has_next", "likely", "other"),
    [
        ({}, True, ("moved", "Naar Bijeenkomst 2"), ("answered", "Beantwoord")),
        ({}, False, ("parked", '<b aria-hidden="true">P</b> Parkeer'), ("answered", "Beantwoord")),
        ({"answer": "Met een rondje."}, True, ("answered", "Beantwoord"), ("moved", "Naar Bijeenkomst 2")),
        ({"state": "parked"}, True, ("parked", '<b aria-hidden="true">P</b> Laat liggen'), ("answered", "Beantwoord")),
    ],
)
def test_what_likely_becomes_of_a_question_is_one_press_away(
    facts: dict[str, str],
    has_next: bool,
    likely: tuple[str, str],
    other: tuple[str, str],
    ask: AskQuestion,
    afronden: str,
    participant: Membership,
    sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    if has_next:
        request.getfixturevalue("next_meeting")
    question, client = ask("Een?", **facts), sign_in(participant)
    to = reverse("leervragen:end", args=[question.pk])

    page = client.get(afronden).content.decode()

    assert presses(page) == [(True, likely[0], to, likely[1]), (False, other[0], to, other[1])]
    values = [value for _css, _to, value, _words in PRESS.findall(page)]
    assert client.post(to, {"ends": values[0]}).status_code == 302
    assert Leervraag.objects.get(pk=question.pk).outcome == likely[0]


def test_a_press_on_what_another_ended_meanwhile_says_so(
    ask: AskQuestion, afronden: str, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    question, client = ask("Een?", number=1), sign_in(participant)
    value = PRESS.findall(client.get(afronden).content.decode())[0][2]
    answering.end_question(actor=maatje.user, leervraag=question, outcome="partly")

    refused = client.post(reverse("leervragen:end", args=[question.pk]), {"ends": value})

    assert (refused.status_code, outcomes()) == (409, {"Een?": "partly"})


@pytest.mark.parametrize("value", ["", "answered", "answered:", "moved:x:y", "nonsense:abc"])
def test_a_press_that_says_nothing_that_is_known_changes_nothing(
    value: str, ask: AskQuestion, participant: Membership, sign_in: SignIn
) -> None:
    question = ask("Een?", number=1)
    answer = sign_in(participant).post(reverse("leervragen:end", args=[question.pk]), {"ends": value})
    assert answer.status_code in (409, 422)
    assert outcomes() == {"Een?": "open"}


def test_after_a_press_one_is_at_the_next_open_question_and_from_the_last_at_the_first(
    ask: AskQuestion, afronden: str, participant: Membership, sign_in: SignIn
) -> None:
    first, second, third = (ask(text, number=number) for number, text in enumerate(("1?", "2?", "3?"), 1))
    client = sign_in(participant)
    at = {}
    for question in (second, third, first):
        body = {"ends": f"answered:{question.version_of_outcome}"}
        at[question.text] = client.post(reverse("leervragen:end", args=[question.pk]), body)["Location"]

    assert at == {
        "2?": f"{afronden}#vraag-{third.pk}",
        "3?": f"{afronden}#vraag-{first.pk}",
        "1?": f"{afronden}#vraag-{first.pk}",
    }


def test_the_form_stands_there_for_the_question_that_is_opened_and_is_closed_again(
    ask: AskQuestion, afronden: str, participant: Membership, sign_in: SignIn
) -> None:
    first, second = ask("1?", number=1), ask("2?", number=2)
    client = sign_in(participant)

    closed = client.get(afronden).content.decode()
    opened = client.get(f"{afronden}&open={second.pk}").content.decode()

    assert "Waar gaat de vraag heen?" not in closed
    assert f'href="?step=4&amp;open={second.pk}#vraag-{second.pk}" aria-expanded="false">Anders<' in closed
    assert re.findall(r'<form [^>]*id="(afloop-[^"]*)"', opened) == [f"afloop-{second.pk}"]
    assert 'href="?step=4" aria-expanded="true">Sluit<' in opened
    live = re.search(r'<live-region [^>]*src="([^"]*)"', opened)
    assert live and live[1].endswith(f"?step=4&amp;open={second.pk}"), "its form stays when another does something"
    of_other = reverse("leervragen:end", args=[first.pk])
    assert {to for _likely, _outcome, to, _words in presses(opened)} == {of_other}


def test_a_group_is_one_row_with_one_outcome_until_its_questions_differ(
    ask: AskQuestion, afronden: str, maatje: Membership, sign_in: SignIn, pair_of_questions: tuple[Leervraag, Leervraag]
) -> None:
    first, second = pair_of_questions
    client, to = sign_in(maatje), reverse("leervragen:end", args=[first.pk])
    page = client.get(afronden).content.decode()
    assert {address for _likely, _outcome, address, _words in presses(page)} == {f"{to}?together"}
    opened = client.get(f"{afronden}&open={first.pk}").content.decode()
    assert f'action="{to}?together"' in opened
    assert "laat hem los" not in opened, "that is of one asker"
    assert opened.count(">Alleen deze<") == 2

    client.post(to, {"ends": f"partly:{first.version_of_outcome}"})
    page = client.get(afronden).content.decode()
    assert {address for _likely, _outcome, address, _words in presses(page)} == {
        reverse("leervragen:end", args=[second.pk])
    }
    client.post(to, {"ends": f"open:{Leervraag.objects.get(pk=first.pk).version_of_outcome}"})
    client.post(f"{to}?together", {"ends": f"answered:{first.version_of_outcome}"})

    assert set(outcomes().values()) == {"answered"}


def test_a_slip_of_the_finger_is_made_good_where_it_was_made(
    ask: AskQuestion, afronden: str, participant: Membership, sign_in: SignIn
) -> None:
    question, client = ask("Een?", number=1), sign_in(participant)
    answering.end_question(actor=participant.user, leervraag=question, outcome="answered")

    ended = client.get(f"{afronden}&open={question.pk}").content.decode().partition("<h3>Klaar</h3>")[2]

    assert "beantwoord in het gesprek" in ended, "without a written answer it says where"
    assert ">Toch nog open<" in ended


def test_what_moves_through_p_keeps_its_words(
    ask: AskQuestion, afronden: str, participant: Membership, sign_in: SignIn
) -> None:
    question = ask("Een?")
    laying.put_away(actor=participant.user, strip=question, version=question.version, state="parked")
    answering.end_question(actor=participant.user, leervraag=question, outcome="parked", destination="Ander onderwerp")
    page = sign_in(participant).get(afronden).content.decode()
    assert ", op de Parkeerplaats: Ander onderwerp</p>" in page
