"""The rules for the dates of a traject: their order, and until when members hand in. Nothing here asks the database."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from .models import DeadlineRule, Meeting

MOST_NETWORK_MEETINGS = 20
DEADLINE_CLOCK = time(20)
DAYS_BEFORE = {"leervraag": 9, "clip": 7, "feedback": 5}
"""How many days before a meeting its deadlines are, as long as the group has no rule of its own."""


@dataclass(frozen=True)
class Deadlines:
    """Until when members hand in for a meeting; None where there is nothing to hand in, or no date yet."""

    leervraag: datetime | None = None
    clip: datetime | None = None
    feedback: datetime | None = None

    def by_field(self) -> dict[str, datetime | None]:
        """By the field of the meeting that holds it."""
        return {
            "leervraag_deadline": self.leervraag,
            "clip_deadline": self.clip,
            "feedback_deadline": self.feedback,
        }


def default_deadlines(kind: str, starts_at: datetime | None, rule: DeadlineRule) -> Deadlines:
    """As many days before the meeting as the rule of its group says, at its hour of the Dutch clock.

    Nothing is handed in before the introductie, and the afsluiting answers no leervragen.
    """
    if starts_at is None or kind == Meeting.Kind.INTRODUCTION:
        return Deadlines()
    day = timezone.localtime(starts_at).date()

    def before(what: str) -> datetime:
        last_day = day - timedelta(days=getattr(rule, f"{what}_days"))
        return datetime.combine(last_day, rule.clock, tzinfo=timezone.get_current_timezone())

    return Deadlines(
        leervraag=before("leervraag") if kind == Meeting.Kind.NETWORK else None,
        clip=before("clip"),
        feedback=before("feedback"),
    )


def follow_date(meeting: Meeting, old: Deadlines, rule: DeadlineRule, apart_from: Collection[str] = ()) -> None:
    """The deadlines that stood at `old`, the default of the date that was, follow the date. Does not save it."""
    new = default_deadlines(meeting.kind, meeting.starts_at, rule)
    for field, deadline in new.by_field().items():
        if field not in apart_from and getattr(meeting, field) == old.by_field()[field]:
            setattr(meeting, field, deadline)


def late_deadlines(meeting: Meeting) -> list[str]:
    """The fields whose deadline does not lie before the start."""
    if meeting.starts_at is None:
        return []
    fields = Deadlines().by_field()
    return [field for field in fields if (end := getattr(meeting, field)) and end >= meeting.starts_at]


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


@contextmanager
def moments_by_our_clock() -> Iterator[None]:
    """Around what makes a moment of a date and an hour. An hour of the night in which the clock changes is refused: in
    spring it does not come, and in autumn it comes twice, so that nobody could say which one is meant.
    """
    try:
        yield
    except ValidationError as problem:
        # Django's own sentence, which is about time zones.
        if problem.code != "ambiguous_timezone":
            raise
        raise ValidationError(_("In deze nacht gaat de klok een uur vooruit of terug. Kies een ander uur.")) from None


def _day(moment: datetime) -> str:
    return format_date(timezone.localtime(moment), "j F Y")


def as_typed(stood: datetime | None, typed: datetime | None) -> datetime | None:
    """A field shows a moment without its seconds: who leaves it as it is moves nothing."""
    if stood is not None and typed is not None and stood.replace(second=0, microsecond=0) == typed:
        return stood
    return typed


DATE_STAYS = "date_stays"
"""The code of what `date_stays` says."""


def date_stays(meeting: Meeting) -> ValidationError:
    """Why the date of a meeting that is on, or was held, does not change; its place and topic may."""
    words = _("%(meeting)s is bezig of geweest. Haar datum en begin blijven zoals ze zijn.")
    return ValidationError(words, code=DATE_STAYS, params={"meeting": meeting.number_name, "pk": meeting.pk})
