"""What a deelnemer takes along besides the closing PDF: one page for the own team, and a certificate on request."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from leervragen.models import Leervraag
from meetings.models import Agreement, Meeting
from netwerkleren.base.pdf import RenderedPdf, render_pdf

from ..making import Tell
from ..models import Edition
from .attended import in_hours, meetings_attended

MOST_ON_TEAM_PAGE, MOST_TOPICS = 8, 12
LONGEST_ON_TEAM_PAGE = 260


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


@dataclass(frozen=True)
class ForTeam:
    """What may go outside, and is about nobody: own questions with their answers, and of others what they marked."""

    mine: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]
    """Of others, without the question: that is about somebody's class."""
    agreed: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.mine) + len(self.answers) + len(self.agreed)

    def first(self, most: int) -> "ForTeam":
        """So much of it as there is room for; what is one's own comes first."""
        after_mine = max(0, most - len(self.mine))
        after_answers = max(0, after_mine - len(self.answers))
        return ForTeam(self.mine[:most], self.answers[:after_mine], self.agreed[:after_answers])


def for_team(member: Membership) -> ForTeam:
    rows = Leervraag.objects.for_group(member.group).filter(answer__gt="")
    marked = rows.exclude(author=member).filter(outside_mark__isnull=False)
    agreed = Agreement.objects.filter(meeting__group=member.group, outside_mark__isnull=False).order_by("created")
    return ForTeam(
        mine=tuple((shortened(row.text), shortened(row.answer)) for row in rows.filter(author=member)),
        answers=tuple(shortened(row.answer) for row in marked),
        agreed=tuple(shortened(agreement.text) for agreement in agreed),
    )


def render_team(edition: Edition, tell: Tell) -> RenderedPdf:
    """On one page: as many as stand on it."""
    tell(_("We zoeken op wat naar buiten mag."))
    member = _member_of(edition)
    held = Meeting.objects.of_group(member.group).not_cancelled().select_related("topic")
    topics = dict.fromkeys(meeting.topic.title for meeting in held if meeting.topic)
    context = {**_shared(member), "topics": list(topics)[:MOST_TOPICS]}
    title = _("Voor mijn team: %(group)s") % {"group": member.group.name}
    found = for_team(member)
    for most in range(min(found.count, MOST_ON_TEAM_PAGE), -1, -1):
        context["team"] = found.first(most)
        document = render_pdf("reports/print/team_page.html", context, title=title)
        if document.pages == 1:
            break
    return document


def shortened(text: str) -> str:
    """On one page each text has a few lines; the whole of it is in the closing PDF."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_ON_TEAM_PAGE else f"{words[:LONGEST_ON_TEAM_PAGE].rsplit(' ', 1)[0]} …"


def _member_of(edition: Edition) -> Membership:
    return Membership.objects.select_related("user", "group", "school").get(pk=edition.member_id)


def _shared(member: Membership) -> dict[str, Any]:
    return {"member": member, "group": member.group, "today": timezone.localdate()}
