"""Who gets in stands in `tests/access`; here is that a gate gives nothing away, and that no form goes round it."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from tests.access.table import Objects
from video_feedback.models import Clip


def test_a_hidden_fragment_looks_just_like_a_missing_one(
    video_feedback_objects: Objects, browser_of: Callable[[str], Client]
) -> None:
    maatje = browser_of("maatje")
    for name in ("detail", "film", "poster"):
        hidden = maatje.get(reverse(f"video_feedback:{name}", args=[video_feedback_objects["private"].pk]))
        missing = maatje.get(reverse(f"video_feedback:{name}", args=[uuid.uuid4()]))
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert without_token(hidden.content) == without_token(missing.content)


def without_token(page: bytes) -> bytes:
    return re.sub(rb'((?:csrf-token|server-now)" content|csrfmiddlewaretoken" value)="[^"]*"', b"", page)


@pytest.mark.parametrize("field", ["owner", "state", "audience", "handed_over_at", "group"])
def test_no_field_of_a_form_reaches_another_owner_or_state(
    browser_of: Callable[[str], Client],
    participant: Membership,
    maatje: Membership,
    other_member: Membership,
    field: str,
) -> None:
    """A5: what the form does not have, it does not set; another group's member is no choice."""
    key = uuid.uuid4()
    data = {"key": str(key), "owner": str(participant.pk), "title": "Kring", "goal": ""}
    values = {"owner": other_member.pk, "group": other_member.group_id, "state": "ready", "audience": "group"}
    data |= {field: str(values.get(field, "2026-01-01"))}

    browser_of("participant").post(reverse("video_feedback:add_clip"), data)

    clip = Clip.objects.filter(pk=key).first()
    if field == "owner":
        assert clip is None
    else:
        assert clip is not None
        assert (clip.owner, clip.state, clip.audience) == (participant, Clip.State.UPLOADING, Clip.Audience.ALONE)
        assert clip.handed_over_at is not None
        assert abs(clip.handed_over_at - clip.created) < timedelta(minutes=1)
    assert Membership.objects.get(pk=other_member.pk).clips.count() == 0
