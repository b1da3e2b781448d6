"""What became of someone's leervragen, beside the story and in the closing PDF: each once, by who may read it."""

from html import unescape

import pytest
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from groups.services import members
from leervragen.models import Leervraag, Meetlat, Tried, WrittenAnswer
from leervragen.services import trying
from meetings.models import Meeting
from reports.closing.documents import closing_document
from reports.closing.facts import Question, closing_facts
from reports.models import Export, Interview, ValueStory
from tests.types import CountQueries, SignIn

from .factories import make_leervraag, make_story

HAPPENED = "Ze lachten samen."


@pytest.fixture
def answered(participant: Membership, meeting: Meeting) -> Leervraag:
    return make_leervraag(participant, meeting, "Hoe wacht ik?", answer="Tel tot drie.", outcome="answered")


def tell(leervraag: Leervraag, *, is_shared: bool, happened: str = HAPPENED) -> None:
    said = Tried.objects.filter(leervraag=leervraag).first() or Tried(leervraag=leervraag)
    trying.tell_tried(
        actor=leervraag.author.user, leervraag=leervraag, happened=happened, is_shared=is_shared, version=said.version
    )


def questions_in_pdf(group: NetworkGroup) -> list[Question]:
    return [question for meeting in closing_facts(group).meetings for question in meeting.questions]


