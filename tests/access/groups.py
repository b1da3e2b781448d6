"""The group: its people, their pairs, what they agreed and what they want to learn."""

import pytest
from django.core.files.base import ContentFile

from groups.models import Invitation, LearningGoal, Membership, NetworkGroup, WorkingAgreement
from groups.services import own_devices
from tests.access.table import (
    COACH,
    COACHS_ROWS,
    MEMBERS,
    STRANGERS,
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

OWN_GOAL: Codes = {**STRANGERS, "participant": 200, "maatje": 403, "colleague": 404, "day_leader": 404, "coach": 404}
"""A leerdoel that only its owner and the maatje see."""

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
    Row("get", "groups:coaches", COACH, "group"),
    Row("post", "groups:coaches", refuses(COACH), "group"),
    Row("get", "groups:make_coach", COACH, "membership"),
    Row("post", "groups:make_coach", posts(COACH), "membership"),
    Row("get", "groups:step_back", COACH, "own_coach"),
    # The only coach is told to make someone coach first.
    Row("post", "groups:step_back", posts(COACH), "own_coach"),
    Row("get", "groups:close", COACH, "group"),
    # Whoever gets in is led back to the group, told why not where it cannot be closed or thrown away.
    Row("post", "groups:close", posts(COACH), "group"),
    Row("post", "groups:reopen", posts(COACH), "group"),
    Row("get", "groups:delete_draft", COACH, "group"),
    Row("post", "groups:delete_draft", posts(COACH), "group"),
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
    Row("get", "groups:first_thought", DEELNEMERS, "group"),
    Row("get", "groups:add_lesson_goal", DEELNEMERS, "group"),
    Row("get", "groups:edit_goal", OWN_GOAL, "goal"),
    Row("post", "groups:edit_goal", refuses(OWN_GOAL), "goal"),
    Row("post", "groups:show_goal", posts(OWN_GOAL), "goal", {"audience": "group"}),
    Row("get", "groups:photo", MEMBERS, "person"),
    Row("get", "groups:profile", with_account(200)),
    Row("get", "groups:welcome", with_account(200)),
    Row("post", "groups:end_device", with_account(302)),
    # Who is in no group has nothing to add, and is told so on the page.
    Row("post", "groups:make_own_device", with_account(302)),
    Row("post", "groups:end_own_device", with_account(302), "own_device"),
    Row("post", "groups:forget_own_device", {**with_account(302), "own_phone": 302}),
    # Who has signed in is asked first who it is, since these browsers were let in without a password.
    Row("get", "groups:own_data", with_account(302)),
    Row("get", "groups:delete_account", with_account(302)),
    Row("post", "groups:delete_account", with_account(302)),
    Row("get", "groups:account_gone", open_to_all(200)),
    Row("get", "groups:factor_reset", open_to_all(404)),
    Row("get", "groups:factor_link", open_to_all(404), "token"),
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
        "own_coach": coach,
        "person": participant.user,
        "pair": participant.pair,
        "invitation": Invitation.objects.create(group=group, email="anna@school.example", invited_by=coach.user),
        "mail": make_lost_mail(group),
        "other_mail": make_lost_mail(other_group),
        "agreement": WorkingAgreement.objects.create(group=group, text="Op tijd"),
        "goal": LearningGoal.objects.create(membership=participant, text="Langer wachten"),
        "token": "verzonnen",
        "own_device": own_devices.make_own_device(actor=participant.user, user_agent="")[0],
    }
