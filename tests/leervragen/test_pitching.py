"""The pencil during the pitch, and what the asker says after it."""

from collections.abc import Iterable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from leervragen import documents
from leervragen.journeys import group_journeys
from leervragen.models import Leervraag, PitchNote
from leervragen.services import laying, pitching
from meetings.models import AgendaItem, Meeting
from meetings.services import running
from netwerkleren.base.conflicts import WrittenMeanwhile
from reports.closing import facts
from tests.factories import make_agenda_item, make_member
from tests.types import AskQuestion, CountQueries, SignIn

pytestmark = pytest.mark.django_db

FRESH = PitchNote().version


def tick(writer: Membership, question: Leervraag, word: str = "") -> PitchNote:
    return pitching.tick_in_pitch(actor=writer.user, leervraag=question, word=word, version=FRESH)


def post_tick(client: Client, question: Leervraag, word: str = "", version: str = FRESH) -> int:
    body = {f"{question.pk}-word": word, f"{question.pk}-version": version}
    return client.post(reverse("leervragen:tick", args=[question.pk]), body).status_code


def page_of(client: Client, meeting: Meeting) -> str:
    return client.get(reverse("leervragen:pitch", args=[meeting.pk])).content.decode()


def notes() -> Iterable[tuple[str, str]]:
    return sorted(PitchNote.objects.values_list("writer__user__name", "word"))


