"""Answering: the time is divided, and what the group writes down is kept."""

from html import unescape

import pytest
from django.urls import reverse

from groups.models import Membership
from leervragen.board import blocks_of
from leervragen.models import Leervraag, Meetlat, WrittenAnswer
from leervragen.pages import MeetlatPage
from leervragen.services import answering, laying
from leervragen.timing import Division
from meetings.models import AgendaItem, Meeting
from meetings.points import agenda_tools, screen_panels
from netwerkleren.base.conflicts import version_of
from tests.factories import make_agenda_item
from tests.shown import fields_on
from tests.types import AskQuestion, SignIn

pytestmark = pytest.mark.django_db


def _ends(leervraag: Leervraag, outcome: str, **texts: str) -> dict[str, str]:
    """What the button of an outcome sends, from a page on which the question stands as given."""
    fields = {"outcome": outcome, "version": leervraag.version_of_outcome, **texts}
    return {f"{leervraag.pk}-{name}": value for name, value in fields.items()}


@pytest.mark.parametrize(
    ("total", "kept_back", "questions", "chosen", "per_question"),
    [
        (45, 8, 6, None, 6),
        (45, 8, 7, None, 5),
        (45, 8, 1, None, 37),
        (45, 8, 0, None, 37),
        (45, 8, 60, None, 1),
        (5, 8, 3, None, 1),
        (45, 8, 7, 4, 4),
    ],
)
def test_eight_minutes_are_kept_and_the_rest_is_divided(
    total: int, kept_back: int, questions: int, chosen: int | None, per_question: int
) -> None:
    assert Division(total, kept_back, questions, chosen).per_question == per_question


def test_minutes_added_in_the_room_count_and_a_group_counts_as_one(
    ask: AskQuestion, pair_of_questions: tuple[Leervraag, Leervraag], meeting: Meeting
) -> None:
    make_agenda_item(meeting, AgendaItem.Kind.ANSWERING, 45, extra_minutes=5)
    ask("Nog een", number=2)

    division = MeetlatPage.of(meeting).division

    assert (division.total, division.questions, division.per_question) == (50, 2, 21)


def test_answering_goes_from_least_to_most_complex_then_what_was_never_laid(ask: AskQuestion, meeting: Meeting) -> None:
    for text, number in (("Tien", 10), ("Niet gelegd", None), ("Drie", 3)):
        ask(text, number=number)
    ask("Niet vandaag", number=1, not_today=True)

    assert [block.first.text for block in MeetlatPage.of(meeting).today] == ["Drie", "Tien", "Niet gelegd"]


def test_a_group_is_answered_as_one_and_each_author_keeps_question_and_answer(
    pair_of_questions: tuple[Leervraag, Leervraag], meeting: Meeting
) -> None:
    first, second = pair_of_questions

    answering.save_answer(
        actor=first.author.user, leervraag=second, answer="Laat zien wat helpt.", version=version_of("")
    )

    answers = Leervraag.objects.values_list("text", "answer", "author")
    assert set(answers) == {
        ("Hoe leg ik het uit?", "Laat zien wat helpt.", first.author_id),
        ("Wat vertel ik?", "Laat zien wat helpt.", second.author_id),
    }


def test_notes_with_another_question_of_the_group_are_not_overwritten(
    ask: AskQuestion, maatje: Membership, participant: Membership
) -> None:
    first, second = ask("A", number=5), ask("B", number=5, author=maatje, answer="Al genoteerd bij B")
    laying.group_strips(actor=maatje.user, strip=second, version=second.version, beside=first)

    answering.save_answer(actor=participant.user, leervraag=first, answer="Nieuw", version=version_of(""))

    assert set(Leervraag.objects.values_list("text", "answer")) == {("A", ""), ("B", "Al genoteerd bij B")}
    notes = WrittenAnswer.objects.notes_of(participant).values_list("leervraag__text", "text")
    assert set(notes) == {("A", "Nieuw"), ("B", "Nieuw")}, "with every question of the group"


def test_two_different_notes_in_one_group_are_both_in_the_field_and_then_made_one(
    ask: AskQuestion, maatje: Membership, participant: Membership, sign_in: SignIn
) -> None:
    first, second = ask("A", number=5, answer="Bij A"), ask("B", number=5, author=maatje, answer="Bij B")
    laying.group_strips(actor=maatje.user, strip=second, version=second.version, beside=first)
    client, address = sign_in(participant), reverse("leervragen:answer", args=[first.pk])

    opened = fields_on(client, address)
    assert opened["answer"] == "Bij A\n\nBij B"
    client.post(address, opened)
    assert set(Leervraag.objects.values_list("answer", flat=True)) == {"Bij A", "Bij B"}, "nothing was typed"

    client.post(address, opened | {"answer": "Samen"})
    assert set(Leervraag.objects.values_list("answer", flat=True)) == {"Samen"}


