"""One's own afspraken on Vandaag: gedaan, nog bezig, hoeft niet meer; gone after the next meeting."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, User
from meetings.contributions import own_agreements_panel
from meetings.models import Agreement, Meeting
from tests.factories import make_meeting
from tests.types import CountQueries, SignIn


def _shown(user: User) -> list[str]:
    panel = own_agreements_panel(user)
    return [agreement.text for agreement in panel.context["agreements"]] if panel else []


def _agreement(meeting: Meeting, owner: Membership | None, text: str = "Filmpje delen") -> Agreement:
    return Agreement.objects.create(meeting=meeting, text=text, owner=owner)


def test_my_own_afspraken_are_mine_and_the_soonest_comes_first(
    participant: Membership, maatje: Membership, meeting: Meeting
) -> None:
    _agreement(meeting, participant)
    soon = _agreement(meeting, participant, "Boek meenemen")
    Agreement.objects.filter(pk=soon.pk).update(due=timezone.localdate())
    _agreement(meeting, maatje, "Van Yusuf")
    _agreement(meeting, None, "Koffie")

    assert _shown(participant.user) == ["Boek meenemen", "Filmpje delen"]


@pytest.mark.parametrize(
    ("reply", "field"), [("done", "done_at"), ("busy", "busy_at"), ("dropped", "dropped_at"), ("open", "")]
)
def test_each_answer_is_one_tap_and_is_taken_back_by_another(
    participant: Membership, meeting: Meeting, sign_in: SignIn, reply: str, field: str
) -> None:
    agreement = _agreement(meeting, participant)
    browser, address = sign_in(participant), reverse("meetings:answer_agreement", args=[agreement.pk])

    for _again in range(2):
        assert browser.post(address, {"reply": reply})["Location"] == "/"
        agreement.refresh_from_db()
        said = [name for name in ("done_at", "busy_at", "dropped_at") if getattr(agreement, name)]
        assert said == ([field] if field else [])

    browser.post(address, {"reply": "open"})
    agreement.refresh_from_db()
    assert agreement.reply is None


def test_what_was_answered_today_can_be_taken_back_and_tomorrow_it_is_gone(
    participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    agreement = _agreement(meeting, participant)
    browser = sign_in(participant)
    browser.post(reverse("meetings:answer_agreement", args=[agreement.pk]), {"reply": "dropped"})
    page = browser.get("/").content.decode()
    assert 'value="open" aria-pressed="true">Hoeft niet meer</button>' in page

    for field in ("done_at", "dropped_at"):
        settled = {"done_at": None, "dropped_at": None, field: timezone.now() - timedelta(days=1, minutes=1)}
        Agreement.objects.update(**settled)
        assert _shown(participant.user) == []


def test_who_is_busy_with_it_keeps_it_on_vandaag(participant: Membership, meeting: Meeting) -> None:
    _agreement(meeting, participant)
    Agreement.objects.update(busy_at=timezone.now() - timedelta(days=9))
    assert _shown(participant.user) == ["Filmpje delen"]


def test_it_is_gone_when_the_next_meeting_was_held(participant: Membership, meeting: Meeting) -> None:
    following = make_meeting(meeting.group, position=2, starts_at=timezone.now() + timedelta(days=9))
    _agreement(meeting, participant)
    _agreement(following, participant, "Voor later")
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    assert _shown(participant.user) == ["Filmpje delen", "Voor later"]

    Meeting.objects.filter(pk=following.pk).update(state=Meeting.State.RUNNING)
    assert _shown(participant.user) == ["Filmpje delen", "Voor later"]
    Meeting.objects.filter(pk=following.pk).update(state=Meeting.State.ENDED)
    assert _shown(participant.user) == ["Voor later"]


def test_one_with_a_day_stands_there_until_that_day(participant: Membership, meeting: Meeting) -> None:
    make_meeting(meeting.group, position=2, state=Meeting.State.ENDED)
    agreement = _agreement(meeting, participant)
    for days, stands in ((7, True), (0, True), (-1, False)):
        Agreement.objects.filter(pk=agreement.pk).update(due=timezone.localdate() + timedelta(days=days))
        assert bool(_shown(participant.user)) == stands


def test_vandaag_does_not_say_that_one_is_done_while_an_afspraak_waits(
    participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(leervraag_deadline=None)
    browser, empty = sign_in(participant), "Alles wat je voor de groep kunt doen, is gedaan."
    shown_before = empty in browser.get("/").content.decode()
    agreement = _agreement(meeting, participant)
    assert empty not in browser.get("/").content.decode()
    browser.post(reverse("meetings:answer_agreement", args=[agreement.pk]), {"reply": "done"})
    assert (empty in browser.get("/").content.decode()) == shown_before


def test_a_wrong_answer_is_said_and_changes_nothing(participant: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    agreement = _agreement(meeting, participant)
    address = reverse("meetings:answer_agreement", args=[agreement.pk])
    for reply in ("", "misschien", "x" * 5000):
        page = sign_in(participant).post(address, {"reply": reply}, follow=True)
        assert "Kies: gedaan, nog bezig of hoeft niet meer." in page.content.decode()
    agreement.refresh_from_db()
    assert agreement.reply is None


def test_an_afspraak_stands_in_one_way(meeting: Meeting, participant: Membership) -> None:
    agreement, now = _agreement(meeting, participant), timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(done_at=now, dropped_at=now)


def test_what_is_not_needed_any_more_does_not_come_back_at_the_next_meeting(
    participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    agreement = _agreement(meeting, participant)
    following = make_meeting(meeting.group, position=2)
    url = reverse("meetings:detail", args=[following.pk])
    browser = sign_in(participant)
    assert "Filmpje delen" in browser.get(url).content.decode()
    browser.post(reverse("meetings:answer_agreement", args=[agreement.pk]), {"reply": "dropped"})
    assert "Filmpje delen" not in browser.get(url).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_vandaag_asks_no_more_for_them(
    participant: Membership, meeting: Meeting, sign_in: SignIn, django_assert_num_queries: CountQueries, rows: int
) -> None:
    for number in range(rows):
        _agreement(meeting, participant, f"Afspraak {number}")
    browser = sign_in(participant)
    with django_assert_num_queries(15):
        page = browser.get("/").content.decode()
    assert page.count("Nog bezig</button>") == min(rows, 20)
