"""A meeting is moved while the mail server is down: nothing is lost, the mails go later, and none twice."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from groups.models import Membership
from meetings.models import Meeting
from meetings.services import planning
from netwerkleren.base.mail import sweep_mail
from netwerkleren.base.models import OutgoingMail
from tests.factories import local
from tests.servers import SmtpSink, free_port
from tests.shown import fields_on
from tests.types import OnCommit, SignIn

MOVED = local(2027, 1, 27, 15, 30)


@pytest.fixture
def planned(coach: Membership, participant: Membership, maatje: Membership) -> Meeting:
    dates = [local(2027, 1, 20, 15, 30), local(2027, 6, 2, 15, 30)]
    return planning.plan_meetings(
        actor=coach.user,
        group=coach.group,
        introduction_at=local(2026, 12, 2, 15, 30),
        network_count=1,
        dates=dates,
    )[1]


def _sweeps(hours: int) -> None:
    start = timezone.now()
    for minute in range(1, hours * 60, 10):
        with time_machine.travel(start + timedelta(minutes=minute)):
            sweep_mail()


def test_a_meeting_moved_while_the_mail_server_is_down_is_told_once_it_is_back(
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    planned: Meeting,
    sign_in: SignIn,
    sink: SmtpSink,
    settings: Settings,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    browser, url = sign_in(coach), reverse("meetings:move", args=[planned.pk])
    form = fields_on(browser, url) | {"starts_at": "2027-01-27T15:30", "seen": "1"}
    everyone = {one.user.email for one in (coach, participant, maatje)}

    with django_capture_on_commit_callbacks(execute=True):
        answers = [browser.post(url, form).status_code for _twice in range(2)]

    assert answers == [302, 302]
    assert Meeting.objects.get(pk=planned.pk).starts_at == MOVED
    waiting = list(OutgoingMail.objects.values_list("recipient", "status"))
    assert sorted(waiting) == sorted((email, "waiting") for email in everyone)
    assert sink.mails == []

    settings.EMAIL_PORT = port
    _sweeps(hours=3)

    told = Counter((to, str(mail.message["Subject"])) for mail in sink.mails for to in mail.recipients)
    assert told == Counter((email, "Gewijzigd: Bijeenkomst 1") for email in everyone)
    assert set(OutgoingMail.objects.values_list("status", flat=True)) == {"sent"}
