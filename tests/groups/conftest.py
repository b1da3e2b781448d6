"""What the tests of inviting and of accepting share."""

import pytest
from django.core import mail

from groups.addresses import Address
from groups.models import Membership
from groups.services import inviting
from tests.types import Invite, OnCommit

from .invited import ANNA, link_in


@pytest.fixture
def invite(coach: Membership, django_capture_on_commit_callbacks: OnCommit) -> Invite:
    """`invite(address)` sends an invitation and answers the link in its mail, as a path."""

    def _invite(person: Address = ANNA) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            inviting.invite_people(actor=coach.user, group=coach.group, people=[person])
        return link_in(mail.outbox[-1])

    return _invite
