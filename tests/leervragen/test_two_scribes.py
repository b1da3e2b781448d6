"""Two who write down the same answer: both texts stay, and are read wherever the answer is."""

from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from leervragen import documents
from leervragen.journeys import group_journeys
from leervragen.models import Leervraag, WrittenAnswer
from leervragen.own_data import written_answers_part
from leervragen.searching import search
from meetings.models import Meeting
from netwerkleren.base.conflicts import version_of
from tests.shown import fields_on
from tests.types import AskQuestion, SignIn

BY_MODULE = {"Accept": "application/json"}
FIRST, SECOND = "Van Yusuf\nen van niemand anders", "Van Marijke"


@pytest.fixture
def leervraag(ask: AskQuestion) -> Leervraag:
    return ask(number=3)


@pytest.fixture
def yusuf(sign_in: SignIn, maatje: Membership) -> Client:
    return sign_in(maatje)


@pytest.fixture
def marijke(sign_in: SignIn, participant: Membership) -> Client:
    return sign_in(participant)


def write(client: Client, leervraag: Leervraag, text: str, opened: str = "") -> str:
    """Saves while typing; answers the version from which the next save starts."""
    url = reverse("leervragen:answer", args=[leervraag.pk])
    answer = client.post(url, {"answer": text, "version": opened or version_of("")}, headers=BY_MODULE)
    assert answer.status_code == 200, answer.content
    version: str = answer.json()["version"]
    return version


def test_what_two_wrote_at_once_both_stays_and_each_goes_on_in_the_own_text(
    leervraag: Leervraag, yusuf: Client, marijke: Client
) -> None:
    theirs, mine = write(yusuf, leervraag, "Van"), write(marijke, leervraag, "Van M")
    write(yusuf, leervraag, FIRST, theirs)
    write(marijke, leervraag, SECOND, mine)

    leervraag.refresh_from_db()
    note = WrittenAnswer.objects.get()
    assert (leervraag.answer, note.text, note.is_note) == (FIRST, SECOND, True)


def test_both_stand_on_the_page_of_each_with_their_names(leervraag: Leervraag, yusuf: Client, marijke: Client) -> None:
    write(yusuf, leervraag, FIRST)
    write(marijke, leervraag, SECOND)
    url = reverse("leervragen:answer", args=[leervraag.pk])

    of_yusuf, of_marijke = (unescape(client.get(url).content.decode()) for client in (yusuf, marijke))

    assert fields_on(yusuf, url)["answer"] == FIRST and fields_on(marijke, url)["answer"] == SECOND
    assert f'<p class="typed">{SECOND}</p>' in of_yusuf and "Marijke, schreef ook mee" in of_yusuf
    assert f'<p class="typed">{FIRST}</p>' in of_marijke
    assert "Van de groep, opgeschreven door Yusuf" in of_marijke
    assert f'<p class="typed">{SECOND}</p>' not in of_marijke, "it stands in the field"


def test_both_are_on_the_page_of_the_group_in_its_pdf_and_are_found(
    leervraag: Leervraag, yusuf: Client, marijke: Client, meeting: Meeting, participant: Membership
) -> None:
    write(yusuf, leervraag, FIRST)
    write(marijke, leervraag, SECOND)
    group = meeting.group

    page = unescape(marijke.get(reverse("leervragen:group_questions", args=[group.pk])).content.decode())
    printed = unescape(documents.group_questions_pdf(group, group_journeys(group, None)).html)

    for text in (FIRST, SECOND):
        assert text in page and text in printed
    assert search(group, participant, "marijke niemand").count == 1


def test_who_typed_nothing_loses_nothing_and_notes_nothing(
    leervraag: Leervraag, yusuf: Client, marijke: Client
) -> None:
    opened = fields_on(marijke, reverse("leervragen:answer", args=[leervraag.pk]))
    write(yusuf, leervraag, FIRST)

    write(marijke, leervraag, opened["answer"], opened["version"])

    leervraag.refresh_from_db()
    assert (leervraag.answer, WrittenAnswer.objects.count()) == (FIRST, 0)


def test_a_note_that_is_made_empty_is_gone_and_its_scribe_goes_on_in_the_answer(
    leervraag: Leervraag, yusuf: Client, marijke: Client
) -> None:
    write(yusuf, leervraag, FIRST)
    write(marijke, leervraag, "", write(marijke, leervraag, SECOND))
    url = reverse("leervragen:answer", args=[leervraag.pk])
    assert not WrittenAnswer.objects.exists()
    assert fields_on(marijke, url)["answer"] == FIRST

    write(marijke, leervraag, f"{FIRST}, en Marijke", fields_on(marijke, url)["version"])

    leervraag.refresh_from_db()
    assert leervraag.answer == f"{FIRST}, en Marijke"


def test_the_own_note_on_two_devices_shows_both(leervraag: Leervraag, yusuf: Client, marijke: Client) -> None:
    write(yusuf, leervraag, FIRST)
    write(marijke, leervraag, SECOND)
    url = reverse("leervragen:answer", args=[leervraag.pk])

    told = marijke.post(url, {"answer": "Op mijn telefoon", "version": version_of("")})

    assert told.status_code == 409
    assert told.context["form"].meanwhile.theirs == {"answer": SECOND}
    assert WrittenAnswer.objects.get().text == SECOND
    assert marijke.post(url, {"answer": "Op mijn telefoon", "version": version_of(SECOND)}).status_code == 302
    assert WrittenAnswer.objects.get().text == "Op mijn telefoon"


def test_a_note_is_not_what_its_writer_answers_in_the_own_name(
    leervraag: Leervraag, yusuf: Client, marijke: Client, participant: Membership, maatje: Membership
) -> None:
    asked = Leervraag.objects.create(meeting=leervraag.meeting, author=maatje, text="Van Yusuf?")
    url = reverse("leervragen:write_answer", args=[asked.pk])
    marijke.post(url, {"text": "Mijn eigen antwoord", "version": version_of("")})
    write(yusuf, asked, FIRST)
    write(marijke, asked, SECOND)

    assert fields_on(marijke, url)["text"] == "Mijn eigen antwoord"
    assert {(one.text, one.is_note) for one in WrittenAnswer.objects.all()} == {
        ("Mijn eigen antwoord", False),
        (SECOND, True),
    }
    written = {text for row in written_answers_part(participant.user).rows for text in row.values()}
    assert {"Mijn eigen antwoord", SECOND} <= written


def test_a_note_has_a_member_who_wrote_it(leervraag: Leervraag) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WrittenAnswer.objects.create(leervraag=leervraag, text="x", is_note=True)


def test_what_stands_in_the_form_is_kept_by_every_button_of_the_page(
    leervraag: Leervraag, ask: AskQuestion, yusuf: Client, marijke: Client
) -> None:
    other = ask("Nog een?", number=4)
    write(yusuf, leervraag, FIRST)
    mine = {"version": version_of(""), "answer": SECOND}

    for route, more in (
        ("go_on", {f"{leervraag.pk}-outcome": "answered", f"{leervraag.pk}-version": leervraag.version_of_outcome}),
        ("end", {f"{leervraag.pk}-outcome": "partly"}),
        ("answer_too", {"other": str(other.pk)}),
        ("ask_beside", {}),
    ):
        WrittenAnswer.objects.all().delete()
        marijke.post(reverse(f"leervragen:{route}", args=[leervraag.pk]), mine | more)
        assert WrittenAnswer.objects.get().text == SECOND, route
    leervraag.refresh_from_db()
    assert leervraag.answer == FIRST
