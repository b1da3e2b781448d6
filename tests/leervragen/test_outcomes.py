"""Every question ends with an outcome, and none is lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from groups.models import Membership
from leervragen.models import Leervraag
from leervragen.services import answering, asking, laying
from meetings.models import Meeting
from meetings.points import meeting_ended
from meetings.services import changing
from netwerkleren.base.conflicts import version_of
from tests.types import AskQuestion, SignIn
from video_feedback.models import Clip

pytestmark = pytest.mark.django_db


def end(leervraag: Leervraag, outcome: str, destination: str = "") -> None:
    answering.end_question(actor=leervraag.author.user, leervraag=leervraag, outcome=outcome, destination=destination)
    leervraag.refresh_from_db()


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
        reverse("leervragen:end", args=[leervraag.pk]),
        {f"{leervraag.pk}-outcome": "moved", f"{leervraag.pk}-version": leervraag.version_of_outcome},
    )
    assert answer.status_code == 422
    assert "Er komt geen netwerkbijeenkomst meer." in answer.content.decode()
    leervraag.refresh_from_db()
    assert leervraag.is_open


def test_p_asks_where_to_and_keeps_where_and_why(sign_in: SignIn, participant: Membership, ask: AskQuestion) -> None:
    leervraag = ask(number=3)
    client, address = sign_in(participant), reverse("leervragen:end", args=[leervraag.pk])
    prefix = f"{leervraag.pk}-"

    park = {prefix + "outcome": "parked", prefix + "version": leervraag.version_of_outcome}
    too_long = client.post(address, park | {prefix + "destination": "x" * 5000})
    assert list(too_long.context["failed"].errors) == ["destination"]
    assert too_long.status_code == 422
    assert "x" * 5000 in too_long.content.decode()
    texts = {prefix + "destination": "Naar Lotte, per mail", prefix + "reason": "Past niet bij vandaag"}
    client.post(address, park | texts)

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


def test_what_moved_on_is_changed_and_taken_back_where_it_is_now(
    sign_in: SignIn, ask: AskQuestion, next_meeting: Meeting, participant: Membership, meeting: Meeting
) -> None:
    leervraag = ask("Hoe help ik bij een ruzie?", number=3)
    client = sign_in(participant)
    seen = Leervraag.objects.get(pk=leervraag.pk)
    end(leervraag, "moved")

    html = client.get(reverse("leervragen:leervragen", args=[meeting.pk])).content.decode()
    for name in ("change", "withdraw"):
        address = reverse(f"leervragen:{name}", args=[leervraag.pk])
        assert address not in html
        assert client.post(address, {"text": "Anders?"}).status_code == 403
    with pytest.raises(ValidationError, match="Trek hem daar in"):
        asking.withdraw_leervraag(actor=participant.user, leervraag=seen)
    with pytest.raises(ValidationError, match="Pas hem daar aan"):
        asking.change_leervraag(
            actor=participant.user, leervraag=seen, text="Anders?", situation="", version=seen.version_of_text
        )

    there = Leervraag.objects.get(meeting=next_meeting)
    client.post(reverse("leervragen:withdraw", args=[there.pk]))

    for page in (("leervragen:leervragen", meeting.pk), ("leervragen:group_questions", meeting.group_id)):
        html = client.get(reverse(page[0], args=[page[1]])).content.decode()
        assert ("Later ingetrokken" in html, "Gaat mee naar" in html) == (True, False)
