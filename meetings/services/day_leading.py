""" "Leidt vandaag": a coach lets a deelnemer lead one meeting, on the day of its date (`leads_today` in rules.py)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import Membership
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.locks import lock

from ..models import Meeting
from . import announcing


@transaction.atomic
def hand_over_day(*, actor: Actor, meeting: Meeting, membership: Membership, seen: str | None = None) -> bool:
    """That deelnemer leads it, and nobody else does beside the coach. False when they do already.

    Whoever leads it no longer is told too. `seen` is the membership that the coach saw leading it, "" for nobody:
    raises WrittenMeanwhile when another does now. None is for who saw none.
    """
    lock(meeting.group)  # nobody leaves it meanwhile
    meeting = lock(meeting, "group")
    if meeting.starts_at is None:
        raise ValidationError(_("Zet eerst de datum: leiden kan op de dag van de bijeenkomst."))
    if meeting.group.closed_at is not None:
        raise ValidationError(_("Deze groep is afgesloten. Heropen haar eerst."))
    if not meeting.can_be_handed_over:
        raise ValidationError(_("De dag van deze bijeenkomst is voorbij."))
    current = Membership.objects.current().participants().filter(group=meeting.group_id)
    chosen = current.select_related("user").filter(pk=membership.pk).first()
    if chosen is None:
        raise ValidationError(_("Kies een deelnemer van deze groep."))
    if meeting.day_leader_id == chosen.pk:
        return False
    _check_seen(meeting, seen)
    _set_leader(actor, meeting, chosen)
    audit.record(actor, "meeting.day_handed_over", meeting, group_id=meeting.group_id)
    return True


@transaction.atomic
def take_day_back(*, actor: Actor, meeting: Meeting, seen: str | None = None) -> bool:
    """From the next request on only the coach leads it. False when nobody did; of another than was `seen` it is kept,
    and raises WrittenMeanwhile.
    """
    meeting = lock(meeting)
    if meeting.day_leader_id is None:
        return False
    _check_seen(meeting, seen)
    _set_leader(actor, meeting, None)
    audit.record(actor, "meeting.day_taken_back", meeting, group_id=meeting.group_id)
    return True


def _check_seen(meeting: Meeting, seen: str | None) -> None:
    if seen is not None and seen != str(meeting.day_leader_id or ""):
        raise WrittenMeanwhile(meeting)


def _set_leader(actor: Actor, meeting: Meeting, membership: Membership | None) -> None:
    before, meeting.day_leader = meeting.day_leader, membership
    meeting.save(update_fields=["day_leader"])
    if before is not None:
        announcing.mail_day_leader(actor=actor, meeting=meeting, membership=before, leads=False)
    if membership is not None:
        announcing.mail_day_leader(actor=actor, meeting=meeting, membership=membership, leads=True)
    live.touch(live.topic_of("meeting", meeting))


def forget_leader(*, membership: Membership) -> None:
    """Who leaves, and may come back one day, leads nothing any more."""
    Meeting.objects.filter(day_leader=membership).update(day_leader=None)
