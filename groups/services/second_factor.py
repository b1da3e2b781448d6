"""From when a second step at login is asked of someone."""

from datetime import datetime, timedelta

from django.utils import timezone

from ..models import User

GRACE = timedelta(days=7)


def ask_for_second_factor(*, user: User, by: datetime | None) -> None:
    """Of two requests that see it at once the first one counts. None: it is asked no longer."""
    User.objects.filter(pk=user.pk, second_factor_by=user.second_factor_by).update(second_factor_by=by)
    user.second_factor_by = by


def ask_new_coach(*, user: User) -> None:
    """Of who leads a group from now on, within a week; who is asked already keeps the day."""
    if user.second_factor_by is None:
        ask_for_second_factor(user=user, by=timezone.now() + GRACE)
