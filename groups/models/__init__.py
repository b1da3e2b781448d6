"""People and the group they form: accounts, schools, groups, memberships, invitations, pairs, goals, agreements."""

from .agreements import LearningGoal, WorkingAgreement
from .group import FIRST_STEPS, Membership, NetworkGroup, Pair, School, group_ids_of, memberships_of
from .invitation import INVITATION_DAYS, Invitation, invitation_end
from .lengths import LINE, LINK, PARAGRAPH
from .user import User, display_name, name_columns, user_of

__all__ = [
    "FIRST_STEPS",
    "INVITATION_DAYS",
    "LINE",
    "LINK",
    "PARAGRAPH",
    "Invitation",
    "LearningGoal",
    "Membership",
    "NetworkGroup",
    "Pair",
    "School",
    "User",
    "WorkingAgreement",
    "display_name",
    "group_ids_of",
    "invitation_end",
    "memberships_of",
    "name_columns",
    "user_of",
]
