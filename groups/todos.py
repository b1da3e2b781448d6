"""What waits for a person in their groups, for Vandaag."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from netwerkleren.base.extend import ToDo

from .models import Membership, NetworkGroup, User, memberships_of

Wishes = dict[UUID, UUID | None]
"""The deelnemers of a group who have no maatje yet, each with whom they chose."""


def in_my_groups(user: User) -> list[ToDo]:
    """A draft to publish, a school to fill in, a maatje to choose, pairs to confirm. At most one query."""
    mine = [own for own in memberships_of(user) if own.group.closed_at is None]
    wishes = _wishes_in({own.group_id for own in mine if own.is_coach or own.pair_id is None})
    return [todo for own in mine for todo in _of(own, wishes.get(own.group_id, {}))]


def _wishes_in(groups: Iterable[UUID]) -> dict[UUID, Wishes]:
    found: dict[UUID, Wishes] = {group: {} for group in groups}
    if found:
        free = Membership.objects.current().participants().filter(group__in=found, pair=None)
        for group, member, wish in free.values_list("group", "pk", "wished_maatje"):
            found[group][member] = wish
    return found


def _of(own: Membership, wishes: Wishes) -> Iterator[ToDo]:
    if own.is_coach:
        yield from _of_coach(own.group, wishes)
    else:
        yield from _of_participant(own, wishes)


def _of_coach(group: NetworkGroup, wishes: Wishes) -> Iterator[ToDo]:
    if group.is_draft:
        yield ToDo(
            _("Publiceer %(group)s") % {"group": group},
            _("Deze groep is nog een concept. Publiceren verstuurt de uitnodigingen."),
            group.get_absolute_url(),
            _("Bekijk de groep"),
            "send",
        )
    elif any(wish and wishes.get(wish) == member for member, wish in wishes.items()):
        yield ToDo(
            _("Bevestig de tweetallen van %(group)s") % {"group": group},
            _("Er zijn deelnemers die elkaar kozen als maatje."),
            reverse("groups:pairs", args=[group.pk]),
            _("Bekijk de tweetallen"),
            "users",
        )


def _of_participant(own: Membership, wishes: Wishes) -> Iterator[ToDo]:
    if own.school_id is None:
        yield ToDo(
            _("Vul je school in"),
            _("Dan ziet %(group)s hoe gemengd de groep is.") % {"group": own.group},
            reverse("groups:profile"),
            _("Naar mijn gegevens"),
            "school",
        )
    if own.pair_id is None and own.wished_maatje_id is None and len(wishes) > 1:
        yield ToDo(
            _("Kies je maatje"),
            _("Met wie uit %(group)s wil je elkaars werk filmen?") % {"group": own.group},
            reverse("groups:pairs", args=[own.group_id]),
            _("Kies je maatje"),
            "users",
        )
