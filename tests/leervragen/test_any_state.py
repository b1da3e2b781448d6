"""Every write on a question, in every state that it can be in: done, or refused in words; never a fault."""

from itertools import product
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse

from groups.models import Membership
from leervragen.models import Leervraag, Meetlat, NotThisTime, StripGroup
from leervragen.services import answering, asking, laying
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base.models import OutgoingMail
from tests.types import AskQuestion, SignIn

State, Outcome = Leervraag.State, Leervraag.Outcome

PLACES: dict[str, dict[str, Any]] = {
    "tray": {"state": State.TRAY},
    "laid": {"state": State.LAID, "number": 3, "rank": 0},
    "in a group": {"state": State.LAID, "number": 3, "rank": 0},
    "parked": {"state": State.PARKED},
    "pitch": {"state": State.PITCH},
}


def _can_be(place: str, outcome: str) -> bool:
    return (outcome != Outcome.PARKED or place == "parked") and (place != "pitch" or outcome == Outcome.ANSWERED)


SITUATIONS = [(place, outcome) for place, outcome in product(PLACES, Outcome.values) if _can_be(place, outcome)]
WRITES: list[tuple[str, dict[str, str]]] = [
    *(("move", {"to": to}) for to in ["1", "up", "tray", "parked", "pitch", "laid", "99", ""]),
    ("group", {"beside": "OTHER", "title": "Uitleg"}),
    ("ungroup", {}),
    ("choose_for_today", {"not_today": "1"}),
    ("begin", {}),
    ("answer", {"answer": "Zo dus."}),
    *(("end", {"SELF-outcome": outcome, "SELF-destination": "Naar Lotte"}) for outcome in Outcome.values),
    ("change", {"text": "Hoe dan?", "nobody_recognisable": "on"}),
    ("withdraw", {}),
]
ANSWERS = {200, 302, 403, 409, 422}


@pytest.mark.on_postgresql  # as tests/roof/test_any_state.py
@pytest.mark.parametrize(("place", "outcome"), SITUATIONS)
def test_a_write_is_done_or_refused_in_words(
    place: str,
    outcome: str,
    ask: AskQuestion,
    meeting: Meeting,
    next_meeting: Meeting,
    participant: Membership,
    sign_in: SignIn,
) -> None:
    strip, other = ask("Hoe help ik bij een ruzie?"), ask("Wat vertel ik?")
    meetlat, _created = Meetlat.objects.get_or_create(meeting=meeting)
    as_it_was = {"number": None, "rank": None, "strip_group": None, "version": 0, "outcome": outcome} | PLACES[place]
    client = sign_in(participant)

    answers = {}
    for number, (name, body) in enumerate(WRITES):
        joined = {"strip_group": StripGroup.objects.create(meetlat=meetlat)} if place == "in a group" else {}
        Leervraag.objects.filter(moved_from=strip).delete()
        Leervraag.objects.filter(pk__in=[strip.pk, other.pk]).update(rank=None)
        Leervraag.objects.filter(pk=strip.pk).update(**as_it_was | joined)
        Leervraag.objects.filter(pk=other.pk).update(state=State.LAID, number=3, rank=1, **joined)
        words = {"OTHER": str(other.pk)}
        data = {key.replace("SELF", str(strip.pk)): words.get(value, value) for key, value in body.items()}
        address = reverse(f"leervragen:{name}", args=[strip.pk])
        answers[number, name] = client.post(address, data | {"version": "0"}).status_code

    assert {call: status for call, status in answers.items() if status not in ANSWERS} == {}


@pytest.mark.parametrize("outcome", ["answered", "partly", "moved"])
def test_a_question_that_was_ended_is_not_taken_out_of_its_group_and_the_page_says_why(
    outcome: str, sign_in: SignIn, maatje: Membership, pair_of_questions: tuple[Leervraag, Leervraag]
) -> None:
    _first, second = pair_of_questions
    Leervraag.objects.filter(pk=second.pk).update(outcome=outcome)
    second.refresh_from_db()

    address = reverse("leervragen:ungroup", args=[second.pk])
    answer = sign_in(maatje).post(address, {"version": second.version})

    assert answer.status_code == 422
    assert "Deze vraag is al afgerond. Open hem eerst weer bij Afronden." in answer.content.decode()
    assert StripGroup.objects.get().leervragen.count() == 2


def test_a_question_lies_on_a_number_or_not_on_the_meetlat(ask: AskQuestion, participant: Membership) -> None:
    strip = ask()
    with pytest.raises(ValidationError):
        laying.put_away(actor=participant.user, strip=strip, version=0, state=State.LAID)


def test_a_group_that_fell_apart_has_no_name_any_more(
    pair_of_questions: tuple[Leervraag, Leervraag], participant: Membership
) -> None:
    group = StripGroup.objects.get()
    StripGroup.objects.all().delete()
    with pytest.raises(ValidationError, match="liggen niet meer bij elkaar"):
        laying.name_group(actor=participant.user, group=group, title="Ruzie", version=group.version)


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_question_that_went_meanwhile_is_not_begun_not_ended_and_not_changed(
    is_gone: bool, ask: AskQuestion, participant: Membership
) -> None:
    leervraag = ask()
    same = Leervraag.objects.filter(pk=leervraag.pk)
    if is_gone:
        same.delete()
    else:
        same.update(outcome=Outcome.WITHDRAWN)
    actor = participant.user
    for write in (
        lambda: answering.begin_question(actor=actor, leervraag=leervraag),
        lambda: answering.end_question(actor=actor, leervraag=leervraag, outcome="answered"),
    ):
        with pytest.raises(PermissionDenied, match="intussen ingetrokken"):
            write()
    with pytest.raises(Http404 if is_gone else ValidationError):
        asking.change_leervraag(
            actor=actor, leervraag=leervraag, text="Anders?", situation="", version=leervraag.version_of_text
        )
    assert not Meetlat.objects.exclude(current=None).exists()


def test_deze_keer_niet_is_not_said_of_a_question_that_is_in_or_a_meeting_that_was(
    ask: AskQuestion, meeting: Meeting, participant: Membership, sign_in: SignIn
) -> None:
    question = ask()
    client, address = sign_in(participant), reverse("leervragen:not_this_time", args=[meeting.pk])

    told = client.post(address)
    assert ["Je leervraag is al binnen" in str(said) for said in get_messages(told.wsgi_request)] == [True]
    question.delete()
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    client.post(address)

    assert not NotThisTime.objects.exists()


@pytest.mark.parametrize("state", [Meeting.State.ENDED, Meeting.State.CANCELLED])
def test_the_expert_gets_no_questions_of_a_meeting_that_is_over(
    state: str,
    ask: AskQuestion,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    coach: Membership,
    sign_in: SignIn,
) -> None:
    ask()
    Meeting.objects.filter(pk=meeting.pk).update(state=state)

    answer = sign_in(coach).post(reverse("leervragen:send_to_expert", args=[meeting.pk]))

    assert [str(said) for said in get_messages(answer.wsgi_request)] == ["Deze bijeenkomst is al voorbij."]
    assert not OutgoingMail.objects.filter(kind="leervragen.for_expert").exists()
