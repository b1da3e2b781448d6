"""Planning: the meetings of a traject, each with its agenda."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..agendas import minutes_of, standard_agenda
from ..dates import MOST_NETWORK_MEETINGS, check_order, default_deadlines
from ..models import AgendaItem, DeadlineRule, Meeting
from ..rhythm import rule_of


@transaction.atomic
def plan_meetings(
    *,
    actor: Actor,
    group: NetworkGroup,
    introduction_at: datetime | None,
    network_count: int,
    dates: Sequence[datetime | None],
    place: str = "",
) -> list[Meeting]:
    """Makes the whole traject: introductie, `network_count` netwerkbijeenkomsten, afsluiting, each with its agenda.

    `dates` are those of the netwerkbijeenkomsten and then the afsluiting; None is "datum volgt". A group is planned
    once: planning again raises ValidationError, and so do dates in the wrong order.
    """
    if not 0 <= network_count <= MOST_NETWORK_MEETINGS:
        raise ValidationError(
            _("Kies tussen 0 en %(most)d netwerkbijeenkomsten."), params={"most": MOST_NETWORK_MEETINGS}
        )
    if len(dates) != network_count + 1:
        raise ValidationError(_("Geef voor elke bijeenkomst een datum, of kies “datum volgt”."))
    lock(group)
    if group.meetings.exists():
        raise ValidationError(_("De bijeenkomsten van deze groep zijn al gepland."))
    rule = rule_of(group)
    kinds = [Meeting.Kind.INTRODUCTION, *[Meeting.Kind.NETWORK] * network_count, Meeting.Kind.CLOSING]
    meetings = [
        _new_meeting(group, kind, position, starts_at, place, rule)
        for position, (kind, starts_at) in enumerate(zip(kinds, [introduction_at, *dates], strict=True))
    ]
    check_order([(meeting.number_name, meeting.starts_at) for meeting in meetings])
    for meeting in meetings:
        meeting.full_clean()
        meeting.save()
        AgendaItem.objects.bulk_create(standard_agenda(meeting))
    audit.record(actor, "traject.planned", group, group_id=group.pk)
    return meetings


def _new_meeting(
    group: NetworkGroup, kind: str, position: int, starts_at: datetime | None, place: str, rule: DeadlineRule
) -> Meeting:
    deadlines = default_deadlines(kind, starts_at, rule)
    return Meeting(
        group=group,
        kind=kind,
        position=position,
        starts_at=starts_at,
        minutes_available=minutes_of(kind),
        place=place,
        leervraag_deadline=deadlines.leervraag,
        clip_deadline=deadlines.clip,
        feedback_deadline=deadlines.feedback,
    )
