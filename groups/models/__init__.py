"""People and the group they form: accounts, schools, groups, memberships, invitations, pairs, goals, agreements."""

from .agreements import LearningGoal, WorkingAgreement
from .factor_reset import FactorReset
from .group import FIRST_STEPS, Membership, NetworkGroup, Pair, School, group_ids_of, memberships_of
from .invitation import INVITATION_DAYS, INVITATION_KEPT_DAYS, Invitation, invitation_end
from .lengths import LINE, LINK, PARAGRAPH
from .own_device import OWN_DEVICE_DAYS, OwnDevice, own_device_end
from .user import User, display_name, name_columns, user_of

__all__ = [
    "FIRST_STEPS",
    "INVITATION_DAYS",
    "INVITATION_KEPT_DAYS",
    "LINE",
    "LINK",
    "OWN_DEVICE_DAYS",
    "PARAGRAPH",
    "FactorReset",
    "Invitation",
    "LearningGoal",
    "Membership",
    "NetworkGroup",
    "OwnDevice",
    "Pair",
    "School",
    "User",
    "WorkingAgreement",
    "display_name",
    "group_ids_of",
    "invitation_end",
    "memberships_of",
    "name_columns",
    "own_device_end",
    "user_of",
]
