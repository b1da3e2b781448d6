"""Who gets in stands in `tests/access`; here is what depends on more than who asks."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from groups.models import Membership
from meetings.models import Meeting


def test_a_draft_is_its_coachs_alone(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: Callable[[Membership], Client]
) -> None:
    meeting.group.published_at = None
    meeting.group.save()
    url = reverse("meetings:detail", args=[meeting.pk])
    assert [sign_in(person).get(url).status_code for person in (coach, participant)] == [200, 404]
