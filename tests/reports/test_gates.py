"""Who gets in stands in `tests/access`; here is what changes it from one request to the next."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from reports.models import Interview
from tests.access.table import Objects


@pytest.fixture
def interview(reports_objects: Objects) -> str:
    """The page of an interview that Yusuf (`maatje`) has with Marijke (`participant`)."""
    return reverse("reports:interview", args=[reports_objects["interview"].pk, reports_objects["part"]])


def test_who_leaves_the_group_is_out_at_the_next_request(
    browser_of: Callable[[str], Client], interview: str, participant: Membership
) -> None:
    client = browser_of("participant")
    assert client.get(interview).status_code == 200

    Membership.objects.filter(pk=participant.pk).update(left=participant.joined)

    assert client.get(interview).status_code == 404
    assert client.get(reverse("reports:harvest", args=[participant.group_id])).status_code == 404


def test_a_new_interviewer_reads_and_the_old_one_no_longer(
    browser_of: Callable[[str], Client], interview: str, colleague: Membership
) -> None:
    Interview.objects.update(interviewer=colleague)

    assert browser_of("colleague").get(interview).status_code == 200
    assert browser_of("maatje").get(interview).status_code == 404
