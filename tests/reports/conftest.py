"""A traject for the Oogst: an introductie, two netwerkbijeenkomsten and the afsluiting."""

import pytest

from groups.models import NetworkGroup
from meetings.models import Meeting
from tests.factories import make_meeting, make_topic


@pytest.fixture
def introduction(group: NetworkGroup) -> Meeting:
    return make_meeting(group, Meeting.Kind.INTRODUCTION)


@pytest.fixture
def second_meeting(group: NetworkGroup, meeting: Meeting) -> Meeting:
    return make_meeting(group, topic=make_topic(group, "Samen met ouders"), position=2)


@pytest.fixture
def closing(group: NetworkGroup, introduction: Meeting, meeting: Meeting, second_meeting: Meeting) -> Meeting:
    return make_meeting(group, Meeting.Kind.CLOSING, position=3)
