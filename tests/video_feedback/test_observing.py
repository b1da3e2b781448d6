"""Kijknotities: one tap keeps a moment of a lesson, for its observer alone (docs/domain.md#film)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, User
from groups.services import members
from netwerkleren.base.tasks import sweep
from tests.access.table import leads_to_login, own_phone_of
from tests.types import SignIn
from video_feedback.models import NOTES_KEPT, ObserverNote, Remark

ADDRESS = "/kijknotities/"


def body(observed: Membership, **more: str) -> dict[str, str]:
    return {"key": str(uuid4()), "observed": str(observed.pk), "kind": "top", **more}


@pytest.fixture
def here(participant: Membership, sign_in: SignIn) -> Client:
    return sign_in(participant.user)


def test_a_tap_is_enough_and_keeps_kind_and_moment(here: Client, maatje: Membership) -> None:
    now = timezone.now()

    answer = here.post(ADDRESS, body(maatje, kind="vraag"))

    note = ObserverNote.objects.get()
    assert answer.status_code == 302 and str(maatje.pk) in answer["Location"]
    assert (note.kind, note.text, note.observed) == (Remark.Kind.VRAAG, "", maatje)
    assert now <= note.seen_at <= timezone.now()


def test_what_was_seen_without_a_network_keeps_its_moment_and_comes_once(here: Client, maatje: Membership) -> None:
    seen = timezone.now() - timedelta(hours=5)
    sent = body(maatje, text="wachttijd", seen_at=seen.isoformat())

    here.post(ADDRESS, sent)
    here.post(ADDRESS, sent)

    assert ObserverNote.objects.get().seen_at == seen


def test_a_clock_that_runs_ahead_notes_now(here: Client, maatje: Membership) -> None:
    here.post(ADDRESS, body(maatje, seen_at=(timezone.now() + timedelta(minutes=7)).isoformat()))
    assert ObserverNote.objects.get().seen_at <= timezone.now()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("seen_at", "2020-01-01T10:00:00Z", "Dit moment is te lang geleden."),
        ("seen_at", "gisteren", ""),
        ("text", "x" * 5000, "tekens"),
        ("kind", "cijfer", ""),
        ("observed", "00000000-0000-0000-0000-000000000000", ""),
    ],
)
def test_what_cannot_be_kept_is_refused_and_stays_typed(
    here: Client, maatje: Membership, field: str, typed: str, said: str
) -> None:
    answer = here.post(ADDRESS, {**body(maatje, text="wachttijd"), field: typed})

    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    assert field == "text" or 'value="wachttijd"' in page
    assert not ObserverNote.objects.exists()


def test_only_the_observer_reads_it(
    participant: Membership, maatje: Membership, coach: Membership, here: Client, sign_in: SignIn
) -> None:
    here.post(ADDRESS, body(maatje, text="Ze wachtte drie tellen"))

    assert "Ze wachtte drie tellen" in here.get(ADDRESS).content.decode()
    for other in (maatje, coach):
        assert "Ze wachtte drie tellen" not in sign_in(other.user).get(ADDRESS).content.decode()


def test_one_watches_a_maatje_and_without_one_another_of_the_group(
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    coach: Membership,
    outsider: User,
    sign_in: SignIn,
) -> None:
    with_maatje = sign_in(participant.user).get(ADDRESS).content.decode()
    without = sign_in(colleague.user).get(ADDRESS).content.decode()
    of_no_group = sign_in(outsider).get(ADDRESS).content.decode()

    assert maatje.name in with_maatje and colleague.name not in with_maatje
    assert participant.name in without and f'value="{coach.pk}"' not in without
    assert "Er is nog niemand bij wie je kunt kijken." in of_no_group


def test_of_a_closed_group_nothing_is_noted(participant: Membership, maatje: Membership, here: Client) -> None:
    participant.group.closed_at = timezone.now()
    participant.group.save()
    assert here.post(ADDRESS, body(maatje)).status_code == 422
    assert not ObserverNote.objects.exists()


def test_an_own_phone_notes_and_shows_what_its_owner_saw_and_no_name(
    participant: Membership, maatje: Membership
) -> None:
    ObserverNote.objects.create(observer=maatje, observed=participant, text="Van Yusuf", seen_at=timezone.now())
    phone = own_phone_of(participant.user)

    answer = phone.post(ADDRESS, body(maatje, text="Ze telde mee"))

    page = phone.get(ADDRESS).content.decode()
    assert answer.status_code == 302 and ObserverNote.objects.get(observer=participant).text == "Ze telde mee"
    assert "Ze telde mee" in page and "mijn maatje" in page
    assert "Van Yusuf" not in page and maatje.name not in page
    assert reverse("video_feedback:observer_notes") in phone.get("/talentmomenten/").content.decode()
    assert leads_to_login(phone.get("/fragmenten/"))
    own = ObserverNote.objects.get(observer=participant)
    assert leads_to_login(phone.post(reverse("video_feedback:erase_observer_note", args=[own.pk])))


def test_a_slip_is_erased_by_its_observer(here: Client, participant: Membership, maatje: Membership) -> None:
    note = ObserverNote.objects.create(observer=participant, observed=maatje, seen_at=timezone.now())
    here.post(reverse("video_feedback:erase_observer_note", args=[note.pk]))
    assert not ObserverNote.objects.exists()


def test_who_left_the_group_reads_none_of_it(participant: Membership, maatje: Membership, coach: Membership) -> None:
    note = ObserverNote.objects.create(observer=participant, observed=maatje, text="Rust", seen_at=timezone.now())
    members.remove_member(actor=coach.user, membership=participant)
    assert not ObserverNote.objects.visible_to(participant.user).filter(pk=note.pk).exists()


def test_it_goes_after_ninety_days_by_itself(participant: Membership, maatje: Membership) -> None:
    for age in (NOTES_KEPT + timedelta(minutes=1), NOTES_KEPT - timedelta(minutes=1)):
        ObserverNote.objects.create(observer=participant, observed=maatje, seen_at=timezone.now() - age)

    sweep()

    assert ObserverNote.objects.count() == 1


@pytest.mark.parametrize("count", [1, 60])
def test_it_asks_as_much_for_one_note_as_for_sixty(
    participant: Membership, maatje: Membership, here: Client, count: int
) -> None:
    for _each in range(count):
        ObserverNote.objects.create(observer=participant, observed=maatje, seen_at=timezone.now())

    with CaptureQueriesContext(connection) as queries:
        here.get(ADDRESS)

    assert len(queries) == 5
