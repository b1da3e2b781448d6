"""Rounding off the meetlat: what moves all questions at once, who may, and the way back."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from leervragen.models import Leervraag, StripGroup
from leervragen.services import answering, laying
from meetings.models import Meeting
from meetings.services import changing
from tests.types import AskQuestion, Response, SignIn


def become(meeting: Meeting, state: str) -> Meeting:
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    return Meeting.objects.get(pk=meeting.pk)


def join(who: Membership, strip: Leervraag, beside: Leervraag, title: str = "") -> None:
    strip.refresh_from_db()
    laying.group_strips(actor=who.user, strip=strip, version=strip.version, beside=beside, title=title)


def said(answer: Response) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize("state", [Meeting.State.PLANNED, Meeting.State.CANCELLED])
@pytest.mark.parametrize("who", ["participant", "coach"])
def test_a_meeting_that_was_not_held_is_rounded_off_by_nobody(
    who: str,
    state: str,
    ask: AskQuestion,
    meeting: Meeting,
    next_meeting: Meeting,
    sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    for number in range(1, 10):
        ask(f"Vraag {number}?", number=number)
    become(meeting, state)
    client = sign_in(request.getfixturevalue(who))

    answer = client.post(reverse("leervragen:finish", args=[meeting.pk]))

    assert said(answer) == ["Deze bijeenkomst is nu niet bezig. Afronden kan zodra jullie zijn begonnen."]
    assert set(Leervraag.objects.values_list("outcome", "meeting")) == {("open", meeting.pk)}
    page = client.get(reverse("leervragen:meetlat", args=[meeting.pk]), {"step": "4"}).content.decode()
    assert "Neem alles wat open is mee" not in page


def test_while_it_is_on_a_deelnemer_is_asked_first_and_the_coach_is_not(
    ask: AskQuestion,
    meeting: Meeting,
    next_meeting: Meeting,
    participant: Membership,
    coach: Membership,
    sign_in: SignIn,
) -> None:
    ask("Hoe?", number=3)
    become(meeting, Meeting.State.RUNNING)
    pages = [
        sign_in(who).get(reverse("leervragen:meetlat", args=[meeting.pk]), {"step": "4"}).content.decode()
        for who in (participant, coach)
    ]
    assert ["Rond je voor de hele groep af?" in page for page in pages] == [True, False]
    assert ["Neem je de hele groep mee?" in page for page in pages] == [True, False]


def test_what_was_rounded_off_opens_again_where_it_lay(
    ask: AskQuestion, meeting: Meeting, next_meeting: Meeting, participant: Membership, sign_in: SignIn
) -> None:
    ask("Gelegd", number=3)
    ask("Stapel")
    parked = ask("Op P")
    laying.put_away(actor=participant.user, strip=parked, version=0, state="parked")
    become(meeting, Meeting.State.RUNNING)
    before = list(Leervraag.objects.values_list("text", "meeting", "state", "number", "outcome"))
    client = sign_in(participant)

    assert said(client.post(reverse("leervragen:finish", args=[meeting.pk]))) == ["3 vragen hebben nu een plek."]
    assert Leervraag.objects.filter(meeting=next_meeting).count() == 2
    page = client.get(reverse("leervragen:meetlat", args=[meeting.pk]), {"step": "4"}).content.decode()
    assert "3 vragen kregen in één keer een plek." in page
    assert "Open je ze weer voor de hele groep?" in page
    undone = client.post(reverse("leervragen:undo_finish", args=[meeting.pk]))

    assert said(undone)[-1] == "3 vragen zijn weer open."
    assert list(Leervraag.objects.values_list("text", "meeting", "state", "number", "outcome")) == before


def test_without_a_next_meeting_they_come_back_from_p_to_their_numbers(
    ask: AskQuestion, meeting: Meeting, participant: Membership
) -> None:
    for text, number in [("b", 3), ("a", 3), ("c", 7), ("d", None)]:
        ask(text, number=number)
    before = list(Leervraag.objects.values_list("text", "state", "number", "rank", "outcome", "reason"))
    running = become(meeting, Meeting.State.RUNNING)

    answering.round_off(actor=participant.user, meeting=running)
    assert set(Leervraag.objects.values_list("state", "outcome")) == {("parked", "parked")}
    assert answering.undo_round_off(actor=participant.user, meeting=running) == (4, 0)

    assert list(Leervraag.objects.values_list("text", "state", "number", "rank", "outcome", "reason")) == before


@pytest.mark.parametrize("answered", [None, 0, 1, 2])
def test_without_a_next_meeting_a_group_of_strips_comes_back_with_its_name_and_its_order(
    answered: int | None, ask: AskQuestion, meeting: Meeting, participant: Membership
) -> None:
    ask("vooraan", number=3)
    strips = [ask(text, number=number) for text, number in [("a", 3), ("b", 5), ("c", None)]]
    for strip in strips[1:]:
        title = "Ruzie" if strip.text == "b" else ""
        join(participant, strip, strips[0], title)
    ask("achteraan", number=3)
    running = become(meeting, Meeting.State.RUNNING)
    if answered is not None:
        answering.end_question(actor=participant.user, leervraag=strips[answered], outcome="answered")
    kept = ["text", "state", "number", "strip_group__title", "outcome"]
    group = StripGroup.objects.get()
    before = {row[0]: row for row in Leervraag.objects.values_list(*kept)}

    answering.round_off(actor=participant.user, meeting=running)
    assert Leervraag.objects.exclude(strip_group=None).count() == 0
    answering.undo_round_off(actor=participant.user, meeting=running)

    assert {row[0]: row for row in Leervraag.objects.values_list(*kept)} == before
    assert StripGroup.objects.get().pk == group.pk
    laid = Leervraag.objects.filter(number=3).order_by("rank").values_list("text", flat=True)
    assert "".join(laid).replace("vooraan", "").replace("achteraan", "") == "abc"


def test_who_was_put_back_joins_no_group_that_lies_elsewhere_now(
    ask: AskQuestion, meeting: Meeting, participant: Membership
) -> None:
    first, second, third = (ask(text, number=3) for text in ("a", "b", "c"))
    join(participant, second, first)
    join(participant, third, first)
    running = become(meeting, Meeting.State.RUNNING)
    answering.round_off(actor=participant.user, meeting=running)
    first.refresh_from_db()
    laying.lay_strip(actor=participant.user, strip=first, version=first.version, number=8)

    answering.undo_round_off(actor=participant.user, meeting=running)

    assert list(Leervraag.objects.in_order().filter(strip_group=None).values_list("text", "number")) == [("a", 8)]
    assert set(StripGroup.objects.get().leervragen.values_list("text", "number")) == {("b", 3), ("c", 3)}


def test_what_someone_took_up_in_the_next_meeting_stays_there(
    ask: AskQuestion, meeting: Meeting, next_meeting: Meeting, participant: Membership, sign_in: SignIn
) -> None:
    ask("Hoe?", number=3)
    ask("Wat?", number=4)
    running = become(meeting, Meeting.State.RUNNING)
    answering.round_off(actor=participant.user, meeting=running)
    taken_up = Leervraag.objects.get(meeting=next_meeting, text="Wat?")
    laying.lay_strip(actor=participant.user, strip=taken_up, version=0, number=5)

    answer = sign_in(participant).post(reverse("leervragen:undo_finish", args=[meeting.pk]))

    assert said(answer) == [
        "1 vraag is weer open.",
        "1 vraag blijft waar hij is: daar is al iemand mee bezig.",
    ]
    assert list(Leervraag.objects.filter(meeting=next_meeting).values_list("text", flat=True)) == ["Wat?"]


def test_what_was_ended_by_hand_since_is_not_undone(
    ask: AskQuestion, meeting: Meeting, next_meeting: Meeting, participant: Membership
) -> None:
    leervraag = ask("Hoe?", number=3)
    running = become(meeting, Meeting.State.RUNNING)
    answering.round_off(actor=participant.user, meeting=running)
    answering.end_question(actor=participant.user, leervraag=leervraag, outcome="answered")

    assert answering.undo_round_off(actor=participant.user, meeting=running) == (0, 0)
    leervraag.refresh_from_db()
    assert leervraag.outcome == "answered"


def test_after_it_was_held_the_coach_rounds_off_and_a_deelnemer_does_not(
    ask: AskQuestion,
    meeting: Meeting,
    next_meeting: Meeting,
    participant: Membership,
    coach: Membership,
    sign_in: SignIn,
) -> None:
    ask("Hoe?", number=3)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(days=1))
    address = reverse("leervragen:finish", args=[meeting.pk])

    assert said(sign_in(participant).post(address)) == ["De bijeenkomst is geweest. De coach rondt af wat nog open is."]
    assert said(sign_in(coach).post(address)) == ["1 vraag heeft nu een plek."]


def test_a_last_meeting_that_goes_on_after_all_has_its_questions_back_from_p(
    ask: AskQuestion, meeting: Meeting, coach: Membership
) -> None:
    leervraag = ask(number=3)
    changing.cancel_meeting(actor=coach.user, meeting=meeting)
    changing.reopen_meeting(actor=coach.user, meeting=meeting)
    leervraag.refresh_from_db()
    assert (leervraag.outcome, leervraag.state, leervraag.number, leervraag.reason) == ("open", "laid", 3, "")