def test_the_own_story_has_the_own_leervragen_with_what_became_of_them(
    answered: Leervraag, group: NetworkGroup, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    make_leervraag(maatje, answered.meeting, "Van Yusuf?")
    tell(answered, is_shared=False)

    page = unescape(sign_in(participant).get(reverse("reports:my_story", args=[group.pk])).content.decode())

    lifelines = page.split("Jouw leervragen en wat ermee gebeurde")[1]
    for words in ("Hoe wacht ik?", "Tel tot drie.", "gesteld", "in mijn werk geprobeerd", HAPPENED):
        assert words in lifelines, words
    assert "Van Yusuf?" not in page


def test_without_a_leervraag_the_story_says_nothing_of_them(
    group: NetworkGroup, participant: Membership, sign_in: SignIn
) -> None:
    page = sign_in(participant).get(reverse("reports:my_story", args=[group.pk])).content.decode()
    assert "Jouw leervragen" not in page


def test_what_was_tried_is_its_askers_alone_until_it_is_ticked(
    answered: Leervraag, group: NetworkGroup, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    story = make_story(participant, "Ik durf te wachten.", ValueStory.Decision.GROUP)
    interview = Interview.objects.create(group=group, teller=participant, interviewer=maatje)
    pages = reverse("reports:story", args=[story.pk]), reverse("reports:interview", args=[interview.pk, "A"])
    tell(answered, is_shared=False)
    reads = {
        who: [HAPPENED in unescape(sign_in(who).get(page).content.decode()) for page in pages]
        for who in (participant, maatje)
    }
    assert reads == {participant: [True, True], maatje: [False, False]}

    tell(answered, is_shared=True)

    for page in pages:
        shown = unescape(sign_in(maatje).get(page).content.decode())
        assert "De leervragen van Marijke en wat ermee gebeurde" in shown
        assert "Hoe wacht ik?" in shown and HAPPENED in shown


def test_a_story_that_is_not_shared_leads_nobody_to_its_lifelines(
    answered: Leervraag, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    story = make_story(participant, "Van mij alleen.")
    assert sign_in(maatje).get(reverse("reports:story", args=[story.pk])).status_code == 404


@pytest.mark.parametrize(("page", "queries"), [("my_story", 10), ("interview", 15)])
def test_thirty_questions_cost_as_many_queries_as_one(
    answered: Leervraag,
    group: NetworkGroup,
    participant: Membership,
    maatje: Membership,
    sign_in: SignIn,
    page: str,
    queries: int,
    django_assert_num_queries: CountQueries,
) -> None:
    interview = Interview.objects.create(group=group, teller=participant, interviewer=maatje)
    addresses = {
        "my_story": reverse("reports:my_story", args=[group.pk]),
        "interview": reverse("reports:interview", args=[interview.pk, "A"]),
    }
    client = sign_in(participant)
    client.get(addresses[page])
    with django_assert_num_queries(queries):
        client.get(addresses[page])
    for number in range(29):
        make_leervraag(participant, answered.meeting, f"Vraag {number}?")
    with django_assert_num_queries(queries):
        client.get(addresses[page])


def test_in_the_closing_pdf_a_question_that_moved_on_stands_once_with_both_answers(
    group: NetworkGroup, participant: Membership, meeting: Meeting, second_meeting: Meeting
) -> None:
    first = make_leervraag(participant, meeting, "Hoe wacht ik?", answer="Probeer het eens.", outcome="moved")
    make_leervraag(
        participant, second_meeting, "Hoe wacht ik?", answer="Tel tot drie.", outcome="answered", moved_from=first
    )

    held = {meeting.name: meeting.questions for meeting in closing_facts(group).meetings}

    (question,) = held.pop("Bijeenkomst 2")
    assert set(held.values()) == {()}
    assert (question.text, question.earlier, question.became) == ("Hoe wacht ik?", "bijeenkomst 1", "beantwoord")
    assert question.answers == ("Probeer het eens.", "Tel tot drie.")
    assert question.way == ("gesteld", "antwoord")


def test_the_closing_pdf_prints_all_that_was_written_and_what_answered_it_too(
    answered: Leervraag, group: NetworkGroup, participant: Membership, maatje: Membership, coach: Membership
) -> None:
    WrittenAnswer.objects.create(leervraag=answered, author=maatje, text="Adem eerst.")
    WrittenAnswer.objects.create(leervraag=answered, author=maatje, text="Zei Lotte.", is_note=True)
    make_leervraag(participant, answered.meeting, "En dan?", outcome="answered", answered_with=answered)
    tell(answered, is_shared=True)

    printed = closing_document(Export(group=group, made_by=coach.user), closing_facts(group)).html

    text = " ".join(unescape(printed).split())
    for words in ("Tel tot drie.", "Adem eerst.", "Zei Lotte.", "Beantwoord met: Hoe wacht ik?", HAPPENED):
        assert words in text, words
    assert "gesteld → antwoord → in mijn werk geprobeerd" in text


def test_what_was_tried_is_in_the_closing_pdf_only_while_the_group_reads_it(
    answered: Leervraag, group: NetworkGroup, participant: Membership, coach: Membership
) -> None:
    tell(answered, is_shared=False)
    assert [(one.tried, one.way[-1]) for one in questions_in_pdf(group)] == [("", "antwoord")]

    tell(answered, is_shared=True)
    assert [(one.tried, one.way[-1]) for one in questions_in_pdf(group)] == [(HAPPENED, "in mijn werk geprobeerd")]

    members.remove_member(actor=coach.user, membership=participant)
    assert [(one.tried, one.way[-1]) for one in questions_in_pdf(group)] == [("", "antwoord")]


@pytest.mark.parametrize("how", ["unticked", "changed", "not tried", "left"])
def test_what_is_taken_back_of_trying_takes_the_closing_pdf_along(
    how: str, answered: Leervraag, group: NetworkGroup, participant: Membership, coach: Membership
) -> None:
    tell(answered, is_shared=True)
    export = Export.objects.create(group=group, made_by=coach.user, state=Export.State.READY)

    if how == "unticked":
        tell(answered, is_shared=False)
    elif how == "changed":
        tell(answered, is_shared=True, happened="Iets anders.")
    elif how == "not tried":
        trying.answer_not_tried(actor=participant.user, leervraag=answered, reply="not_yet")
    else:
        members.remove_member(actor=coach.user, membership=participant)

    export.refresh_from_db()
    assert export.state == Export.State.OUTDATED


def test_what_was_never_read_takes_no_pdf_along(answered: Leervraag, group: NetworkGroup, coach: Membership) -> None:
    tell(answered, is_shared=False)
    export = Export.objects.create(group=group, made_by=coach.user, state=Export.State.READY)
    tell(answered, is_shared=False, happened="Nog iets.")
    tell(answered, is_shared=True, happened="Nog iets.")
    export.refresh_from_db()
    assert export.state == Export.State.READY


def test_a_question_of_a_cancelled_meeting_stands_under_the_one_that_had_it_before(
    group: NetworkGroup, participant: Membership, meeting: Meeting, second_meeting: Meeting
) -> None:
    first = make_leervraag(participant, meeting, "Hoe wacht ik?", outcome="moved")
    parked = {"state": "parked", "outcome": "parked", "moved_from": first}
    make_leervraag(participant, second_meeting, "Hoe wacht ik?", **parked)
    Meetlat.objects.create(meeting=second_meeting)
    Meeting.objects.filter(pk=second_meeting.pk).update(state=Meeting.State.CANCELLED)
    assert [question.text for question in questions_in_pdf(group)] == ["Hoe wacht ik?"]
