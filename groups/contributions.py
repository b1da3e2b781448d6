"""What groups show on Vandaag: what waits for a person in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from netwerkleren.base.access import Actor
from netwerkleren.base.extend import ToDo
from netwerkleren.base.models import OutgoingMail

from .models import Membership, NetworkGroup, User, memberships_of
from .points import pairs_wait
from .services import own_devices


@dataclass
class State:
    """How a group stands: whether a mail did not arrive, whether maatjes come later, and who has none yet, each with
    whom they chose.
    """

    has_lost_mail: bool = False
    pairs_wait: bool = False
    wishes: dict[UUID, UUID | None] = field(default_factory=dict)


def in_my_groups(user: User) -> list[ToDo]:
    """A draft, lost mail, a school to fill in, a maatje to choose, pairs to confirm. At most one query."""
    mine = [own for own in memberships_of(user) if own.group.closed_at is None]
    states = _states_of({own.group_id for own in mine if own.is_coach or own.pair_id is None})
    if any(_may_choose(own) for own in mine):
        for group in frozenset().union(*pairs_wait.collect(user)) & states.keys():
            states[group].pairs_wait = True
    return [todo for own in mine for todo in _of(own, states.get(own.group_id, State()))]


def _states_of(groups: Iterable[UUID]) -> dict[UUID, State]:
    found = {group: State() for group in groups}
    if found:
        is_free = Q(memberships__left=None, memberships__role=Membership.Role.PARTICIPANT, memberships__pair=None)
        lost = OutgoingMail.objects.undelivered().filter(group_id=OuterRef("pk"))
        rows = NetworkGroup.objects.filter(pk__in=found).annotate(
            free=FilteredRelation("memberships", condition=is_free), has_lost_mail=Exists(lost)
        )
        # A row per deelnemer who is free, and at least one per group.
        for group, has_lost_mail, member, wish in rows.values_list(
            "pk", "has_lost_mail", "free__pk", "free__wished_maatje"
        ):
            found[group].has_lost_mail = has_lost_mail
            if member:
                found[group].wishes[member] = wish
    return found


def _may_choose(own: Membership) -> bool:
    return not own.is_coach and own.pair_id is None and own.wished_maatje_id is None


def _of(own: Membership, state: State) -> Iterator[ToDo]:
    if own.is_coach:
        yield from _of_coach(own.group, state)
    else:
        yield from _of_participant(own, {} if state.pairs_wait else state.wishes)


def _of_coach(group: NetworkGroup, state: State) -> Iterator[ToDo]:
    wishes = state.wishes
    if state.has_lost_mail:
        yield ToDo(
            _("Een mail is niet aangekomen"),
            _("Kijk bij %(group)s welke mail het is, en verstuur hem opnieuw.") % {"group": group},
            f"{group.get_absolute_url()}#mail",
            _("Bekijk de mail"),
            "mail",
        )
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


def _of_participant(own: Membership, wishes: dict[UUID, UUID | None]) -> Iterator[ToDo]:
    if own.school_id is None:
        yield ToDo(
            _("Vul je school in"),
            _("Dan ziet %(group)s hoe gemengd de groep is.") % {"group": own.group},
            reverse("groups:profile"),
            _("Naar mijn gegevens"),
            "school",
        )
    if _may_choose(own) and len(wishes) > 1:
        yield ToDo(
            _("Kies je maatje"),
            _("Met wie uit %(group)s wil je elkaars werk filmen?") % {"group": own.group},
            reverse("groups:pairs", args=[own.group_id]),
            _("Kies je maatje"),
            "users",
        )


def is_the_only_beheerder(user: User) -> str | None:
    """Without one nobody can invite a coach, or make another beheerder."""
    if not user.is_staff or User.objects.filter(is_staff=True, is_active=True).exclude(pk=user.pk).exists():
        return None
    return _("Je bent de enige beheerder. Maak eerst iemand anders beheerder: dat kan in het beheer, bij Gebruikers.")


def end_phones_of_who_left(membership: Membership, actor: Actor) -> None:
    """A phone adds to a group no longer than its owner; who is in another group yet makes it their own anew."""
    own_devices.end_own_devices(actor=actor, user=membership.user)
