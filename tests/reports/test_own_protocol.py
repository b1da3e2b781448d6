"""The own copy of the interview of a traject: other questions, minutes and order, no clock, and part A beforehand."""

from typing import Any

import pytest
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.models import OutgoingMail
from reports.contributions import todos
from reports.interviews.protocol import PARTS, parts_of
from reports.models import Interview, InterviewNote, Protocol
from reports.printing.facts import On, protocol
from reports.services import interviews
from tests.shown import fields_on
from tests.types import SignIn


def script_page(group: NetworkGroup) -> str:
    return reverse("reports:script", args=[group.pk])


def save(coach: Membership, **chosen: Any) -> Protocol:
    facts: dict[str, Any] = {"parts": ["A", "B1"], "part_a_before": False, "theme": "", "has_clock": True}
    stored = Protocol.objects.filter(group=coach.group).first() or Protocol()
    return interviews.save_protocol(actor=coach.user, group=coach.group, **{**facts, **chosen}, version=stored.version)


@pytest.fixture
def interview(group: NetworkGroup, participant: Membership, colleague: Membership) -> Interview:
    """Anouk asks, Marijke tells."""
    return Interview.objects.create(group=group, teller=participant, interviewer=colleague)


def test_the_page_as_it_stands_is_the_standard_and_saves_no_copy(
    sign_in: SignIn, coach: Membership, group: NetworkGroup
) -> None:
    browser = sign_in(coach)

    assert browser.post(script_page(group), fields_on(browser, script_page(group))).status_code == 302

    assert not Protocol.objects.exclude(script=[]).exists()
    assert parts_of(Protocol.objects.filter(group=group).first()) == PARTS


def test_another_question_length_and_place_are_asked_and_printed_and_the_standard_is_one_click_away(
    sign_in: SignIn, coach: Membership, colleague: Membership, interview: Interview
) -> None:
    group, browser = coach.group, sign_in(coach)
    sent = fields_on(browser, script_page(group))
    sent |= {
        "question-B3": "Wat doe je anders bij {thema}? 100% <b>",
        "follow_ups-B3": "Waaraan merk je dat?\n\n  Bij wie?  ",
        "minutes-B3": "7",
        "place-B3": "2",
    }
    assert browser.post(script_page(group), sent).status_code == 302

    stored = Protocol.objects.get()
    # Of two on one place comes first who stood there.
    assert [part.code for part in parts_of(stored)] == ["A", "B1", "B3", "B2", "B4", "B5", "B6"]
    html = sign_in(colleague).get(reverse("reports:interview", args=[interview.pk, "B3"])).content.decode()
    assert "100% &lt;b&gt;" in html and "{thema}" not in html
    assert "Bij wie?" in html and "7 min" in html
    printed = {each["part"].code: each for each in protocol(On(group, coach, None))["parts"]}
    assert (printed["B3"]["follow_ups"], printed["B3"]["part"].minutes) == (["Waaraan merk je dat?", "Bij wie?"], 7)

    assert browser.post(script_page(group), {"standard": "1"}).status_code == 302
    assert Protocol.objects.get().script == []


def test_of_two_coaches_the_later_one_sees_that_the_questions_changed(coach: Membership, group: NetworkGroup) -> None:
    first = [{"code": "A", "question": "Wat?", "follow_ups": [], "minutes": 5}]
    version = Protocol().script_version
    interviews.save_script(actor=coach.user, group=group, script=first, version=version)

    with pytest.raises(WrittenMeanwhile):
        interviews.save_script(actor=coach.user, group=group, script=[], version=version)


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("question-A", "", "Schrijf een vraag bij “Wat was waardevol?”."),
        ("question-A", "x" * 301, "300"),
        ("minutes-A", "0", "1"),
        ("place-B1", "9", "9"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    sign_in: SignIn, coach: Membership, group: NetworkGroup, field: str, text: str, words: str
) -> None:
    browser = sign_in(coach)

    answer = browser.post(script_page(group), fields_on(browser, script_page(group)) | {field: text})

    assert answer.status_code == 422
    assert any(words in error for error in answer.context["form"].errors[field])


def test_without_a_clock_no_part_is_timed(sign_in: SignIn, coach: Membership, interview: Interview) -> None:
    address = reverse("reports:interview", args=[interview.pk, "B1"])
    teller = interview.teller
    assert "Start de tijd" in sign_in(teller).get(address).content.decode()

    save(coach, has_clock=False)

    assert "Start de tijd" not in sign_in(teller).get(address).content.decode()


def test_part_a_beforehand_is_asked_once_by_mail_and_stands_on_vandaag_until_it_is_written(
    coach: Membership, interview: Interview, closing: Meeting
) -> None:
    title = "Schrijf vast op wat waardevol was"
    teller = interview.teller.user
    assert title not in [todo.title for todo in todos(teller)]

    for theme in ("rust", "nog meer rust"):
        save(coach, part_a_before=True, theme=theme)

    asked = OutgoingMail.objects.filter(kind="reports.part_a_before")
    assert list(asked.values_list("recipient", "about")) == [(teller.email, interview.pk)]
    assert title in [todo.title for todo in todos(teller)]
    version = InterviewNote().version
    interviews.save_note(
        actor=teller, interview=interview, part="A", text="Rust", activities="De pitch", version=version
    )
    # Written by its teller, it is nothing to read again either.
    assert [todo.title for todo in todos(teller)] == []


def test_the_moments_of_the_traject_are_there_to_tap_at_part_a_only(
    sign_in: SignIn, interview: Interview, meeting: Meeting, closing: Meeting
) -> None:
    pages = {
        part: sign_in(interview.teller).get(reverse("reports:interview", args=[interview.pk, part])).content.decode()
        for part in ("A", "B1")
    }

    assert f'data-line="Bijeenkomst 1: {meeting.topic}"' in pages["A"]
    assert "data-line=" not in pages["B1"]
