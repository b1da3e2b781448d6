"""The group: its people, their pairs, what they agreed and what they want to learn."""

import pytest
from django.core.files.base import ContentFile

from groups.models import Invitation, LearningGoal, Membership, NetworkGroup, WorkingAgreement
from tests.access.table import (
    COACH,
    COACHS_ROWS,
    MEMBERS,
    PARTICIPANT,
    Codes,
    Objects,
    Row,
    open_to_all,
    posts,
    refuses,
    with_account,
)
from tests.factories import make_lost_mail

DEELNEMERS: Codes = {**MEMBERS, "coach": 403}

ROWS = [
    Row("get", "groups:edit", COACH, "group"),
    Row("post", "groups:publish", posts(COACH), "group"),
    Row("get", "groups:invitations", COACH, "group"),
    Row("post", "groups:resend", posts(COACHS_ROWS), "invitation"),
    Row("post", "groups:revoke", posts(COACHS_ROWS), "invitation"),
    Row("post", "groups:resend_mail", posts(COACH), "group mail"),
    Row("post", "groups:let_mail_be", posts(COACH), "group mail"),
    Row("post", "groups:resend_mail", {**COACH, "coach": 404}, "group other_mail"),
    Row("post", "groups:let_mail_be", {**COACH, "coach": 404}, "group other_mail"),
    Row("get", "groups:remove", COACH, "membership"),
    Row("post", "groups:remove", posts(COACH), "membership"),
    Row("get", "groups:pairs", MEMBERS, "group"),
    # Nobody is chosen, which takes a choice back; who is in a pair is told that it is too late for that.
    Row("post", "groups:choose", {**refuses(DEELNEMERS), "colleague": 302, "day_leader": 302}, "group"),
    Row("post", "groups:confirm", posts(COACH), "group"),
    Row("post", "groups:put_together", refuses(COACH), "group"),
    Row("post", "groups:join", posts(COACH), "pair"),
    Row("post", "groups:dissolve", posts(COACH), "pair"),
    Row("get", "groups:agreements", COACH, "group"),
    Row("post", "groups:remove_agreement", posts(COACH), "agreement"),
    Row("get", "groups:add_goal", DEELNEMERS, "group"),
    Row("get", "groups:edit_goal", PARTICIPANT, "goal"),
    Row("post", "groups:edit_goal", refuses(PARTICIPANT), "goal"),
    Row("get", "groups:photo", MEMBERS, "person"),
    Row("get", "groups:profile", with_account(200)),
    Row("get", "groups:welcome", with_account(200)),
    Row("post", "groups:end_device", with_account(302)),
    # Who has signed in is asked first who it is, since these browsers were let in without a password.
    Row("get", "groups:own_data", with_account(302)),
    Row("get", "groups:delete_account", with_account(302)),
    Row("post", "groups:delete_account", with_account(302)),
    Row("get", "groups:account_gone", open_to_all(200)),
    Row("get", "groups:invitation", open_to_all(404)),
    Row("get", "groups:invitation_link", open_to_all(404), "token"),
]


@pytest.fixture
def groups_objects(
    coach: Membership, participant: Membership, maatje: Membership, other_group: NetworkGroup
) -> Objects:
    """The membership, the photo and the goal are of `participant`."""
    group = coach.group
    participant.user.photo.save("ik.webp", ContentFile(b"RIFF????WEBP"))
    return {
        "group": group,
        "membership": participant,
        "person": participant.user,
        "pair": participant.pair,
        "invitation": Invitation.objects.create(group=group, email="anna@school.example", invited_by=coach.user),
        "mail": make_lost_mail(group),
        "other_mail": make_lost_mail(other_group),
        "agreement": WorkingAgreement.objects.create(group=group, text="Op tijd"),
        "goal": LearningGoal.objects.create(membership=participant, text="Langer wachten"),
        "token": "verzonnen",
    }
