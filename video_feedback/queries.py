"""Who may watch a fragment: one reader at a time, or a whole group that is together (docs/security.md P1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from groups.models import Membership
from meetings.models import Meeting
from netwerkleren.base.access import Actor

from .models import Clip, ConsentedWatcher, watchers_covered_for


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
    covered = set(watchers_covered_for(clip).values_list("membership_id", flat=True))
    others = Membership.objects.current().filter(group=clip.group).exclude(pk=clip.owner_id).with_names()
    watchers = [_watcher(clip, member, is_covered=member.pk in covered) for member in others]
    return [replace(one, is_invited=False) for one in watchers] if clip.is_its_owners_alone else watchers


def _watcher(clip: Clip, member: Membership, *, is_covered: bool) -> Watcher:
    is_maatje = clip.owner.pair_id is not None and member.pair_id == clip.owner.pair_id
    return Watcher(
        membership=member,
        is_invited=clip.audience == Clip.Audience.GROUP or (clip.audience == Clip.Audience.MAATJE and is_maatje),
        is_covered=is_covered,
        is_maatje=is_maatje,
        is_same_school=clip.owner.school_id is not None and member.school_id == clip.owner.school_id,
    )


def why_not_for_room(clip: Clip, meeting: Meeting) -> str | None:
    """In words for its owner and for who leads why it cannot be shown to the room; None where `for_room` has it."""
    if Clip.objects.for_room(meeting.pk).filter(pk=clip.pk).exists():
        return None
    if clip.owner.group_id != meeting.group_id:
        return _("Dit fragment is van een andere groep.")
    if not clip.is_ready:
        return _("Dit fragment is nog niet klaar.")
    if clip.audience != Clip.Audience.GROUP:
        return _("Dit fragment is niet gedeeld met de hele groep. Op het Scherm ziet iedereen het.")
    if not all(watcher.may_watch for watcher in watchers_of(clip)):
        return _(
            "Niet iedereen in de groep mag dit zien. Wie het fragment maakte, kan de verklaring opnieuw vastleggen."
        )
    return _("Er kan een expert meekijken, en de verklaring bij dit fragment noemt geen gast.")


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
