"""An introductie that runs, and what it agreed."""

import pytest

from groups.models import Membership, NetworkGroup, WorkingAgreement
from meetings.models import AgendaItem, Meeting
from meetings.services import running
from tests.factories import local, make_agenda_item, make_expert_invitation, make_meeting, make_topic

Kind = AgendaItem.Kind


@pytest.fixture
def introduction(group: NetworkGroup) -> Meeting:
    """On 13 January 2027, with the onderdelen that slides go with; a netwerkbijeenkomst with topic and expert after it,
    and one without a date."""
    found = make_meeting(group, Meeting.Kind.INTRODUCTION, starts_at=local(2027, 1, 13, 15, 30))
    for kind in (Kind.LEARNING, Kind.BREAK, Kind.VIDEO):
        make_agenda_item(found, kind)
    later = make_meeting(group, position=1, starts_at=local(2027, 2, 10, 15, 30), topic=make_topic(group, "Prikkels"))
    make_expert_invitation(later, "Lotte Meijerink")
    make_meeting(group, position=2, starts_at=None)
    WorkingAgreement.objects.create(group=group, text="Wat hier gezegd wordt, blijft hier.")
    return found


@pytest.fixture
def running_introduction(introduction: Meeting, coach: Membership) -> Meeting:
    return running.start_meeting(actor=coach.user, meeting=introduction)
