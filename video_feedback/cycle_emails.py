"""Mails about the rounds of a pair. Goal, fragment and what was said stay in the portal: a mail leads there."""

from django.urls import reverse
from django.utils.translation import gettext as _

from groups.models import Membership
from netwerkleren.base.mail import Letter, absolute
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.templatetags.ui import names

from .cycle_calendar import appointment_of
from .models import FilmCycle


def goal_given(mail: OutgoingMail) -> Letter | None:
    """To a maatje: there is a goal, an appointment, or another one than before. Not when the round is over, another is
    written on its way, or they are a pair no longer.
    """
    cycle = mail.row_among(FilmCycle.objects.filter(ended_at=None, owner__left=None).with_people())
    if cycle is None or cycle.ics_sequence != mail.values["sequence"]:
        return None
    reader = _reader(mail, pair=cycle.pair_id)
    if reader is None:
        return None
    is_changed = cycle.ics_sequence > 0
    context = {
        "reader": reader.user,
        "giver": cycle.owner.user,
        "cycle": cycle,
        "is_changed": is_changed,
        "url": absolute(reverse("video_feedback:film_cycle", args=[cycle.pk])),
    }
    return Letter(
        subject=_("Samen filmen met %(name)s") % {"name": cycle.owner.user.first_name},
        template="emails/video_feedback/goal_given",
        context=context,
        calendar=appointment_of(cycle) if cycle.at or is_changed else None,
    )


def pair_stuck(mail: OutgoingMail) -> Letter | None:
    """To a coach: who does not find the way, and no more. Not when they found it meanwhile."""
    cycle = mail.row_among(FilmCycle.objects.filter(is_stuck=True, owner__left=None).with_people())
    if cycle is None:
        return None
    reader = _reader(mail, role=Membership.Role.COACH, group=cycle.owner.group_id)
    if reader is None:
        return None
    together = Membership.objects.current().filter(pair=cycle.pair_id) if cycle.pair_id else None
    pair = list(together.with_names()) if together is not None else [cycle.owner]
    context = {
        "reader": reader.user,
        "names": names(pair),
        "group": cycle.owner.group,
        "url": absolute(reverse("video_feedback:film_cycles", args=[cycle.owner.group_id])),
    }
    return Letter(_("Een tweetal komt er niet uit"), "emails/video_feedback/pair_stuck", context)


def _reader(mail: OutgoingMail, **facts: object) -> Membership | None:
    rows = Membership.objects.current().filter(pk=mail.values["reader"], **facts)
    return rows.select_related("user").first()