def test_a_tick_with_a_word_moves_no_strip(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    question = ask("Hoe begin ik?", number=3)
    client = sign_in(maatje)

    for _twice in range(2):
        assert post_tick(client, question, "De timer") == 302

    assert notes() == [(maatje.name, "De timer")]
    now = Leervraag.objects.get()
    assert (now.state, now.number, now.outcome, now.version) == ("laid", 3, "open", question.version)
    assert "Gum weg" in page_of(client, meeting)


def test_who_ticked_and_the_asker_read_it_and_nobody_else(
    sign_in: SignIn,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    coach: Membership,
    ask: AskQuestion,
    meeting: Meeting,
) -> None:
    tick(maatje, ask("Hoe begin ik?"), "Met de zandloper")

    assert "Met de zandloper" in page_of(sign_in(maatje), meeting)
    assert "denkt: misschien beantwoord. ‘Met de zandloper’" in page_of(sign_in(participant), meeting)
    for other in (colleague, coach):
        assert "zandloper" not in page_of(sign_in(other), meeting)
        assert not PitchNote.objects.visible_to(other.user).exists()


def test_it_is_rubbed_out(sign_in: SignIn, maatje: Membership, colleague: Membership, ask: AskQuestion) -> None:
    question = ask()
    tick(maatje, question), tick(colleague, question)

    sign_in(maatje).post(reverse("leervragen:erase_tick", args=[question.pk]))

    assert notes() == [(colleague.name, "")]


def test_the_word_of_another_device_is_not_overwritten(maatje: Membership, ask: AskQuestion) -> None:
    question = ask()
    tick(maatje, question, "De timer")

    with pytest.raises(WrittenMeanwhile):
        tick(maatje, question, "De zandloper")

    assert notes() == [(maatje.name, "De timer")]


def test_the_asker_says_yes_after_the_pitch(
    sign_in: SignIn, participant: Membership, maatje: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    question = ask("Hoe begin ik?")
    tick(maatje, question, "De timer")
    client, meetlat = sign_in(participant), reverse("leervragen:meetlat", args=[meeting.pk])
    assert "Gaf de pitch al antwoord?" in client.get(meetlat).content.decode()
    body = {"said": "answered", "version": str(question.version), "is_from_meetlat": "1"}

    for _twice in range(2):
        assert client.post(reverse("leervragen:say", args=[question.pk]), body)["Location"] == meetlat

    question.refresh_from_db()
    assert (question.state, question.outcome, question.version) == ("pitch", "answered", 1)
    assert "Gaf de pitch al antwoord?" not in client.get(meetlat).content.decode()


def test_or_lays_it_with_the_rest_and_is_asked_no_more(
    sign_in: SignIn, participant: Membership, maatje: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    question = ask("Hoe begin ik?")
    tick(maatje, question)
    client, meetlat = sign_in(participant), reverse("leervragen:meetlat", args=[meeting.pk])

    client.post(reverse("leervragen:say", args=[question.pk]), {"said": "lay", "version": "0"})

    question.refresh_from_db()
    assert (question.state, question.outcome) == ("tray", "open")
    assert "Gaf de pitch al antwoord?" not in client.get(meetlat).content.decode()


def test_what_was_answered_in_the_pitch_comes_back_to_the_pile(participant: Membership, ask: AskQuestion) -> None:
    question = ask()
    laying.put_away(actor=participant.user, strip=question, version=0, state="pitch")

    pitching.lay_with_the_rest(actor=participant.user, leervraag=question, version=1)

    question.refresh_from_db()
    assert (question.state, question.outcome) == ("tray", "open")


def test_a_new_tick_is_asked_about_again(
    sign_in: SignIn, participant: Membership, maatje: Membership, colleague: Membership, ask: AskQuestion
) -> None:
    question = ask()
    tick(maatje, question)
    pitching.lay_with_the_rest(actor=participant.user, leervraag=question, version=0)

    tick(colleague, question, "Toch wel")

    html = sign_in(participant).get(reverse("leervragen:meetlat", args=[question.meeting_id])).content.decode()
    assert "Toch wel" in html and maatje.user.first_name not in html.split("na-de-pitch")[1].split("</section>")[0]


def test_a_strip_that_another_moved_meanwhile_stays_there(
    sign_in: SignIn, participant: Membership, maatje: Membership, ask: AskQuestion
) -> None:
    question = ask()
    laying.lay_strip(actor=maatje.user, strip=question, version=0, number=6)

    said = sign_in(participant).post(
        reverse("leervragen:say", args=[question.pk]), {"said": "answered", "version": "0"}
    )

    question.refresh_from_db()
    assert (said.status_code, question.state, question.number) == (409, "laid", 6)


def test_only_the_asker_says_so(sign_in: SignIn, maatje: Membership, ask: AskQuestion) -> None:
    question = ask()
    body = {"said": "answered", "version": "0"}

    assert sign_in(maatje).post(reverse("leervragen:say", args=[question.pk]), body).status_code == 403


def test_once_the_meeting_was_held_nothing_is_ticked(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    question = ask()
    Meeting.objects.filter(pk=meeting.pk).update(state="ended")

    with pytest.raises(ValidationError, match="is geweest"):
        tick(maatje, question)

    assert "<form" not in page_of(sign_in(maatje), meeting).split("<main")[1].split("</main")[0]


def test_leiden_has_the_questions_to_tick_while_the_pitch_is_on(
    sign_in: SignIn, coach: Membership, meeting: Meeting, ask: AskQuestion
) -> None:
    question = ask()
    make_agenda_item(meeting, AgendaItem.Kind.PITCH)
    running.start_meeting(actor=coach.user, meeting=meeting)

    html = sign_in(coach).get(reverse("meetings:lead", args=[meeting.pk])).content.decode()

    assert question.text in html
    assert f'action="{reverse("leervragen:tick", args=[question.pk])}"' in html


def test_it_costs_as_many_queries_at_30_questions_as_at_1(
    sign_in: SignIn,
    participant: Membership,
    maatje: Membership,
    group: NetworkGroup,
    ask: AskQuestion,
    meeting: Meeting,
    django_assert_num_queries: CountQueries,
) -> None:
    client = sign_in(participant)
    tick(maatje, ask())
    page_of(client, meeting)
    with django_assert_num_queries(6):
        page_of(client, meeting)
    for number in range(29):
        tick(maatje, ask(f"Vraag {number}?", author=make_member(group)))
    with django_assert_num_queries(6):
        page_of(client, meeting)


@pytest.mark.parametrize(
    ("fields", "words", "line"),
    [
        ({"state": "pitch", "outcome": "answered"}, "in de pitch beantwoord", ", in de pitch, daar beantwoord"),
        ({"outcome": "answered"}, "beantwoord in het gesprek", ", antwoord"),
        ({"outcome": "partly"}, "deels beantwoord in het gesprek", ", deels beantwoord"),
        ({"outcome": "answered", "answer": "Tel tot drie."}, "beantwoord", ", antwoord"),
        ({}, "nog open", ""),
    ],
)
def test_beantwoord_never_stands_without_an_answer(
    fields: dict[str, str], words: str, line: str, ask: AskQuestion, group: NetworkGroup, meeting: Meeting
) -> None:
    ask("Hoe begin ik?", **fields)

    (question,) = (question for held in facts.closing_facts(group).meetings for question in held.questions)
    assert question.became == words
    pdf = documents.group_questions_pdf(group, group_journeys(group, None)).html
    assert f"Marijke, gesteld{line}</p>" in pdf
    says_where = bool(fields) and "answer" not in fields
    assert (f'<p class="text">{words.capitalize()}</p>' in pdf) is says_where


def test_in_a_room_where_one_lays_at_the_board_the_asker_still_decides(
    sign_in: SignIn, participant: Membership, maatje: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    meeting.place, meeting.online_url = "Obs De Lindenhof", ""
    meeting.save()
    question = ask("Hoe begin ik?")
    tick(maatje, question)
    client = sign_in(participant)

    for said, state in (("answered", "pitch"), ("lay", "tray")):
        now = Leervraag.objects.get()
        client.post(reverse("leervragen:say", args=[now.pk]), {"said": said, "version": now.version})
        assert Leervraag.objects.get().state == state
    with pytest.raises(ValidationError, match="Aan het bord"):
        laying.put_away(actor=participant.user, strip=now, version=now.version + 1, state="parked")


@pytest.mark.parametrize(
    ("stands", "offers", "told"),
    [
        ({}, True, "De vraag gaat mee op de meetlat."),
        ({"state": "parked"}, True, "De vraag blijft op de Parkeerplaats liggen."),
        ({"outcome": "moved"}, False, "Deze vraag is al afgerond."),
        ({"state": "parked", "outcome": "let_go"}, False, "Deze vraag is al afgerond."),
    ],
)
def test_what_is_said_of_leg_hem_erbij_is_where_it_lies(
    stands: dict[str, str],
    offers: bool,
    told: str,
    sign_in: SignIn,
    participant: Membership,
    ask: AskQuestion,
    meeting: Meeting,
) -> None:
    question = ask("Hoe begin ik?", **stands)
    client, address = sign_in(participant), reverse("leervragen:say", args=[question.pk])
    assert (address in page_of(client, meeting)) is offers

    html = client.post(address, {"said": "lay", "version": question.version}, follow=True).content.decode()

    assert told in html
    question.refresh_from_db()
    assert (question.state, question.outcome) == (stands.get("state", "tray"), stands.get("outcome", "open"))
