"""What ended is erased by itself: sessions, phones, links and mail (docs/security.md P5)."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.models import FactorReset, Invitation, Membership, OwnDevice
from groups.services import own_devices
from groups.sweeping import erase_what_ended
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.points import sweepers
from netwerkleren.base.sweeping import erase_ended_sessions, erase_old_mail
from tests.factories import make_group
from tests.groups.signing_in import log_in

SWEEPS = (erase_ended_sessions, erase_old_mail, erase_what_ended)


def sweep_after(**later: float) -> None:
    with time_machine.travel(timezone.now() + timedelta(**later)):
        for sweep in SWEEPS:
            sweep()


def test_they_run_with_the_other_sweepers() -> None:
    assert set(SWEEPS) <= set(sweepers)


def test_a_session_goes_when_what_was_typed_in_it_waits_no_longer(participant: Membership) -> None:
    log_in(participant.user)
    sweep_after(days=7)
    assert Session.objects.exists()
    sweep_after(days=7, hours=12, minutes=1)
    assert not Session.objects.exists()


def test_where_someone_was_signed_in_is_kept_for_half_a_day(participant: Membership) -> None:
    browser = log_in(participant.user)
    sweep_after(hours=11)
    assert UserSession.objects.count() == 1 and browser.get("/").status_code == 200
    sweep_after(hours=12, minutes=1)
    assert not UserSession.objects.exists()


def test_a_phone_goes_after_sixty_days(participant: Membership) -> None:
    own_devices.make_own_device(actor=participant.user, user_agent="")
    sweep_after(days=59)
    assert OwnDevice.objects.exists()
    sweep_after(days=60, minutes=1)
    assert not OwnDevice.objects.exists()


def test_a_link_for_a_second_step_goes_with_its_end(participant: Membership) -> None:
    FactorReset.objects.create(user=participant.user, email=participant.user.email)
    sweep_after(days=13)
    assert FactorReset.objects.exists()
    sweep_after(days=14, minutes=1)
    assert not FactorReset.objects.exists()


def test_who_did_not_join_is_forgotten_but_not_out_of_a_draft(coach: Membership, participant: Membership) -> None:
    draft = make_group("Nog niet begonnen", draft=True)
    joined = {"email": participant.user.email, "accepted_at": timezone.now()}
    for group in (coach.group, draft, None):
        Invitation.objects.create(email="anna@school.example", group=group)
    Invitation.objects.create(group=coach.group, **joined)

    sweep_after(days=14 + 89)
    assert Invitation.objects.count() == 4

    sweep_after(days=14 + 90, minutes=1)
    assert set(Invitation.objects.values_list("group", "email")) == {
        (draft.pk, "anna@school.example"),
        (coach.group_id, participant.user.email),
    }


@pytest.mark.parametrize(
    ("status", "days"),
    [("sent", 90), ("dropped", 90), ("failed", 365), ("uncertain", 365), ("waiting", None), ("busy", None)],
)
def test_mail_is_kept_as_long_as_the_register_says(status: str, days: int | None, db: None) -> None:
    """What may still go out by itself is left alone."""
    OutgoingMail.objects.create(kind="groups.trial", recipient="a@school.example", status=status)
    sweep_after(days=(days or 1000) - 1)
    assert OutgoingMail.objects.exists()
    sweep_after(days=(days or 1000) + 1)
    assert OutgoingMail.objects.exists() == (days is None)


def test_it_asks_three_queries_and_writes_nothing_while_there_is_nothing_to_erase(participant: Membership) -> None:
    log_in(participant.user)
    own_devices.make_own_device(actor=participant.user, user_agent="")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for sweep in SWEEPS:
            sweep()
    assert [query["sql"].lstrip("(").split()[0] for query in asked.captured_queries] == ["SELECT"] * 3
