"""The meetlat of a meeting that was held is there to look at; what is open still gets its place."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from leervragen.models import Leervraag
from leervragen.services import answering, choosing, laying, pitching
from meetings.models import Meeting
from meetings.services import changing, running
from tests.factories import make_agenda_item
from tests.types import AskQuestion, SignIn

pytestmark = pytest.mark.django_db

STEPS = ["1", "2", "3", "4", "5"]


@pytest.fixture(params=["ended", "gone by"])
def held(request: pytest.FixtureRequest, meeting: Meeting, ask: AskQuestion) -> Leervraag:
    """A question on 3; another is on the pile."""
    strip = ask("Hoe begin ik?", number=3)
    ask("Hoe stop ik?")
    facts = {"state": "ended"} if request.param == "ended" else {"starts_at": timezone.now() - timedelta(days=2)}
    Meeting.objects.filter(pk=meeting.pk).update(**facts)
    return strip


Press = Callable[[Membership, Leervraag], object]
PRESSES: dict[str, Press] = {
    "lay": lambda who, it: laying.lay_strip(actor=who.user, strip=it, version=it.version, number=5),
    "nudge": lambda who, it: laying.nudge_strip(actor=who.user, strip=it, version=it.version, by=1),
    "park": lambda who, it: laying.put_away(actor=who.user, strip=it, version=it.version, state="parked"),
    "take out": lambda who, it: laying.ungroup_strip(actor=who.user, strip=it, version=it.version),
    "wait": lambda who, it: choosing.choose_several(
        actor=who.user, meeting=it.meeting, chosen=[(it.pk, it.version)], not_today=True
    ),
    "together": lambda who, it: choosing.lay_together(
        actor=who.user, meeting=it.meeting, chosen=[(it.pk, it.version)], number=5
    ),
    "step": lambda who, it: answering.go_to_step(actor=who.user, meeting=it.meeting, step=2),
    "minutes": lambda who, it: answering.set_minutes(
        actor=who.user, meeting=it.meeting, kept_back=9, per_question=None
    ),
    "begin": lambda who, it: answering.begin_question(actor=who.user, leervraag=it),
    "answered": lambda who, it: pitching.say_answered(actor=who.user, leervraag=it, version=it.version),
}


@pytest.mark.parametrize("press", PRESSES)
def test_no_service_lays_anything(press: str, participant: Membership, held: Leervraag) -> None:
    before = Leervraag.objects.filter(pk=held.pk).values().get()

    with pytest.raises(ValidationError, match="is geweest"):
        PRESSES[press](participant, held)

    assert Leervraag.objects.filter(pk=held.pk).values().get() == before


def test_a_page_that_was_open_is_told(sign_in: SignIn, participant: Membership, held: Leervraag) -> None:
    client = sign_in(participant)
    body = {"to": "5", "version": str(held.version)}

    assert client.post(reverse("leervragen:move", args=[held.pk]), body).status_code == 422
    back = client.post(reverse("leervragen:go_to_step", args=[held.meeting_id]), {"step": "3"}, follow=True)

    assert "Deze bijeenkomst is geweest." in back.content.decode()


@pytest.mark.parametrize("step", STEPS)
def test_no_step_has_a_button_that_lays(step: str, sign_in: SignIn, participant: Membership, held: Leervraag) -> None:
    page = reverse("leervragen:meetlat", args=[held.meeting_id])

    html = sign_in(participant).get(page, {"step": step, "choose": str(held.pk), "new": ""}).content.decode()

    writes = ["move", "group", "go_to_step", "set_minutes", "choose_for_today", "begin", "quick_add"]
    main = html.split("<main")[1].split("</main")[0]
    for name in writes:
        pk = held.meeting_id if name in ("go_to_step", "set_minutes", "quick_add") else held.pk
        assert f'"{reverse(f"leervragen:{name}", args=[pk])}"' not in main, name
    assert 'class="lay"' not in main
    if step in "123":
        assert "Hoe begin ik?" in main and "Hoe stop ik?" in main
        assert "<form" not in main


def test_the_coach_still_gives_what_is_open_its_place(coach: Membership, held: Leervraag, sign_in: SignIn) -> None:
    page = reverse("leervragen:meetlat", args=[held.meeting_id])
    assert "Geef wat nog open is een plek" in sign_in(coach).get(page).content.decode()

    assert answering.round_off(actor=coach.user, meeting=held.meeting) == 2

    held.refresh_from_db()
    assert held.outcome == "parked"
    answering.undo_round_off(actor=coach.user, meeting=held.meeting)
    held.refresh_from_db()
    assert (held.state, held.number, held.outcome) == ("laid", 3, "open")


def test_a_meeting_that_stopped_early_and_goes_on_is_laid_again(
    coach: Membership, participant: Membership, meeting: Meeting, ask: AskQuestion
) -> None:
    make_agenda_item(meeting)
    strip = ask("Hoe begin ik?", number=3)
    running.start_meeting(actor=coach.user, meeting=meeting)
    running.end_meeting(actor=coach.user, meeting=meeting)

    changing.reopen_meeting(actor=coach.user, meeting=meeting)
    strip.refresh_from_db()
    assert (strip.state, strip.number, strip.outcome) == ("laid", 3, "open")

    laying.lay_strip(actor=participant.user, strip=strip, version=strip.version, number=4)
    strip.refresh_from_db()
    assert strip.number == 4
