"""What rows of another table say of each row of a query: whether, how many, how much together, and the latest."""

from typing import Any

import pytest
from django.db.models import F

from groups.models import Membership, NetworkGroup
from meetings.models import AgendaItem, Meeting
from netwerkleren.base.beside import count_beside, exists_beside, latest_beside, sum_beside
from netwerkleren.base.models import OutgoingMail
from tests.factories import make_agenda_item, make_meeting, make_member

pytestmark = pytest.mark.django_db


def test_a_row_knows_whether_and_how_many_others_there_are(group: NetworkGroup, coach: Membership) -> None:
    ex_member = make_member(group)
    ex_member.left = ex_member.joined
    ex_member.save()
    made = make_meeting(group)
    members: dict[str, Any] = {"left": None, "group": F("group")}
    asked = Meeting.objects.annotate(
        members=count_beside(Membership, **members),
        coaches=count_beside(Membership, **members, role=Membership.Role.COACH),
        has_coach=exists_beside(Membership, group=F("group"), id=coach.pk),
        has_agenda=exists_beside(AgendaItem, meeting=F("pk")),
    )
    found = asked.get(pk=made.pk)
    everyone = Membership.objects.filter(group=group)
    assert vars(found)["members"] == everyone.count() - 1
    assert (vars(found)["coaches"], vars(found)["has_coach"], vars(found)["has_agenda"]) == (1, True, False)


def test_it_can_be_filtered_by(group: NetworkGroup) -> None:
    planned, empty = make_meeting(group, position=1), make_meeting(group, position=2)
    for minutes in (20, 30):
        make_agenda_item(planned, minutes=minutes)
    with_agenda = Meeting.objects.filter(exists_beside(AgendaItem, meeting=F("pk")))
    assert list(with_agenda) == [planned]
    assert list(Meeting.objects.exclude(pk__in=with_agenda)) == [empty]


def test_numbers_are_added_up_and_nothing_is_zero(group: NetworkGroup) -> None:
    planned, empty = make_meeting(group, position=1), make_meeting(group, position=2)
    for minutes in (20, 30):
        make_agenda_item(planned, minutes=minutes)
    found = Meeting.objects.annotate(minutes=sum_beside(AgendaItem, "minutes", meeting=F("pk")))
    assert {meeting: vars(meeting)["minutes"] for meeting in found} == {planned: 50, empty: 0}


def test_the_latest_is_the_one_made_last(group: NetworkGroup) -> None:
    about, other = make_meeting(group, position=1), make_meeting(group, position=2)
    for status in (OutgoingMail.Status.FAILED, OutgoingMail.Status.SENT):
        OutgoingMail.objects.create(kind="a", recipient="a@b.example", about=about.pk, status=status)
    OutgoingMail.objects.create(kind="b", recipient="a@b.example", about=about.pk)
    latest = latest_beside(OutgoingMail, "status", by="created", kind="a", about=F("pk"))
    found = Meeting.objects.annotate(status=latest)
    assert {meeting: vars(meeting)["status"] for meeting in found} == {about: "sent", other: None}
