"""The one door for every write about people and their group, split by noun."""

from .agreements import (
    add_learning_goal,
    add_working_agreement,
    change_learning_goal,
    remove_learning_goal,
    remove_working_agreement,
)
from .group import change_group, create_group, publish_group
from .invitations import (
    accept_as_new,
    accept_signed_in,
    invite_coach,
    invite_people,
    resend_invitation,
    revoke_invitation,
)
from .mail import let_mail_be, resend_mail
from .members import remove_member, save_profile
from .pairs import add_to_pair, choose_maatje, confirm_mutual_pairs, dissolve_pair, make_pair

__all__ = [
    "accept_as_new",
    "accept_signed_in",
    "add_learning_goal",
    "add_to_pair",
    "add_working_agreement",
    "change_group",
    "change_learning_goal",
    "choose_maatje",
    "confirm_mutual_pairs",
    "create_group",
    "dissolve_pair",
    "invite_coach",
    "invite_people",
    "let_mail_be",
    "make_pair",
    "publish_group",
    "remove_learning_goal",
    "remove_member",
    "remove_working_agreement",
    "resend_invitation",
    "resend_mail",
    "revoke_invitation",
    "save_profile",
]
