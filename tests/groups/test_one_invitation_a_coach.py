"""On upgrade each coach keeps one invitation, which is the one live link (docs/security.md X1)."""

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils import timezone

from groups.models import Invitation, NetworkGroup, User

NOW = timezone.now()


def _invite(beheerder: User, email: str, days: int, **facts: Any) -> Invitation:
    return Invitation.objects.create(
        email=email, invited_by=beheerder, expires_at=NOW + timedelta(days=days), **{"role": "coach", **facts}
    )


def test_of_two_that_nobody_accepted_the_newest_stays_and_the_rest_is_left_alone(
    beheerder: User, group: NetworkGroup
) -> None:
    with connection.cursor() as cursor:
        # As it was: the database took two.
        cursor.execute("DROP INDEX groups_invitation_once_per_coach")
    older = _invite(beheerder, "Anna@school.example", 3)
    newest = _invite(beheerder, "anna@school.example", 13)
    oldest = _invite(beheerder, "anna@school.example", -20)
    accepted = [_invite(beheerder, "anna@school.example", days, accepted_at=NOW) for days in (1, 2)]
    of_group = _invite(beheerder, "anna@school.example", 1, group=group, role="participant")
    another = _invite(beheerder, "bas@school.example", 1)

    import_module("groups.migrations.0004_one_invitation_a_coach").keep_the_newest(apps, None)

    assert set(Invitation.objects.all()) == {newest, *accepted, of_group, another}
    assert not Invitation.objects.filter(pk__in=[older.pk, oldest.pk]).exists()
