"""Sharing a fragment, and taking it back. Nothing is shared without a statement of the owner (security.md P1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Membership
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor

from ..models import Clip, ConsentedWatcher, ConsentStatement

STATEMENTS = {
    ConsentStatement.Scope.OWN_SCHOOL: gettext_lazy(
        "Ik verklaar dat de ouders van alle leerlingen in beeld weten dat er is gefilmd en waarvoor. "
        "Alleen collega's van mijn eigen school kijken mee."
    ),
    ConsentStatement.Scope.ALL_PARENTS: gettext_lazy(
        "Ik verklaar dat de ouders van alle leerlingen in beeld toestemming gaven om dit fragment te laten zien "
        "aan leden van de groep, ook van andere scholen."
    ),
}
GUESTS = gettext_lazy("De toestemming geldt ook voor een gast in de bijeenkomst, zoals een expert.")


@dataclass(frozen=True)
class Watcher:
    """One other member, as the owner sees it: with whom it is shared, whom the statement covers."""

    membership: Membership
    is_invited: bool
    is_covered: bool
    is_maatje: bool
    is_same_school: bool

    @property
    def may_watch(self) -> bool:
        return self.is_invited and self.is_covered


def watchers_of(clip: Clip) -> list[Watcher]:
    """Every other current member of the group, in the group's own order."""
    covered = set(ConsentedWatcher.objects.of_clip(clip).values_list("membership_id", flat=True))
    others = Membership.objects.current().filter(group=clip.group).exclude(pk=clip.owner_id).with_people()
    return [_watcher(clip, member, is_covered=member.pk in covered) for member in others]


def _watcher(clip: Clip, member: Membership, *, is_covered: bool) -> Watcher:
    is_maatje = clip.owner.pair_id is not None and member.pair_id == clip.owner.pair_id
    return Watcher(
        membership=member,
        is_invited=clip.audience == Clip.Audience.GROUP or (clip.audience == Clip.Audience.MAATJE and is_maatje),
        is_covered=is_covered,
        is_maatje=is_maatje,
        is_same_school=clip.owner.school_id is not None and member.school_id == clip.owner.school_id,
    )


def statement_of(clip: Clip) -> ConsentStatement | None:
    """The statement in force."""
    return ConsentStatement.objects.filter(clip=clip, ended_at__isnull=True).first()


@dataclass(frozen=True)
class Showing:
    """A fragment where the whole group is together: may everyone here watch it, and a guest as well?"""

    clip: Clip
    is_for_all: bool
    includes_guests: bool


def showings_of(actor: Actor, clips: Sequence[Clip]) -> list[Showing]:
    """Of fragments of one group, for the one who would play them. Who is not there today counts as well."""
    if not clips:
        return []
    visible = set(
        Clip.objects.visible_to(actor).filter(pk__in=[clip.pk for clip in clips]).values_list("pk", flat=True)
    )
    covered = set(
        ConsentedWatcher.objects.in_force()
        .filter(statement__clip__in=clips)
        .values_list("statement__clip", "membership", "statement__includes_guests")
    )
    watchers = {(clip, member) for clip, member, _guests in covered}
    for_guests = {clip for clip, _member, includes_guests in covered if includes_guests}
    members = list(Membership.objects.current().filter(group=clips[0].group).with_people())
    return [
        Showing(
            clip=clip,
            is_for_all=clip.pk in visible
            and all(
                _watcher(clip, member, is_covered=(clip.pk, member.pk) in watchers).may_watch
                for member in members
                if member.pk != clip.owner_id
            ),
            includes_guests=clip.pk in for_guests,
        )
        for clip in clips
    ]


@transaction.atomic
def share_clip(
    *, actor: Actor, clip: Clip, audience: str, scope: str, includes_guests: bool = False
) -> ConsentStatement:
    """Opens the fragment for the maatje or the group, with the owner's statement of today.

    The statement covers those who are invited now, each with the school of now: who joins later, or becomes the
    maatje later, is asked about anew.
    Raises ValidationError when it would cover nobody: then the owner would think it is shared, and it is not.
    """
    Clip.objects.select_for_update().get(pk=clip.pk)
    if audience not in {Clip.Audience.MAATJE, Clip.Audience.GROUP}:
        raise ValidationError({"audience": _("Kies met wie je het fragment deelt.")})
    watchers = watchers_of(clip)
    invited = [watcher for watcher in watchers if audience == Clip.Audience.GROUP or watcher.is_maatje]
    covered = [watcher for watcher in invited if scope == ConsentStatement.Scope.ALL_PARENTS or watcher.is_same_school]
    if not covered:
        raise ValidationError({"scope": _nobody(audience, has_anyone=bool(invited))})

    now = timezone.now()
    ConsentStatement.objects.filter(clip=clip, ended_at__isnull=True).update(ended_at=now)
    texts = [str(STATEMENTS[ConsentStatement.Scope(scope)])] + ([str(GUESTS)] if includes_guests else [])
    statement = ConsentStatement.objects.create(
        clip=clip,
        given_by=clip.owner,
        scope=scope,
        includes_guests=includes_guests,
        text=" ".join(texts),
        given_at=now,
    )
    ConsentedWatcher.objects.bulk_create(
        ConsentedWatcher(statement=statement, membership=watcher.membership, school=watcher.membership.school)
        for watcher in covered
    )
    # The owner decides about it now, so it is no longer with the one who sent it in.
    clip.audience, clip.handed_over_at = audience, clip.handed_over_at or now
    clip.save(update_fields=["audience", "handed_over_at"])
    audit.record(actor, "clip.shared", clip, group_id=clip.owner.group_id)
    live.touch(live.topic_of("clip", clip))
    return statement


def _nobody(audience: str, *, has_anyone: bool) -> str:
    if audience == Clip.Audience.MAATJE and not has_anyone:
        return _("Je hebt nog geen maatje in deze groep.")
    if audience == Clip.Audience.MAATJE:
        return _("Je maatje werkt niet op jouw school. Daarvoor is toestemming van alle ouders nodig.")
    return _("In deze groep werkt niemand anders op jouw school. Voor de groep is toestemming van alle ouders nodig.")


def forget_watcher(membership: Membership) -> None:
    """Whoever moved to another school is asked about anew, also after moving back: no statement covers them now."""
    ConsentedWatcher.objects.filter(membership=membership).delete()


@transaction.atomic
def withdraw_clip(*, actor: Actor, clip: Clip) -> None:
    """Only the owner sees it, from the next request on, an already open film included."""
    now = timezone.now()
    ConsentStatement.objects.filter(clip=clip, ended_at__isnull=True).update(ended_at=now)
    Clip.objects.filter(pk=clip.pk).update(audience=Clip.Audience.ALONE, handed_over_at=Coalesce("handed_over_at", now))
    audit.record(actor, "clip.withdrawn", clip, group_id=clip.owner.group_id)
    live.touch(live.topic_of("clip", clip))
