"""A group of 24 with 12 meetings: as many queries as a small one, and of each change one mail a person."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting
from meetings.services import changing, placing, planning
from netwerkleren.base.models import OutgoingMail
from tests.factories import local, make_group, make_member
from tests.types import OnCommit, SignIn

TODAY = local(2026, 11, 2, 9)
FIRST = local(2026, 12, 2, 15, 30)


@pytest.fixture(autouse=True)
def _on_a_monday() -> "object":
    with time_machine.travel(TODAY, tick=False):
        yield


def _traject(name: str, *, members: int, meetings: int) -> tuple[Membership, list[Meeting]]:
    """Of so many deelnemers, and introductie and afsluiting among the meetings."""
    group = make_group(name)
    coach = make_member(group, coach=True)
    for _number in range(members):
        make_member(group)
    return coach, planning.plan_meetings(
        actor=coach.user,
        group=group,
        introduction_at=FIRST,
        network_count=meetings - 2,
        dates=[FIRST + timedelta(weeks=3 * number) for number in range(1, meetings)],
    )


def _addresses(group: NetworkGroup, meeting: Meeting) -> dict[str, str]:
    of_group = ("dates", "add", "rhythm", "wishes", "inventory_together")
    of_meeting = ("detail", "agenda", "edit", "move", "remove", "lead", "attendance", "day_leader", "preparation")
    return {
        "overview": reverse("meetings:overview"),
        "group": reverse("roof:group", args=[group.pk]),
        **{name: reverse(f"meetings:{name}", args=[group.pk]) for name in of_group},
        **{name: reverse(f"meetings:{name}", args=[meeting.pk]) for name in of_meeting},
    }


def test_no_page_asks_more_of_twenty_four_members_and_twelve_meetings(sign_in: SignIn, db: None) -> None:
    asked: dict[str, list[int]] = {}
    for name, members, meetings in (("Klein", 3, 3), ("Groot", 24, 12)):
        coach, traject = _traject(name, members=members, meetings=meetings)
        browser = sign_in(coach)
        for page, address in _addresses(coach.group, traject[1]).items():
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200, page
            asked.setdefault(page, []).append(len(queries))

    assert {page: counts for page, counts in asked.items() if counts[0] != counts[1] and page != "remove"} == {}
    # What goes with a meeting is rehearsed: each mail that would go, and each number that would change, is a row.
    assert max(max(counts) for page, counts in asked.items() if page != "remove") <= 15


def test_twelve_dates_fixed_at_once_are_a_mail_for_each_meeting_and_each_of_twenty_five(db: None) -> None:
    coach, traject = _traject("Groot", members=24, meetings=12)
    later = {one.pk: changing.Fixed(one.starts_at and one.starts_at + timedelta(days=1), "De Ark") for one in traject}

    for _twice in range(2):
        changing.record_dates(actor=coach.user, group=coach.group, dates=later)

    mails = Counter((row.recipient, *row.values["meetings"]) for row in OutgoingMail.objects.all())
    assert len(mails) == 25 * 12
    assert set(mails.values()) == {1}


def test_one_moved_one_added_and_one_taken_out_reach_each_of_twenty_five_once(
    db: None, django_capture_on_commit_callbacks: OnCommit
) -> None:
    coach, traject = _traject("Groot", members=24, meetings=12)
    key = uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            placing.move_meeting(
                actor=coach.user, meeting=traject[3], after=traject[2].pk, starts_at=FIRST + timedelta(weeks=9, days=1)
            )
            placing.add_meeting(
                actor=coach.user,
                group=coach.group,
                key=key,
                after=traject[3].pk,
                starts_at=FIRST + timedelta(weeks=10),
            )
        placing.remove_meeting(actor=coach.user, meeting=traject[10])

    told = Counter((message.to[0], message.subject) for message in mail.outbox)
    assert set(told.values()) == {1}
    assert Counter(subject for _to, subject in told) == {
        "Gewijzigd: Bijeenkomst 3": 25,
        "Zet in je agenda: Bijeenkomst 4": 25,
        "Gaat niet door: Bijeenkomst 11": 25,
    }
    assert len({to for to, _subject in told}) == 25
