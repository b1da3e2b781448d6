"""What a deelnemer takes along besides the closing PDF: one page for the own team, and a certificate on request."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from leervragen.models import Leervraag
from meetings.models import Attendance, Meeting
from netwerkleren.base.pdf import RenderedPdf, render_pdf

from ..making import Tell
from ..models import Edition

MOST_ANSWERS = 8
"""On the page for the team: it stays one page."""
LONGEST_ANSWER = 260
THERE = (Attendance.Status.PRESENT, Attendance.Status.ONLINE, Attendance.Status.LATE)


@dataclass(frozen=True)
class Attended:
    """A meeting that someone was at, as it was planned."""

    meeting: Meeting
    minutes: int

    @property
    def length(self) -> str:
        return in_hours(self.minutes)


def in_hours(minutes: int) -> str:
    """ "2 uur en 20 minuten": a certificate is exact."""
    hours, rest = divmod(minutes, 60)
    said = [_("%(hours)d uur") % {"hours": hours}] if hours else []
    said += [_("%(minutes)d minuten") % {"minutes": rest}] if rest else []
    return _(" en ").join(said)


def meetings_attended(member: Membership) -> list[Attended]:
    """What was held, and where it was recorded that this member was there."""
    there = Attendance.objects.filter(membership=member, status__in=THERE).values("meeting")
    held = Meeting.objects.of_group(member.group).filter(state=Meeting.State.ENDED, pk__in=there).with_facts()
    return [Attended(meeting, meeting.minutes_available or meeting.total_minutes or 0) for meeting in held]


def render_certificate(edition: Edition, tell: Tell) -> RenderedPdf:
    tell(_("We zoeken je bijeenkomsten op."))
    member = _member_of(edition)
    taken = meetings_attended(member)
    coaches = Membership.objects.current().coaches().filter(group=member.group).with_people()
    context = {
        **_shared(member),
        "taken": taken,
        "all_hours": in_hours(sum(each.minutes for each in taken)),
        "coaches": list(coaches),
    }
    title = _("Bewijs van deelname: %(name)s") % {"name": member.name}
    return render_pdf("reports/print/certificate.html", context, title=title)


def render_team(edition: Edition, tell: Tell) -> RenderedPdf:
    """Own questions with their answers, and of others what was marked "mag naar buiten", without a name."""
    tell(_("We zoeken op wat naar buiten mag."))
    member = _member_of(edition)
    rows = Leervraag.objects.for_group(member.group).filter(answer__gt="").select_related("outside_mark")
    mine = [row for row in rows if row.author_id == member.pk]
    others = [row for row in rows if row.author_id != member.pk and getattr(row, "outside_mark", None) is not None]
    answers = [(row.text, shortened(row.answer), row.author_id == member.pk) for row in [*mine, *others]]
    held = Meeting.objects.of_group(member.group).not_cancelled().select_related("topic")
    topics = dict.fromkeys(meeting.topic.title for meeting in held if meeting.topic)
    context = {**_shared(member), "answers": answers[:MOST_ANSWERS], "topics": list(topics)}
    title = _("Voor mijn team: %(group)s") % {"group": member.group.name}
    return render_pdf("reports/print/team_page.html", context, title=title)


def shortened(text: str) -> str:
    """On one page each answer has a few lines; the whole of it is in the closing PDF."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_ANSWER else f"{words[:LONGEST_ANSWER].rsplit(' ', 1)[0]} …"


def _member_of(edition: Edition) -> Membership:
    return Membership.objects.select_related("user", "group", "school").get(pk=edition.member_id)


def _shared(member: Membership) -> dict[str, Any]:
    return {"member": member, "group": member.group, "today": timezone.localdate()}
