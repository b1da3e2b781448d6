"""A meeting with strips to lay."""

import pytest

from groups.models import Membership, NetworkGroup
from leervragen.models import Leervraag
from leervragen.services import laying
from meetings.models import Meeting
from tests.factories import make_meeting, make_topic
from tests.types import AskQuestion
from video_feedback.models import Clip


@pytest.fixture
def meeting(group: NetworkGroup) -> Meeting:
    """Netwerkbijeenkomst 1, online, so that everyone lays on an own phone."""
    online = "https://video.example/lindenhof"
    return make_meeting(group, topic=make_topic(group), online_url=online, position=1)


@pytest.fixture
def ask(meeting: Meeting, participant: Membership) -> AskQuestion:
    """`ask("Hoe …?", number=3)` is a question in the meeting, on the pile or on a number."""

    def _ask(text: str = "Hoe help ik bij een ruzie?", *, number: int | None = None, **fields: object) -> Leervraag:
        values = {"meeting": meeting, "author": participant, "text": text} | fields
        leervraag = Leervraag.objects.create(**values)
        if number is not None:
            laying.lay_strip(actor=participant.user, strip=leervraag, version=0, number=number)
            leervraag.refresh_from_db()
        return leervraag

    return _ask


@pytest.fixture
def next_meeting(group: NetworkGroup, meeting: Meeting) -> Meeting:
    return make_meeting(group, topic=make_topic(group, "Ouders"), position=2)


@pytest.fixture
def pair_of_questions(ask: AskQuestion, maatje: Membership) -> tuple[Leervraag, Leervraag]:
    """Two related questions on 5, of two authors."""
    first, second = ask("Hoe leg ik het uit?", number=5), ask("Wat vertel ik?", number=5, author=maatje)
    laying.group_strips(actor=maatje.user, strip=second, version=second.version, beside=first, title="Uitleg")
    return first, second


@pytest.fixture
def film(participant: Membership) -> Clip:
    return Clip.objects.create(
        owner=participant, uploaded_by=participant, title="Kring", state="ready", video="v", poster="p", duration_ms=1
    )
