"""Who may not lay: nobody once the meeting was held, and at the board only who lays there."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meetings.models import AgendaItem, Meeting
from netwerkleren.base.access import Actor, DisplayThatShows
from netwerkleren.base.permissions import has_perm

from .models import Meetlat


def is_held(meeting: Meeting) -> bool:
    """Over, or its day has gone by: nothing is laid any more. What is open still gets its place, at Afronden."""
    return not meeting.is_to_come


def check_not_held(meeting: Meeting) -> None:
    """Raises ValidationError when it is, as the meeting stands now: it may have ended since the page was opened."""
    now = Meeting.objects.only("state", "starts_at").filter(pk=meeting.pk).first()
    if now is None or is_held(now):
        raise ValidationError(_("Deze bijeenkomst is geweest. De meetlat blijft zoals hij lag."))


def lies_open(meetlat: Meetlat, item: AgendaItem | None) -> bool:
    """Whether the group lays now: the digibord shows the meetlat, and takes strips from a hand, only then."""
    is_on = item is not None and item.kind == AgendaItem.Kind.MEETLAT
    return is_on and meetlat.step <= Meetlat.Step.CHECKING


def check_lies_open(meetlat: Meetlat) -> None:
    """Raises ValidationError when it does not, as the meeting stands now: the board may show it a moment longer."""
    now = Meeting.objects.select_related("current_item").get(pk=meetlat.meeting_id)
    if not (now.is_running and lies_open(meetlat, now.current_item)):
        raise ValidationError(_("De groep legt nu niet. De vragen blijven liggen."))


def check_may_move(actor: Actor, meetlat: Meetlat) -> None:
    """Raises ValidationError, with who lays, for another."""
    check_not_held(meetlat.meeting)
    if isinstance(actor, DisplayThatShows):
        check_lies_open(meetlat)
    if not has_perm("leervragen.move_strips", actor, meetlat):
        who = meetlat.layer.user.first_name if meetlat.layer else _("je coach")
        raise ValidationError(
            _("Aan het bord legt één persoon de vragen: %(name)s. Zeg hardop waar de vraag hoort."),
            params={"name": who},
        )
