"""Mag naar buiten: a tick on an answer or an afspraak."""

from django.db import transaction

from groups.rules import membership_of
from meetings.models import Agreement, Meeting
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import Leervraag, OutsideMark
from ..points import outside_taken_back


@transaction.atomic
def mark_answer(*, actor: Actor, leervraag: Leervraag, outside: bool) -> None:
    """Lets the answer of a question go into what others of the group share with their team, or no longer."""
    leervraag = lock(leervraag, "meeting")
    if outside == OutsideMark.objects.filter(leervraag=leervraag).exists():
        return
    if outside:
        OutsideMark.objects.create(leervraag=leervraag, by=membership_of(actor, leervraag.meeting))
    else:
        OutsideMark.objects.filter(leervraag=leervraag).delete()
        _take_back(leervraag.meeting)
    audit.record(
        actor, "outside.marked" if outside else "outside.unmarked", leervraag, group_id=leervraag.meeting.group_id
    )


@transaction.atomic
def mark_agreement(*, actor: Actor, agreement: Agreement, outside: bool) -> None:
    """The same for an afspraak."""
    agreement = lock(agreement, "meeting")
    if outside == OutsideMark.objects.filter(agreement=agreement).exists():
        return
    if outside:
        OutsideMark.objects.create(agreement=agreement, by=membership_of(actor, agreement.meeting))
    else:
        OutsideMark.objects.filter(agreement=agreement).delete()
        _take_back(agreement.meeting)
    audit.record(
        actor, "outside.marked" if outside else "outside.unmarked", agreement, group_id=agreement.meeting.group_id
    )


def _take_back(meeting: Meeting) -> None:
    for react in outside_taken_back:
        react(meeting)
