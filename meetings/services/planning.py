"""Planning: the meetings of a traject, their dates and deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from netwerkleren.base import audit
from netwerkleren.base.access import Actor

from ..agendas import STANDARD, standard_agenda
from ..models import AgendaItem, Meeting

MOST_NETWORK_MEETINGS = 20
DEADLINE_CLOCK = time(20)


@dataclass(frozen=True)
class Deadlines:
    """Until when members hand in for a meeting; None where there is nothing to hand in, or no date yet."""

    leervraag: datetime | None = None
    clip: datetime | None = None
    feedback: datetime | None = None


def default_deadlines(kind: str, starts_at: datetime | None) -> Deadlines:
    """Leervraag 9, fragment 7 and feedback 5 days before, at 20.00 Dutch time.

    Nothing is handed in before the introductie, and the afsluiting answers no leervragen.
    """
    if starts_at is None or kind == Meeting.Kind.INTRODUCTION:
        return Deadlines()
    day = timezone.localtime(starts_at).date()

    def days_before(days: int) -> datetime:
        return datetime.combine(day - timedelta(days=days), DEADLINE_CLOCK, tzinfo=timezone.get_current_timezone())

    return Deadlines(
        leervraag=days_before(9) if kind == Meeting.Kind.NETWORK else None,
        clip=days_before(7),
        feedback=days_before(5),
    )


def check_order(dated: Sequence[tuple[str, datetime | None]]) -> None:
    """Meetings (name, start) in the order of the traject must be in the order of time; those without a date may be.

    Raises ValidationError in Dutch, naming every two that are the wrong way round.
    """
    known = [(name, start) for name, start in dated if start is not None]
    problems = [
        ValidationError(
            _("%(later)s is op %(later_date)s, maar moet na %(earlier)s (%(earlier_date)s) komen."),
            code="order",
            params={
                "later": later,
                "later_date": _day(later_start),
                "earlier": earlier,
                "earlier_date": _day(earlier_start),
            },
        )
        for (earlier, earlier_start), (later, later_start) in pairwise(known)
        if later_start <= earlier_start
    ]
    if problems:
        raise ValidationError(problems)


def _day(moment: datetime) -> str:
    return format_date(timezone.localtime(moment), "j F Y")


@transaction.atomic
def plan_meetings(
    actor: Actor,
    *,
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
    if group.meetings.exists():
        raise ValidationError(_("De bijeenkomsten van deze groep zijn al gepland."))
    kinds = [Meeting.Kind.INTRODUCTION, *[Meeting.Kind.NETWORK] * network_count, Meeting.Kind.CLOSING]
    meetings = [
        _new_meeting(group, kind, position, starts_at, place)
        for position, (kind, starts_at) in enumerate(zip(kinds, [introduction_at, *dates], strict=True))
    ]
    check_order([(meeting.number_name, meeting.starts_at) for meeting in meetings])
    for meeting in meetings:
        meeting.full_clean()
        meeting.save()
        AgendaItem.objects.bulk_create(standard_agenda(meeting))
    audit.record(actor, "traject.planned", group, group_id=group.pk)
    return meetings


def _new_meeting(group: NetworkGroup, kind: str, position: int, starts_at: datetime | None, place: str) -> Meeting:
    deadlines = default_deadlines(kind, starts_at)
    return Meeting(
        group=group,
        kind=kind,
        position=position,
        starts_at=starts_at,
        minutes_available=sum(item.minutes for item in STANDARD[kind]),
        place=place,
        leervraag_deadline=deadlines.leervraag,
        clip_deadline=deadlines.clip,
        feedback_deadline=deadlines.feedback,
    )
