"""Answering: the time is divided, every question ends with an outcome, and none is lost."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from leervragen.board import blocks_of
from leervragen.models import Leervraag, Meetlat
from leervragen.pages import MeetlatPage
from leervragen.services import answering, laying
from leervragen.timing import Division
from meetings.models import AgendaItem, ExpertInvitation, Meeting
from meetings.points import agenda_tools, meeting_ended, screen_panels
from meetings.services import changing
from netwerkleren.base.conflicts import WrittenMeanwhile, version_of
from tests.factories import make_agenda_item, make_meeting, make_topic
from tests.types import AskQuestion, SignIn
from video_feedback.models import Clip
from video_feedback.services import consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def next_meeting(group: NetworkGroup, meeting: Meeting) -> Meeting:
    return make_meeting(group, topic=make_topic(group, "Ouders"), position=2)


@pytest.fixture
def pair_of_questions(ask: AskQuestion, maatje: Membership) -> tuple[Leervraag, Leervraag]:
    """Two related questions on 5, of two authors."""
    first, second = ask("Hoe leg ik het uit?", number=5), ask("Wat vertel ik?", number=5, author=maatje)
    laying.group_strips(actor=maatje.user, strip=second, version=second.version, beside=first, title="Uitleg")
    return first, second


@pytest.fixture
def film(participant: Membership) -> Clip:
    return Clip.objects.create(
        owner=participant, uploaded_by=participant, title="Kring", state="ready", video="v", poster="p", duration_ms=1
    )


def end(leervraag: Leervraag, outcome: str, **texts: str) -> None:
    answering.end_question(actor=leervraag.author.user, leervraag=leervraag, outcome=outcome, **texts)
    leervraag.refresh_from_db()


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

    with pytest.raises(WrittenMeanwhile) as told:
        answering.save_answer(actor=participant.user, leervraag=first, answer="Nieuw", version=version_of(""))
    assert told.value.current.answer == "Al genoteerd bij B"

    answering.save_answer(actor=participant.user, leervraag=first, answer="Samen", version=told.value.current.version)
    assert set(Leervraag.objects.values_list("answer", flat=True)) == {"Samen"}


def test_two_different_notes_in_one_group_are_both_shown_and_then_made_one(
    ask: AskQuestion, maatje: Membership, participant: Membership
) -> None:
    first, second = ask("A", number=5, answer="Bij A"), ask("B", number=5, author=maatje, answer="Bij B")
    laying.group_strips(actor=maatje.user, strip=second, version=second.version, beside=first)

    with pytest.raises(WrittenMeanwhile) as told:
        answering.save_answer(
            actor=participant.user, leervraag=first, answer="Bij A, en meer", version=version_of("Bij A")
        )
    assert told.value.current.answer == "Bij A\n\nBij B"

    answering.save_answer(actor=participant.user, leervraag=first, answer="Samen", version=told.value.current.version)
    assert set(Leervraag.objects.values_list("answer", flat=True)) == {"Samen"}


def test_a_question_is_not_ended_on_top_of_what_someone_else_wrote_meanwhile(
    sign_in: SignIn, participant: Membership, maatje: Membership, ask: AskQuestion
) -> None:
    leervraag = ask(number=3)
    answering.save_answer(actor=maatje.user, leervraag=leervraag, answer="Van Yusuf", version=version_of(""))

    mine = {"answer": "Van Marijke", "version": version_of(""), f"{leervraag.pk}-outcome": "answered"}
    told = sign_in(participant).post(reverse("leervragen:end", args=[leervraag.pk]), mine)

    leervraag.refresh_from_db()
    assert (told.status_code, leervraag.answer, leervraag.outcome) == (409, "Van Yusuf", "open")
    assert told.context["form"].meanwhile.theirs == {"answer": "Van Yusuf"}


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
        {"answer": "Laat zien wat helpt.", "version": version_of(""), f"{leervraag.pk}-outcome": "answered"},
    )
    leervraag.refresh_from_db()
    assert (leervraag.answer, leervraag.outcome, leervraag.number) == ("Laat zien wat helpt.", "answered", 3)


def test_moved_on_it_stands_in_the_next_meeting_with_its_author_and_fragment(
    ask: AskQuestion, next_meeting: Meeting, participant: Membership, film: Clip
) -> None:
    leervraag = ask(number=3, situation="In de pauze.", clip=film)

    end(leervraag, "moved")

    following = Leervraag.objects.get(meeting=next_meeting)
    assert (following.text, following.situation, following.author) == (leervraag.text, "In de pauze.", participant)
    assert following.clip == film
    assert (following.moved_from, following.state, following.is_late) == (leervraag, "tray", False)
    assert Leervraag.objects.for_group(participant.group)[0].moved_to == next_meeting


def test_moved_on_twice_it_stays_as_its_author_made_it_there(ask: AskQuestion, next_meeting: Meeting) -> None:
    leervraag = ask(number=3)
    end(leervraag, "moved")
    Leervraag.objects.filter(meeting=next_meeting).update(text="Beter gezegd?")

    end(leervraag, "moved")

    assert Leervraag.objects.get(meeting=next_meeting).text == "Beter gezegd?"
    with pytest.raises(ValidationError):
        end(leervraag, "answered")


def test_parked_moved_on_and_laid_after_all_it_stands_in_one_meeting(
    ask: AskQuestion, next_meeting: Meeting, coach: Membership, meeting: Meeting
) -> None:
    leervraag = ask()
    laying.put_away(actor=coach.user, strip=leervraag, version=0, state="parked")
    end(leervraag, "moved")

    laying.lay_strip(actor=coach.user, strip=leervraag, version=leervraag.version, number=4)
    leervraag.refresh_from_db()
    assert (leervraag.outcome, leervraag.number, Leervraag.objects.count()) == ("open", 4, 1)

    end(leervraag, "moved")
    assert answering.finish_open_questions(actor=coach.user, meeting=meeting) == 0


def test_what_is_laid_in_the_next_meeting_cannot_be_laid_here_too(
    ask: AskQuestion, next_meeting: Meeting, coach: Membership
) -> None:
    leervraag = ask()
    laying.put_away(actor=coach.user, strip=leervraag, version=0, state="parked")
    end(leervraag, "moved")
    there = Leervraag.objects.get(meeting=next_meeting)
    laying.lay_strip(actor=coach.user, strip=there, version=0, number=2)

    with pytest.raises(ValidationError):
        laying.lay_strip(actor=coach.user, strip=leervraag, version=leervraag.version, number=4)


def test_a_copy_that_its_author_withdrew_is_no_obstacle(ask: AskQuestion, next_meeting: Meeting) -> None:
    leervraag = ask(number=3)
    end(leervraag, "moved")
    Leervraag.objects.filter(meeting=next_meeting).update(outcome="withdrawn")

    end(leervraag, "open")
    end(leervraag, "moved")

    assert Leervraag.objects.get(meeting=next_meeting).is_open


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("open", "tray"), ("partly", "tray"), ("moved", "tray"), ("parked", "parked"), ("answered", "pitch")],
)
def test_what_the_pitch_answered_after_all_not_lies_on_the_pile_again(
    ask: AskQuestion, next_meeting: Meeting, coach: Membership, outcome: str, state: str
) -> None:
    leervraag = ask()
    laying.put_away(actor=coach.user, strip=leervraag, version=0, state="pitch")

    end(leervraag, outcome, destination="Naar Lotte")

    assert (leervraag.outcome, leervraag.state) == (outcome, state)


def test_a_question_that_was_taken_back_meanwhile_is_not_answered_and_not_ended(
    participant: Membership, ask: AskQuestion
) -> None:
    leervraag = ask(number=3)
    Leervraag.objects.update(outcome="withdrawn", state="tray", number=None, rank=None)
    with pytest.raises(PermissionDenied):
        end(leervraag, "answered")
    with pytest.raises(PermissionDenied):
        answering.save_answer(actor=participant.user, leervraag=leervraag, answer="Te laat", version=version_of(""))


def test_moved_on_by_mistake_it_comes_back_as_long_as_nobody_began_with_it(
    ask: AskQuestion, next_meeting: Meeting
) -> None:
    leervraag = ask(number=3)
    end(leervraag, "moved")
    end(leervraag, "answered")
    assert not Leervraag.objects.filter(meeting=next_meeting).exists()

    end(leervraag, "moved")
    Leervraag.objects.filter(meeting=next_meeting).update(answer="Al begonnen")
    with pytest.raises(ValidationError):
        end(leervraag, "open")


def test_without_a_next_meeting_a_question_cannot_move_on(
    sign_in: SignIn, participant: Membership, ask: AskQuestion
) -> None:
    leervraag = ask(number=3)
    answer = sign_in(participant).post(
        reverse("leervragen:end", args=[leervraag.pk]), {f"{leervraag.pk}-outcome": "moved"}
    )
    assert answer.status_code == 422
    assert "Er komt geen netwerkbijeenkomst meer." in answer.content.decode()
    leervraag.refresh_from_db()
    assert leervraag.is_open


def test_p_asks_where_to_and_keeps_where_and_why(sign_in: SignIn, participant: Membership, ask: AskQuestion) -> None:
    leervraag = ask(number=3)
    client, address = sign_in(participant), reverse("leervragen:end", args=[leervraag.pk])
    prefix = f"{leervraag.pk}-"

    assert client.post(address, {prefix + "outcome": "parked"}).status_code == 422
    too_long = {prefix + "outcome": "parked", prefix + "destination": "x" * 5000}
    assert client.post(address, too_long).status_code == 422
    texts = {prefix + "destination": "Naar Lotte, per mail", prefix + "reason": "Past niet bij vandaag"}
    client.post(address, {prefix + "outcome": "parked"} | texts)

    leervraag.refresh_from_db()
    assert (leervraag.outcome, leervraag.state, leervraag.number) == ("parked", "parked", None)
    assert (leervraag.destination, leervraag.reason) == ("Naar Lotte, per mail", "Past niet bij vandaag")


def test_a_parked_question_that_is_opened_again_lies_on_the_pile(ask: AskQuestion) -> None:
    leervraag = ask(number=3)
    end(leervraag, "parked", destination="Later")
    end(leervraag, "open")
    assert (leervraag.outcome, leervraag.state, leervraag.destination) == ("open", "tray", "")


def test_a_meeting_that_ends_early_loses_no_question(
    ask: AskQuestion, meeting: Meeting, next_meeting: Meeting, participant: Membership, coach: Membership
) -> None:
    ask("Gelegd", number=3)
    ask("Stapel")
    answered = ask("Klaar", number=4)
    parked = ask("Op P")
    laying.put_away(actor=participant.user, strip=parked, version=0, state="parked")
    end(answered, "answered")

    for reaction in meeting_ended:
        reaction(meeting, coach.user)

    outcomes = dict(Leervraag.objects.filter(meeting=meeting).values_list("text", "outcome"))
    assert outcomes == {"Gelegd": "moved", "Stapel": "moved", "Klaar": "answered", "Op P": "parked"}
    there = Leervraag.objects.filter(meeting=next_meeting).order_by("text")
    assert list(there.values_list("text", flat=True)) == ["Gelegd", "Stapel"]


def test_without_a_next_meeting_open_questions_go_to_p_with_the_reason(
    ask: AskQuestion, meeting: Meeting, coach: Membership
) -> None:
    leervraag = ask(number=3)
    assert answering.finish_open_questions(actor=coach.user, meeting=meeting) == 1
    assert answering.finish_open_questions(actor=coach.user, meeting=meeting) == 0
    leervraag.refresh_from_db()
    assert (leervraag.outcome, leervraag.state) == ("parked", "parked")
    assert "geen volgende netwerkbijeenkomst" in leervraag.reason


def test_a_cancelled_or_ended_meeting_is_not_the_next(
    ask: AskQuestion, meeting: Meeting, next_meeting: Meeting
) -> None:
    assert Meeting.objects.next_network_after(meeting) == next_meeting
    for state in ("cancelled", "ended"):
        next_meeting.state = state
        next_meeting.save()
        assert Meeting.objects.next_network_after(meeting) is None


def test_looking_back_is_kept(sign_in: SignIn, participant: Membership, meeting: Meeting) -> None:
    texts = {"went": "Rustig", "keep": "De volgorde", "change": "Meer tijd", "version": version_of("", "", "")}
    sign_in(participant).post(reverse("leervragen:look_back", args=[meeting.pk]), texts)
    meetlat = Meetlat.objects.get(pk=meeting.pk)
    assert (meetlat.went, meetlat.keep, meetlat.change) == ("Rustig", "De volgorde", "Meer tijd")


def test_what_the_group_changes_stands_with_the_next_meeting(
    sign_in: SignIn, participant: Membership, meeting: Meeting, next_meeting: Meeting
) -> None:
    Meetlat.objects.create(meeting=meeting, change="Eerst even stil nadenken.")
    client = sign_in(participant)

    def stands_with(shown: Meeting) -> bool:
        page = client.get(reverse("meetings:detail", args=[shown.pk])).content.decode()
        return "Eerst even stil nadenken." in page

    assert [stands_with(meeting), stands_with(next_meeting)] == [False, True]
    next_meeting.state = "ended"
    next_meeting.save()
    assert not stands_with(next_meeting)


def test_a_cancelled_meeting_hands_its_questions_on_and_gets_them_back_when_reopened(
    ask: AskQuestion, meeting: Meeting, next_meeting: Meeting, coach: Membership, participant: Membership
) -> None:
    laid, told = ask("Gelegd", number=3), ask("Stapel")
    changing.cancel_meeting(actor=coach.user, meeting=meeting)
    there = Leervraag.objects.filter(meeting=next_meeting).order_by("text")
    assert [one.text for one in there] == ["Gelegd", "Stapel"]
    laying.lay_strip(actor=participant.user, strip=there[1], version=0, number=5)

    changing.reopen_meeting(actor=coach.user, meeting=meeting)

    assert [one.text for one in Leervraag.objects.filter(meeting=next_meeting)] == ["Stapel"]
    laid.refresh_from_db()
    told.refresh_from_db()
    assert [(one.outcome, one.number) for one in (laid, told)] == [("open", 3), ("moved", None)]


def test_the_last_meeting_when_cancelled_lays_its_questions_on_p(
    ask: AskQuestion, meeting: Meeting, coach: Membership
) -> None:
    leervraag = ask(number=3)
    changing.cancel_meeting(actor=coach.user, meeting=meeting)
    leervraag.refresh_from_db()
    assert (leervraag.outcome, leervraag.reason) == ("parked", "Er is geen volgende netwerkbijeenkomst.")


def test_leiden_and_the_scherm_show_the_question_that_is_answered(
    pair_of_questions: tuple[Leervraag, Leervraag], meeting: Meeting, coach: Membership
) -> None:
    first, _second = pair_of_questions
    item = make_agenda_item(meeting, AgendaItem.Kind.ANSWERING, 45)
    answering.begin_question(actor=coach.user, leervraag=first)

    for point in (agenda_tools, screen_panels):
        (panel,) = point.collect(item, coach.user)
        assert [strip.text for strip in panel.context["page"].current.strips] == [
            "Hoe leg ik het uit?",
            "Wat vertel ik?",
        ]
    assert agenda_tools.collect(make_agenda_item(meeting, AgendaItem.Kind.BREAK, 5), coach.user) == []


@pytest.fixture
def answer_page(ask: AskQuestion, film: Clip, sign_in: SignIn) -> Callable[..., str]:
    """`answer_page(coach, play=True)`: what the page of a question with a fragment says to someone."""
    leervraag = ask(clip=film)

    def _answer_page(member: Membership, *, play: bool = False) -> str:
        address = reverse("leervragen:answer", args=[leervraag.pk]) + (f"?play={film.pk}" if play else "")
        return sign_in(member).get(address).content.decode()

    return _answer_page


def test_a_fragment_that_not_everyone_may_see_is_not_played_here(
    answer_page: Callable[..., str], film: Clip, participant: Membership, maatje: Membership, coach: Membership
) -> None:
    consent.share_clip(actor=participant.user, clip=film, audience="maatje", scope="all_parents")
    for member in (coach, maatje):
        page = answer_page(member, play=True)
        assert "Marijke heeft er een fragment bij. Niet iedereen in de groep mag het zien." in page
        assert "<video" not in page
    assert reverse("video_feedback:detail", args=[film.pk]) in answer_page(participant)
    assert reverse("video_feedback:detail", args=[film.pk]) not in answer_page(coach)


def test_a_fragment_says_that_a_guest_may_not_watch_before_it_plays(
    answer_page: Callable[..., str],
    film: Clip,
    participant: Membership,
    coach: Membership,
    expert_invitation: ExpertInvitation,
) -> None:
    consent.share_clip(actor=participant.user, clip=film, audience="group", scope="all_parents")
    page = answer_page(coach)
    assert page.index("De toestemming van de ouders geldt niet voor een gast.") < page.index("Speel het fragment van")
    assert "Kijkt Lotte Meijerink mee, in de ruimte of online? Speel het fragment dan niet." in page
    assert reverse("video_feedback:poster", args=[film.pk]) not in page, "no picture of a pupil before it is played"
    assert reverse("video_feedback:film", args=[film.pk]) in answer_page(coach, play=True)

    expert_invitation.delete()
    assert "Kijkt er een gast mee, in de ruimte of online?" in answer_page(coach)

    consent.share_clip(actor=participant.user, clip=film, audience="group", scope="all_parents", includes_guests=True)
    assert "een gast" not in answer_page(coach)
    assert "Speel het fragment van Marijke" in answer_page(coach)


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
