"""Maatjes: deelnemers choose each other; the coach confirms, and puts together who is left (docs/domain.md#people)."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..matches import THREE, TWO, Matches, matches_of
from ..models import Membership, NetworkGroup, Pair


@transaction.atomic
def choose_maatje(*, actor: Actor, membership: Membership, maatje: Membership | None) -> Membership:
    """Keeps the wish of one deelnemer; None takes it back. A pair that the coach confirmed is not changed by it."""
    matches = _locked(membership.group)
    if membership.pk not in _free(matches):
        raise ValidationError(_("Je hebt al een maatje. Wil je ruilen? Vraag het aan je coach."))
    if maatje is not None and (maatje.pk == membership.pk or maatje.pk not in _free(matches)):
        raise ValidationError(_("Kies iemand uit de lijst: deze deelnemer heeft al een maatje."))
    membership.wished_maatje = maatje
    membership.save(update_fields=["wished_maatje"])
    return membership


@transaction.atomic
def confirm_mutual_pairs(*, actor: Actor, group: NetworkGroup) -> int:
    """Makes a pair of every two who chose each other. Answers how many."""
    mutual = _locked(group).mutual
    for two in mutual:
        _pair(actor, group, two)
    return len(mutual)


@transaction.atomic
def make_pair(*, actor: Actor, group: NetworkGroup, members: Sequence[Membership]) -> Pair:
    """The coach puts two together who are left, or once three when the number of deelnemers is odd.

    Who are together already, are the answer: a double click is no mistake.
    """
    matches = _locked(group)
    chosen = {member.pk for member in members}
    for pk, pair in matches.pairs.items():
        if {member.pk for member in pair} == chosen:
            return Pair.objects.get(pk=pk)
    if not chosen <= _free(matches):
        raise ValidationError(_("Een van hen heeft al een maatje. Kijk nog even naar de lijst."))
    if len(members) != TWO and not (len(members) == THREE and matches.may_be_three):
        raise ValidationError(
            _("Kies er twee of drie.") if matches.may_be_three else _("Kies er twee. Drie kan één keer, bij oneven.")
        )
    return _pair(actor, group, members)


@transaction.atomic
def add_to_pair(*, actor: Actor, pair: Pair, membership: Membership) -> Pair:
    """The last one left joins a pair: once three, when the number of deelnemers is odd. Who is in it, stays in it."""
    matches = _locked(pair.group)
    if membership in matches.pairs.get(pair.pk, []):
        return pair
    if membership.pk not in _free(matches):
        raise ValidationError(_("Deze deelnemer heeft al een maatje."))
    if pair.pk not in matches.twos or not matches.may_be_three:
        raise ValidationError(_("Een drietal kan één keer, bij een oneven aantal deelnemers."))
    Membership.objects.filter(pk=membership.pk).update(pair=pair)
    audit.record(actor, "pair.joined", pair, group_id=pair.group_id)
    return pair


@transaction.atomic
def dissolve_pair(*, actor: Actor, pair: Pair) -> None:
    """Sets its members free, their wishes cleared: else the next confirmation would make the same pair again."""
    lock(pair.group)
    if Membership.objects.filter(pair=pair).update(pair=None, wished_maatje=None):
        audit.record(actor, "pair.dissolved", pair, group_id=pair.group_id)


def leave_pair(*, membership: Membership) -> None:
    """A member left the group: of three, two stay a pair; of two, the other is free again."""
    pair_id = membership.pair_id
    if pair_id is None:
        return
    Membership.objects.filter(pk=membership.pk).update(pair=None)
    membership.pair = None
    if Membership.objects.filter(pair=pair_id).count() < TWO:
        Membership.objects.filter(pair=pair_id).update(pair=None, wished_maatje=None)


def _locked(group: NetworkGroup) -> Matches:
    """The matches now, with the group's row locked, so that two coaches cannot pair one person twice."""
    if lock(group).closed_at is not None:
        raise ValidationError(_("Deze groep is afgesloten. Tweetallen blijven zoals ze zijn."))
    return matches_of(Membership.objects.current().filter(group=group).with_people())


def _free(matches: Matches) -> set[object]:
    """Who has no confirmed pair yet."""
    return {member.pk for member in [*matches.left, *(member for two in matches.mutual for member in two)]}


def _pair(actor: Actor, group: NetworkGroup, members: Sequence[Membership]) -> Pair:
    pair = Pair.objects.create(group=group)
    Membership.objects.filter(pk__in=[member.pk for member in members]).update(pair=pair)
    audit.record(actor, "pair.confirmed", pair, group_id=group.pk)
    return pair
