"""From when a second step at login is asked of someone."""

from datetime import datetime

from ..models import User


def ask_for_second_factor(*, user: User, by: datetime | None) -> None:
    """Of two requests that see it at once the first one counts. None: it is asked no longer."""
    User.objects.filter(pk=user.pk, second_factor_by=user.second_factor_by).update(second_factor_by=by)
    user.second_factor_by = by
