"""The meetlat and the questions on Leiden: laid, answered and rounded off without walking to another page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from leervragen.models import Leervraag, Meetlat
from leervragen.services import answering
from meetings.models import AgendaItem, Meeting
from meetings.services import running
from netwerkleren.base import live, watching
from tests.factories import make_agenda_item, make_expert_invitation, make_meeting, make_member
from tests.shown import fields_on
from tests.types import AskQuestion, CountQueries, SignIn


def _url(meeting: Meeting) -> str:
    return reverse("meetings:lead", args=[meeting.pk])


def _on_leiden(meeting: Meeting) -> dict[str, str]:
    return {"Referer": f"http://testserver{_url(meeting)}"}


def _page(browser: Client, meeting: Meeting, query: str = "") -> str:
    return browser.get(_url(meeting) + query).content.decode()


@pytest.fixture
def laying(coach: Membership, meeting: Meeting) -> Meeting:
    make_agenda_item(meeting, AgendaItem.Kind.MEETLAT)
    return running.start_meeting(actor=coach.user, meeting=meeting)


@pytest.fixture
def answering_now(coach: Membership, meeting: Meeting) -> Meeting:
    make_agenda_item(meeting, AgendaItem.Kind.ANSWERING)
    return running.start_meeting(actor=coach.user, meeting=meeting)


def test_the_meetlat_stands_on_leiden_as_its_own_page_has_it(
    coach: Membership, laying: Meeting, ask: AskQuestion, sign_in: SignIn
) -> None:
    question, browser = ask(), sign_in(coach)
    meetlat = reverse("leervragen:meetlat", args=[laying.pk])
    page = _page(browser, laying)
    assert f'topic="meetlat:{laying.pk}"' in page and f'src="{meetlat}"' in page
    assert "js/pages/meetlat-board" in page

    # What htmx asks for the dock is answered by that page; without a module so is a strip that is chosen.
    chosen = f"?step=1&choose={question.pk}"
    headers = {"HX-Request": "true", "HX-Target": "dock"}
    assert browser.get(_url(laying) + chosen, headers=headers).headers["Location"] == meetlat + chosen
    assert browser.get(_url(laying) + chosen).headers["Location"] == meetlat + chosen
    assert f'src="{meetlat}?step=2"' in _page(browser, laying, "?step=2")
    # What Leiden asks for itself is its own.
    own = browser.get(_url(laying), headers={"HX-Request": "true"})
    assert (own.status_code, "now-title" in own.content.decode()) == (200, True)


def test_a_step_taken_on_leiden_leads_back_there(coach: Membership, laying: Meeting, sign_in: SignIn) -> None:
    url = reverse("leervragen:go_to_step", args=[laying.pk])
    answer = sign_in(coach).post(url, {"step": "2"}, headers=_on_leiden(laying))
    assert answer.headers["Location"] == _url(laying)
    assert Meetlat.objects.get(pk=laying.pk).step == Meetlat.Step.CHECKING


def test_a_phone_that_follows_is_led_to_the_meetlat(
    participant: Membership, laying: Meeting, ask: AskQuestion, sign_in: SignIn
) -> None:
    ask()
    page = sign_in(participant).get(reverse("meetings:now", args=[laying.pk])).content.decode()
    assert f'href="{reverse("leervragen:meetlat", args=[laying.pk])}"' in page
    assert 'id="board"' not in page


def _answer(question: Leervraag, text: str, **data: str) -> dict[str, str]:
    pk = str(question.pk)
    block = answering._block_of(question)
    return {
        "answer": text,
        "version": block.version,
        f"{pk}-version": question.version_of_outcome,
        f"{pk}-outcome": "answered",
        **data,
    }


def test_the_question_is_answered_on_leiden_and_the_next_one_is_there(
    coach: Membership, answering_now: Meeting, ask: AskQuestion, sign_in: SignIn
) -> None:
    first, second = ask("Hoe begin ik?", number=2), ask("Hoe stop ik?", number=5)
    browser = sign_in(coach)
    # Nothing is on yet: the steps of the meetlat are there, with the list and its "begin".
    assert 'id="board"' in _page(browser, answering_now)
    begin = browser.post(reverse("leervragen:begin", args=[first.pk]), headers=_on_leiden(answering_now))
    assert begin.headers["Location"] == _url(answering_now)
    page = _page(browser, answering_now)
    assert "Vraag 1 van 2" in page and "Beantwoord, volgende vraag" in page and 'id="board"' not in page

    go_on = reverse("leervragen:go_on", args=[first.pk])
    answer = browser.post(go_on, _answer(first, "Met een rondje."), headers=_on_leiden(answering_now))
    assert answer.headers["Location"] == _url(answering_now)
    first.refresh_from_db()
    assert (first.answer, first.outcome) == ("Met een rondje.", "answered")
    page = _page(browser, answering_now)
    assert "Vraag 2 van 2" in page and second.text in page and "Beantwoord, volgende vraag" not in page

    last = reverse("leervragen:go_on", args=[second.pk])
    second.refresh_from_db()
    browser.post(last, _answer(second, ""), headers=_on_leiden(answering_now))
    assert 'id="board"' in _page(browser, answering_now)


def test_an_answer_that_is_refused_stands_on_leiden_beside_its_field(
    coach: Membership, answering_now: Meeting, ask: AskQuestion, sign_in: SignIn
) -> None:
    question = ask("Hoe begin ik?", number=2)
    answering.begin_question(actor=coach.user, leervraag=question)
    url = reverse("leervragen:go_on", args=[question.pk])
    answer = sign_in(coach).post(url, _answer(question, "x" * 4001), headers=_on_leiden(answering_now))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="now-title"' in page and '<div class="field bad' in page and "x" * 4001 in page
    question.refresh_from_db()
    assert question.outcome == "open"


def test_a_question_that_another_ended_is_told_on_leiden(
    coach: Membership, answering_now: Meeting, ask: AskQuestion, sign_in: SignIn
) -> None:
    question = ask("Hoe begin ik?", number=2)
    grouped = ask("Hoe begin jij?", number=3)
    answering.begin_question(actor=coach.user, leervraag=question)
    data = _answer(question, "")
    answering.end_question(actor=coach.user, leervraag=question, outcome="partly")
    answering.begin_question(actor=coach.user, leervraag=grouped)
    url = reverse("leervragen:go_on", args=[question.pk])
    answer = sign_in(coach).post(url, data, headers=_on_leiden(answering_now))
    assert answer.status_code == 409
    question.refresh_from_db()
    assert question.outcome == "partly"


def test_a_tick_in_the_pitch_leads_back_to_leiden_and_is_refused_there(
    coach: Membership, meeting: Meeting, ask: AskQuestion, sign_in: SignIn
) -> None:
    question = ask()
    make_agenda_item(meeting, AgendaItem.Kind.PITCH)
    running.start_meeting(actor=coach.user, meeting=meeting)
    browser, url = sign_in(coach), reverse("leervragen:tick", args=[question.pk])
    refused = browser.post(url, {f"{question.pk}-word": "x" * 5000}, headers=_on_leiden(meeting))
    assert (refused.status_code, 'id="now-title"' in refused.content.decode()) == (422, True)


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("kind", "queries"), [("pitch", 11), ("meetlat", 9), ("answering", 15)])
def test_leiden_with_questions_asks_as_much_for_thirty_as_for_one(
    coach: Membership,
    meeting: Meeting,
    ask: AskQuestion,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
    kind: AgendaItem.Kind,
    queries: int,
    number: int,
) -> None:
    make_expert_invitation(meeting)
    make_agenda_item(meeting, kind)
    running.start_meeting(actor=coach.user, meeting=meeting)
    first = ask("Hoe begin ik?", number=2)
    for count in range(number - 1):
        ask(f"Vraag {count}?", number=3, author=make_member(coach.group))
    answering.begin_question(actor=coach.user, leervraag=first)
    browser = sign_in(coach)
    with django_assert_num_queries(queries):
        assert browser.get(_url(meeting)).status_code == 200


@pytest.mark.parametrize("kind", [AgendaItem.Kind.PITCH, AgendaItem.Kind.MEETLAT, AgendaItem.Kind.ANSWERING])
def test_a_new_question_that_comes_up_is_laid_on_the_pile_from_leiden_itself(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn, kind: AgendaItem.Kind
) -> None:
    make_agenda_item(meeting, kind)
    running.start_meeting(actor=coach.user, meeting=meeting)
    browser, address = sign_in(coach), reverse("leervragen:quick_add", args=[meeting.pk])
    typed = fields_on(browser, _url(meeting), "author") | {"text": "", "author": str(participant.pk)}
    refused = browser.post(address, typed, headers=_on_leiden(meeting))
    page = refused.content.decode()
    assert (refused.status_code, 'id="now-title"' in page) == (422, True)
    assert '<div class="field bad' in page[page.index('id="nieuwe-vraag"') :]
    assert not Leervraag.objects.exists()

    typed |= {"text": "En thuis?", "nobody_recognisable": "on"}
    for _press in range(2):
        assert browser.post(address, typed, headers=_on_leiden(meeting)).headers["Location"] == _url(meeting)
    question = Leervraag.objects.get()
    assert (question.text, question.author, question.typed_by) == ("En thuis?", participant, coach)


def test_who_leads_the_day_asks_for_themselves_and_from_the_meetlat_one_stays_there(
    coach: Membership, day_leader: Membership, laying: Meeting, sign_in: SignIn
) -> None:
    browser, meetlat = sign_in(day_leader), reverse("leervragen:meetlat", args=[laying.pk])
    form = fields_on(browser, _url(laying), "key")
    assert "author" not in form
    typed = form | {"text": "En thuis?", "nobody_recognisable": "on"}
    answer = browser.post(
        reverse("leervragen:quick_add", args=[laying.pk]), typed, headers={"Referer": f"http://testserver{meetlat}"}
    )
    assert answer.headers["Location"] == meetlat
    assert Leervraag.objects.get().author == day_leader


def test_the_introductie_has_no_pile_for_a_question(coach: Membership, sign_in: SignIn) -> None:
    introduction = make_meeting(coach.group, position=1, kind=Meeting.Kind.INTRODUCTION)
    make_agenda_item(introduction, AgendaItem.Kind.LEARNING)
    running.start_meeting(actor=coach.user, meeting=introduction)
    assert reverse("leervragen:quick_add", args=[introduction.pk]) not in _page(sign_in(coach), introduction)


def test_from_the_page_of_a_question_there_is_a_way_back_to_leiden_for_who_leads(
    coach: Membership, participant: Membership, answering_now: Meeting, ask: AskQuestion, sign_in: SignIn
) -> None:
    question = ask(number=1)
    address = reverse("leervragen:answer", args=[question.pk])
    led, followed = (sign_in(one).get(address).content.decode() for one in (coach, participant))
    assert f'href="{_url(answering_now)}"' in led and "Terug naar Leiden" in led
    assert _url(answering_now) not in followed


def test_leiden_says_how_many_have_the_meetlat_open(
    coach: Membership, laying: Meeting, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    page = _page(sign_in(coach), laying)
    assert 'id="kijken-mee"' in page and "js/pages/meetlat-head" in page
    topic = live.topic_of("meetlat", laying)
    for member in (participant, maatje):
        watching.note(topic, member.user_id)
    fetched = sign_in(coach).get(reverse("leervragen:meetlat", args=[laying.pk]), headers={"HX-Request": "true"})
    assert 'data-watching="3 kijken mee' in fetched.content.decode()


def test_leiden_of_a_meeting_whose_date_is_past_leads_to_where_paper_is_typed_in(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    address = reverse("leervragen:afterwards", args=[meeting.pk])
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() + timedelta(hours=1))
    assert address not in _page(sign_in(coach), meeting)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(days=1))
    assert f'href="{address}"' in _page(sign_in(coach), meeting)
