"""A deelnemer who is in no table: what the coach looks through to see what a deelnemer sees."""

from copy import copy

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import FIRST_STEPS, Membership, NetworkGroup, School, User, memberships_of


def made_up_participant(group: NetworkGroup) -> User:
    """An actor of this group alone, of a school that nobody works at. Nothing of it is saved.

    The keys are random and fit no row, so nothing that someone kept for themselves, or gave to one other, is theirs.
    """
    opened = copy(group)
    # A draft is shown as it will be.
    opened.published_at = group.published_at or timezone.now()
    user = User(name=_("Sam Voorbeeld"))
    own = Membership(
        user=user,
        group=opened,
        school=School(name=_("De Voorbeeldschool"), place=_("Ergens")),
        discipline=_("leerkracht"),
        **dict.fromkeys(FIRST_STEPS.values(), True),
    )
    user.request_cache = {memberships_of: [own]}
    return user
