"""Who gets in stands in `tests/access`; here is which meetings have leervragen at all."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting
from tests.factories import make_meeting


def test_only_a_netwerkbijeenkomst_has_leervragen(
    sign_in: Callable[[Membership], Client], coach: Membership, group: NetworkGroup
) -> None:
    introduction = make_meeting(group, Meeting.Kind.INTRODUCTION)
    assert sign_in(coach).get(reverse("leervragen:leervragen", args=[introduction.pk])).status_code == 404