def test_an_answer_that_is_too_long_is_told_and_not_lost(
    sign_in: SignIn, participant: Membership, ask: AskQuestion
) -> None:
    leervraag = ask(number=3)
    answer = sign_in(participant).post(
        reverse("leervragen:answer", args=[leervraag.pk]), {"answer": "x" * 5000, "version": version_of("")}
    )
    assert answer.status_code == 422
    assert "x" * 5000 in answer.content.decode()


def test_the_notes_in_the_form_are_kept_when_the_question_is_ended(
    sign_in: SignIn, participant: Membership, ask: AskQuestion
) -> None:
    leervraag = ask(number=3)
    sign_in(participant).post(
        reverse("leervragen:end", args=[leervraag.pk]),
        {"answer": "Laat zien wat helpt.", "version": version_of(""), **_ends(leervraag, "answered")},
    )
    leervraag.refresh_from_db()
    assert (leervraag.answer, leervraag.outcome, leervraag.number) == ("Laat zien wat helpt.", "answered", 3)


def test_looking_back_is_kept(sign_in: SignIn, participant: Membership, meeting: Meeting) -> None:
    texts = {"went": "Rustig", "keep": "De volgorde", "version": version_of("", "")}
    sign_in(participant).post(reverse("leervragen:look_back", args=[meeting.pk]), texts)
    meetlat = Meetlat.objects.get(pk=meeting.pk)
    assert (meetlat.went, meetlat.keep) == ("Rustig", "De volgorde")


def test_leiden_and_the_scherm_show_the_question_that_is_answered(
    pair_of_questions: tuple[Leervraag, Leervraag], meeting: Meeting, coach: Membership
) -> None:
    first, _second = pair_of_questions
    item = make_agenda_item(meeting, AgendaItem.Kind.ANSWERING, 45)
    answering.begin_question(actor=coach.user, leervraag=first)

    for point in (agenda_tools, screen_panels):
        (panel,) = [one for one in point.collect(item, coach.user) if "page" in one.context]
        assert [strip.text for strip in panel.context["page"].current.strips] == [
            "Hoe leg ik het uit?",
            "Wat vertel ik?",
        ]
    assert agenda_tools.collect(make_agenda_item(meeting, AgendaItem.Kind.BREAK, 5), coach.user) == []


def test_blocks_join_neighbours_of_one_group_only(
    ask: AskQuestion, pair_of_questions: tuple[Leervraag, Leervraag], meeting: Meeting, maatje: Membership
) -> None:
    ask("Los?", number=5)
    third, fourth = ask("Hoe ver?", number=5), ask("Hoe lang?", number=5)
    laying.group_strips(actor=maatje.user, strip=fourth, version=fourth.version, beside=third)

    blocks = blocks_of(meeting.leervragen.in_order())

    assert [[strip.text for strip in block.strips] for block in blocks] == [
        ["Hoe leg ik het uit?", "Wat vertel ik?"],
        ["Los?"],
        ["Hoe ver?", "Hoe lang?"],
    ]


def test_who_ends_a_question_that_another_parked_sees_where_it_went(
    sign_in: SignIn, participant: Membership, maatje: Membership, ask: AskQuestion
) -> None:
    leervraag = ask(number=3)
    url = reverse("leervragen:end", args=[leervraag.pk])
    theirs = _ends(leervraag, "parked", destination="Naar Lotte", reason="Te groot")
    mine = _ends(leervraag, "parked", destination="Naar bijeenkomst 4")
    sign_in(participant).post(url, theirs)

    told = sign_in(maatje).post(url, mine)

    page = unescape(told.content.decode())
    assert told.status_code == 409
    assert "Naar Lotte</dd>" in page and "Te groot</dd>" in page and 'value="Naar bijeenkomst 4"' in page
    leervraag.refresh_from_db()
    assert (leervraag.destination, leervraag.reason) == ("Naar Lotte", "Te groot")

    taken_over = mine | {f"{leervraag.pk}-version": leervraag.version_of_outcome}
    button = page.split(f'formaction="{url}"\n')[1].split(">")[0].strip()
    assert button == f'name="{leervraag.pk}-version" value="{leervraag.version_of_outcome}" data-mine'
    assert sign_in(maatje).post(url, taken_over).status_code == 302
    leervraag.refresh_from_db()
    assert (leervraag.destination, leervraag.reason) == ("Naar bijeenkomst 4", "")
    assert sign_in(maatje).post(url, taken_over).status_code == 302, "the same twice is no conflict"
