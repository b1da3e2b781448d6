"""A meeting with strips to lay."""

import pytest

from groups.models import Membership
from leervragen.models import Leervraag
from leervragen.services import laying
from meetings.models import Meeting
from tests.types import AskQuestion


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
