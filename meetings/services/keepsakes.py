"""Geef door: dealing the cards in a ring, giving one's own, and keeping the ring whole when someone joins or leaves."""

from secrets import SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import Keepsake, Meeting


@transaction.atomic
def deal_keepsakes(*, actor: Actor, meeting: Meeting) -> None:
    """Everyone in the group has one other to write to. Twice is once."""
    meeting = lock(meeting)
    if meeting.kind != Meeting.Kind.CLOSING or not meeting.has_begun:
        raise ValidationError(_("Geef door kan zodra de afsluiting begonnen is."))
    if meeting.keepsakes.exists():
        return
    members = list(Membership.objects.current().filter(group=meeting.group_id).order_by("pk"))
    if len(members) < 2:
        raise ValidationError(_("Voor Geef door zijn er minstens twee mensen nodig."))
    SystemRandom().shuffle(members)
    ring = zip(members, [*members[1:], members[0]], strict=True)
    Keepsake.objects.bulk_create(Keepsake(meeting=meeting, giver=giver, receiver=other) for giver, other in ring)


@transaction.atomic
def take_keepsakes_back(*, actor: Actor, meeting: Meeting) -> None:
    """ "Toch niet", as long as nobody gave one."""
    meeting = lock(meeting)
    if meeting.keepsakes.filter(given_at__isnull=False).exists():
        raise ValidationError(_("Er is al een kaartje gegeven. Daarom blijft Geef door staan."))
    meeting.keepsakes.all().delete()


@transaction.atomic
def give_keepsake(*, actor: Actor, keepsake: Keepsake, text: str, version: str) -> Keepsake:
    """From now on its receiver reads it; what is changed later too. Raises WrittenMeanwhile as the others do."""
    lock(keepsake.meeting)
    keepsake = lock(keepsake)
    if write_on_top(keepsake, version, text=text):
        keepsake.given_at = keepsake.given_at or timezone.now()
        keepsake.full_clean()
        keepsake.save(update_fields=["text", "given_at"])
    return keepsake


def _dealt(membership: Membership) -> Meeting | None:
    """The afsluiting of this group in which cards were dealt, held."""
    meeting = Meeting.objects.filter(group=membership.group_id, keepsakes__isnull=False).order_by("pk").first()
    return lock(meeting) if meeting else None


@transaction.atomic
def join_ring(*, membership: Membership) -> None:
    """Who joins after the dealing comes between two of whom the one did not write yet; else the ring is closed."""
    meeting = _dealt(membership)
    if meeting is None or meeting.keepsakes.filter(giver=membership).exists():
        return
    before = meeting.keepsakes.filter(given_at=None).exclude(receiver=membership).order_by("pk").first()
    if before is None:
        return
    after, before.receiver = before.receiver, membership
    before.save(update_fields=["receiver"])
    Keepsake.objects.create(meeting=meeting, giver=membership, receiver=after)


@transaction.atomic
def leave_ring(*, membership: Membership) -> None:
    """Who leaves takes the card along that they did not give; who had to write to them writes to its receiver."""
    meeting = _dealt(membership)
    if meeting is None:
        return
    to_them = meeting.keepsakes.filter(receiver=membership, given_at=None).first()
    of_them = meeting.keepsakes.filter(giver=membership, given_at=None).first()
    if of_them is not None:
        of_them.delete()
    if to_them is None:
        return
    if of_them is None or of_them.receiver_id == to_them.giver_id:
        to_them.delete()
        return
    to_them.receiver = of_them.receiver
    to_them.save(update_fields=["receiver"])
