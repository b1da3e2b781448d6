"""What is odd on a meetlat and lies there all the same: other directions, twins, who left, and forty on one number."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from groups.models import Membership
from groups.services import members
from leervragen.models import Leervraag
from leervragen.services import laying
from meetings.models import Meeting
from tests.types import AskQuestion, CountQueries, SignIn

from .test_laying import assert_valid

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "dock"}


def page_of(client: Client, meeting: Meeting) -> str:
    return client.get(reverse("leervragen:meetlat", args=[meeting.pk])).content.decode()


def test_forty_on_7_lie_in_the_order_they_were_laid_and_a_move_still_asks_as_much(
    ask: AskQuestion,
    meeting: Meeting,
    sign_in: SignIn,
    maatje: Membership,
    django_assert_max_num_queries: CountQueries,
) -> None:
    strips = [ask(f"Vraag {number:02}?", number=7) for number in range(40)]
    laid = [(one.number, one.rank, one.text) for one in meeting.leervragen.in_order()]
    assert laid == [(7, rank, f"Vraag {rank:02}?") for rank in range(40)]
    client = sign_in(maatje)

    with django_assert_max_num_queries(40):
        address = reverse("leervragen:move", args=[strips[0].pk])
        answer = client.post(address, {"to": "down", "version": 1}, headers=HTMX)

    assert answer.status_code == 200
    assert [one.text for one in meeting.leervragen.in_order()][:3] == ["Vraag 01?", "Vraag 00?", "Vraag 02?"]
    assert_valid(meeting, 40)


def test_of_two_with_the_same_words_the_one_that_was_meant_moves(
    ask: AskQuestion, meeting: Meeting, maatje: Membership, coach: Membership
) -> None:
    first, twin = ask("Hoe begin ik?", number=4), ask("Hoe begin ik?", author=maatje, number=4)
    laying.lay_strip(actor=coach.user, strip=twin, version=twin.version, number=9)
    numbers = {one.pk: one.number for one in Leervraag.objects.all()}
    assert numbers == {first.pk: 4, twin.pk: 9}


def test_a_question_of_who_left_lies_there_and_moves(
    ask: AskQuestion, meeting: Meeting, maatje: Membership, coach: Membership, sign_in: SignIn
) -> None:
    strip = ask("Hoe begin ik?", author=maatje, number=4)
    members.remove_member(actor=coach.user, membership=maatje)

    answer = sign_in(coach).post(reverse("leervragen:move", args=[strip.pk]), {"to": "6", "version": 1}, headers=HTMX)

    assert "Jij legde ‘Hoe begin ik?’ op 6." in answer.content.decode()
    assert "Hoe begin ik?" in page_of(sign_in(coach), meeting)


def test_a_move_of_who_left_since_is_told_without_a_name_and_nobody_can_put_it_back(
    ask: AskQuestion, meeting: Meeting, maatje: Membership, coach: Membership, sign_in: SignIn
) -> None:
    strip = ask("Hoe begin ik?")
    laying.lay_strip(actor=maatje.user, strip=strip, version=0, number=4)
    members.remove_member(actor=coach.user, membership=maatje)

    page = page_of(sign_in(coach), meeting)

    assert "Iemand legde ‘Hoe begin ik?’ op 4." in page
    assert "Zet terug" not in page


@pytest.mark.parametrize("text", ["كيف أبدأ؟ 3 ثم 7", "W" * 300, '<b>Hoe</b> & "wat"?', "Hoe?\u202e tsegeb"])
def test_words_of_any_kind_are_laid_told_and_shown_as_they_are(
    text: str, ask: AskQuestion, meeting: Meeting, sign_in: SignIn, maatje: Membership
) -> None:
    strip, client = ask(text), sign_in(maatje)

    answer = client.post(reverse("leervragen:move", args=[strip.pk]), {"to": "7", "version": 0}, headers=HTMX)

    assert answer.status_code == 200
    strip.refresh_from_db()
    assert (strip.number, strip.text) == (7, text)
    page = page_of(client, meeting)
    assert f'<span class="q">{escape(text)}</span>' in page
    assert f"<bdi>{escape(text)}</bdi>" in answer.content.decode()
    line = re.search(r"Jij legde ‘(.*?)’ op 7\.", page)
    assert line and line[1].strip("\u2068\u2069…") == escape(text[: 59 if len(text) > 60 else 60])
    turns = text.startswith("كيف") or "\u202e" in text
    assert line[1].startswith("\u2068") == line[1].endswith("\u2069") == turns


def test_a_strip_of_another_group_is_not_there(ask: AskQuestion, sign_in: SignIn, other_member: Membership) -> None:
    strip = ask("Hoe begin ik?", number=4)
    for name, body in (("move", {"to": "6", "version": 1}), ("ungroup", {"version": 1}), ("group", {"version": 1})):
        assert sign_in(other_member).post(reverse(f"leervragen:{name}", args=[strip.pk]), body).status_code == 404
    strip.refresh_from_db()
    assert (strip.number, strip.version) == (4, 1)
