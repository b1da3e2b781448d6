"""The audit in words: it holds ids, and names are looked up when it is read (docs/security.md F5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from netwerkleren.base import audit
from netwerkleren.base.models import AuditEvent

from .models import Invitation, Membership, NetworkGroup, School, User


@dataclass(frozen=True)
class EventInWords:
    """An event as it reads today. `about` is a person, a school or an address, where the event is about one."""

    at: datetime
    who: str
    did: str
    about: str
    group: str


def tell(events: Iterable[AuditEvent]) -> list[EventInWords]:
    """In the same order; a fixed number of queries, however many there are."""
    rows = list(events)
    about = {label: _ids(row.object_id for row in rows if row.object_type == label) for label in _ABOUT}
    members = dict(Membership.objects.filter(pk__in=about[_MEMBER]).values_list("pk", "user_id"))
    people = _names_of({row.actor_id for row in rows if row.actor_id} | about[_USER] | set(members.values()))
    groups = _by_key(NetworkGroup, {row.group_id for row in rows if row.group_id} | about[_GROUP], "name")
    schools = _by_key(School, about[_SCHOOL], "name")
    invited = _by_key(Invitation, about[_INVITATION], "email")

    def thing(row: AuditEvent) -> str:
        if row.object_type not in _ABOUT or not (key := next(iter(_ids([row.object_id])), None)):
            return ""
        if row.object_type in (_USER, _MEMBER):
            return people.get(members.get(key, key), gone())
        if row.object_type == _INVITATION:
            return invited.get(key, "")
        return (groups if row.object_type == _GROUP else schools).get(key, "")

    return [
        EventInWords(
            at=row.at,
            who=people.get(row.actor_id, gone()) if row.actor_id else _("zonder account"),
            did=audit.words_of(row),
            about=thing(row),
            group=groups.get(row.group_id, _("een groep die weg is")) if row.group_id else "",
        )
        for row in rows
    ]


def gone() -> str:
    """How someone reads whose account is no more."""
    return _("oud-deelnemer")


_USER, _MEMBER, _GROUP, _SCHOOL, _INVITATION = _ABOUT = tuple(
    model._meta.label_lower for model in (User, Membership, NetworkGroup, School, Invitation)
)


def _ids(keys: Iterable[str]) -> set[UUID]:
    return {UUID(key) for key in keys if key}


def _names_of(keys: set[UUID]) -> Mapping[UUID, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys).only("name", "email")}


def _by_key(model: type[NetworkGroup | School | Invitation], keys: set[UUID], field: str) -> Mapping[UUID, str]:
    return dict(model._default_manager.filter(pk__in=keys).values_list("pk", field))
