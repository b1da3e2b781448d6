"""Meetings at the same time: two of one group, or of one coach in two groups. A word beside the date, and no rule."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup
from netwerkleren.base.access import Actor
from netwerkleren.base.templatetags.ui import clock_until

from .models import AgendaItem, Meeting

OVERLAP = "overlap"
"""The code of what check_overlaps raises: a form then asks whether it may."""
LONGEST_MEETING = timedelta(minutes=600)

Span = tuple[datetime, datetime]


def check_overlaps(*, actor: Actor, group: NetworkGroup, planned: Sequence[Meeting]) -> None:
    """Raises ValidationError beside `starts_at` when one of these, with the date it is to get, is with another."""
    told = overlaps_of(actor=actor, group=group, planned=planned)
    if told:
        raise ValidationError({"starts_at": told})


def planned_id(told: ValidationError) -> UUID:
    """Which of the planned meetings a sentence of `overlaps_of` is about."""
    assert told.params is not None
    pk: UUID = told.params["pk"]
    return pk


def overlaps_of(*, actor: Actor, group: NetworkGroup | None, planned: Sequence[Meeting]) -> list[ValidationError]:
    """A sentence for every two at the same time; `planned_id` says which of `planned` it is about.

    `planned` are meetings of `group` as they are to be; of a group that is still to be made, `group` is None and the
    actor leads it.
    """
    own = list(_spans(planned))
    if not own:
        return []
    led = _led_with(actor, group)
    first, last = min(start for _meeting, (start, _end) in own), max(end for _meeting, (_start, end) in own)
    groups = {*led, *([group.pk] if group else [])}
    others = _spans(_dated_between(first, last, groups=groups, apart_from=[meeting.pk for meeting, _span in own]))
    return [
        _said_of(meeting, other, taken, actor, led)
        for (meeting, span), (other, taken) in product(own, [*own, *others])
        if other.pk != meeting.pk and span[0] < taken[1] and taken[0] < span[1]
    ]


def _spans(meetings: Sequence[Meeting]) -> Iterator[tuple[Meeting, Span]]:
    open_ended = [meeting.pk for meeting in meetings if not meeting.minutes_available]
    items = AgendaItem.objects.filter(meeting__in=open_ended).order_by().values_list("meeting")
    minutes = dict(items.annotate(Sum("minutes"))) if open_ended else {}
    for meeting in meetings:
        if meeting.starts_at is not None:
            # Adding minutes to a Dutch clock would lose the hour that the change of summer time takes.
            start = meeting.starts_at.astimezone(UTC)
            length = meeting.minutes_available or minutes.get(meeting.pk, 0)
            yield meeting, (start, start + timedelta(minutes=length))


def _led_with(actor: Actor, group: NetworkGroup | None) -> dict[UUID, Membership]:
    """The groups of who leads this one: by their id the coach they share, the actor before others."""
    coaches = Membership.objects.current().coaches()
    people = {actor.pk} if group is None else set(coaches.filter(group=group).values_list("user", flat=True))
    led = coaches.filter(user__in=people).select_related("user")
    return {one.group_id: one for one in sorted(led, key=lambda one: one.user_id == actor.pk)}


def _dated_between(
    first: datetime, last: datetime, *, groups: Iterable[UUID], apart_from: Iterable[UUID]
) -> list[Meeting]:
    """Meetings of these groups that may last into this time."""
    near = Meeting.objects.not_cancelled().filter(starts_at__gt=first - LONGEST_MEETING, starts_at__lt=last)
    still = near.exclude(state=Meeting.State.ENDED).filter(group__in=groups).exclude(pk__in=apart_from)
    return list(still.select_related("group", "topic").order_by("starts_at"))


def _said_of(
    meeting: Meeting, other: Meeting, taken: Span, actor: Actor, led: Mapping[UUID, Membership]
) -> ValidationError:
    """Of a group that is not the actor's, only whose time it takes."""
    facts = {"pk": meeting.pk, "meeting": other.number_name, "hours": clock_until(*taken)}
    coach = led.get(other.group_id)
    if other.group_id == meeting.group_id or coach is None:
        words = _("Dan is ook %(meeting)s van deze groep: %(hours)s uur.")
    elif coach.user_id == actor.pk:
        words = _("Dan heb je ook %(meeting)s van %(group)s: %(hours)s uur.")
        facts["group"] = other.group.name
    else:
        words = _("Dan leidt %(name)s een bijeenkomst van een andere groep.")
        facts["name"] = coach.name
    return ValidationError(words, code=OVERLAP, params=facts)
