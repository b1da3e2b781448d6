"""Ten thousand groups out of one, by SQL on PostgreSQL: each clone has rows of its own with ids of their own.

Runs in the portal's shell. Only two people are in all groups at once; everyone else is in one, as in the demo.
"""

from collections.abc import Sequence
from time import monotonic
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection, models, transaction

from groups.models import NetworkGroup, User
from netwerkleren.base.models import OutgoingMail

NOT_CLONED = {"admin", "auth", "contenttypes", "mfa", "sessions", "usersessions"}
"""Apps whose rows belong to no group."""

OWN_TEXTS = {
    "groups_user.email": "n || '.' || {}",
    "account_emailaddress.email": "n || '.' || {}",
    "groups_school.name": "{} || ' ' || n",
    "groups_invitation.token_hash": "md5({} || n)",
    "meetings_expertlink.token_hash": "md5({} || n)",
    "base_outgoingmail.unique_key": "{} || ' ' || n",
    # "<kind>:<id>"
    "base_topicversion.topic": "split_part({0}, ':', 1) || ':' || md5(split_part({0}, ':', 2) || n)::uuid",
}
"""What must be unique, or names a row, and is no uuid. `n` is the number of the clone."""

INDEXES_OF_NO_CONSTRAINT = """
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND NOT EXISTS (
    SELECT FROM pg_constraint WHERE conindid = format('%I', indexname)::regclass
)
"""


def growing_tables() -> set[str]:
    """The tables that have a row or more for every group."""
    with connection.cursor() as cursor:
        many = "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s"
        cursor.execute(many, [NetworkGroup.objects.count()])
        return {name for (name,) in cursor.fetchall()}


def clone_group(times: int, in_all: Sequence[str]) -> float:
    """Clones every row of the one group so many times; the people of these names are in all. Answers the seconds."""
    begun = monotonic()
    shared = list(User.objects.filter(name__in=in_all).values_list("pk", flat=True))
    assert len(shared) == len(in_all)
    assert NetworkGroup.objects.count() == 1
    _send_mail(NetworkGroup.objects.get())
    with transaction.atomic(), connection.cursor() as cursor:
        # Rows refer to each other both ways; what is copied whole refers to nothing that is not there.
        cursor.execute("SET LOCAL session_replication_role = replica")
        # An index of a million rows is made faster than it grows row by row.
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(INDEXES_OF_NO_CONSTRAINT)
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for model in _models():
            cursor.execute(_insert(model), {"times": times, "shared": shared})
        for _name, definition in indexes:
            cursor.execute(definition)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return monotonic() - begun


def _send_mail(group: NetworkGroup) -> None:
    """The demo has none: a mail that arrived to each, and one that perhaps did not."""
    for member in group.memberships.select_related("user"):
        for status in (OutgoingMail.Status.SENT, OutgoingMail.Status.UNCERTAIN):
            if status == OutgoingMail.Status.SENT or member.is_coach:
                OutgoingMail.objects.create(
                    kind="meetings.facts", recipient=member.user.email, group_id=group.pk, status=status
                )


def _models() -> list[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.app_label not in NOT_CLONED and model._meta.managed]


def _insert(model: type[models.Model]) -> str:
    table = model._meta.db_table
    # A number that counts up is given out anew: no row refers to another by such a number.
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(table, field) for field in fields)
    people = {User: "id", EmailAddress: "user_id"}.get(model)
    others = f"WHERE {people} <> ALL(%(shared)s)" if people else ""
    source = f'"{table}" CROSS JOIN generate_series(1, %(times)s) AS n {others}'
    return f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM {source}'  # noqa: S608 (our own names only)


def _value(table: str, field: models.Field[Any, Any]) -> str:
    column = f'"{table}"."{field.column}"'
    if own := OWN_TEXTS.get(f"{table}.{field.column}"):
        return own.format(column)
    if field.db_type(connection) != "uuid":
        return column
    # The same id becomes the same other id wherever it stands in a clone.
    other = f"md5({column}::text || n)::uuid"
    if field.related_model is User:
        return f"CASE WHEN {column} = ANY(%(shared)s) THEN {column} ELSE {other} END"
    return other
