"""What the page of a meeting that was held shows: what came of it, and what is still to do."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.rules import is_coach_of
from netwerkleren.base.access import Actor
from netwerkleren.base.beside import count_beside, exists_beside
from netwerkleren.base.extend import ToDo
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.written import written_once

from .agenda_page import LastRun, run_as_it_went
from .models import (
    BoardPhoto,
    Evaluation,
    ExpertInvitation,
    FilledIn,
    Handout,
    ImprovementPoint,
    LeadingNote,
    Meeting,
    MeetingQuerySet,
)
from .pages import agreements_for, standing_invitation
from .points import after_tasks, harvest_panels, meeting_panels


@dataclass(frozen=True)
class Harvest:
    """`named`: what the group does differently from now on. `carried_out`: what earlier meetings left, each with a tick
    where it was done here. `following`: the meeting that comes next.
    """

    evaluation: Evaluation | None
    named: list[ImprovementPoint]
    carried_out: list[ImprovementPoint]
    following: Meeting | None
    run: LastRun | None


def with_what_came(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Each with what tells its page which of its panels have something to show, so that the others ask nothing."""
    return meetings.annotate(
        handout_count=count_beside(Handout, meeting=F("pk")),
        has_paper=exists_beside(FilledIn, meeting=F("pk")),
        has_photo=exists_beside(BoardPhoto, meeting=F("pk")),
        has_notes=exists_beside(LeadingNote, meeting=F("pk")),
    )


@written_once
def _in_row(group: UUID) -> QuerySet[Meeting]:
    return Meeting.objects.of_group(group).select_related("topic", "evaluation")


@written_once
def _points_up_to(meeting: UUID, position: int, group: UUID) -> QuerySet[ImprovementPoint]:
    """Named here; and what earlier meetings left, until another carried it out."""
    earlier = Q(meeting__group=group, meeting__position__lt=position) & ~Q(meeting__state=Meeting.State.CANCELLED)
    left = earlier & (Q(done_in=meeting) | Q(done_in=None))
    return ImprovementPoint.objects.filter(Q(meeting=meeting) | left).order_by()


def harvest_of(meeting: Meeting) -> Harvest:
    """In three queries."""
    group = {one.pk: one for one in _in_row(meeting.group_id)}
    counted = [one for one in group.values() if one.state != Meeting.State.CANCELLED]
    later = [one for one in counted if one.position > meeting.position and one.is_to_come]
    points = sorted(
        _points_up_to(meeting.pk, meeting.position, meeting.group_id),
        key=lambda point: (group[point.meeting_id].position, point.created),
    )
    this = group[meeting.pk]
    return Harvest(
        evaluation=this.evaluation if hasattr(this, "evaluation") and this.evaluation.said else None,
        named=[point for point in points if point.meeting_id == meeting.pk],
        carried_out=[point for point in points if point.meeting_id != meeting.pk],
        following=next(iter(later), None),
        run=run_as_it_went(meeting) if meeting.started_at else None,
    )


def harvest_page(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    is_coach, is_open = is_coach_of(actor, meeting), meeting.group.closed_at is None
    harvest = harvest_of(meeting)
    has_expert = is_coach and meeting.kind == Meeting.Kind.NETWORK
    invitation = standing_invitation(meeting, with_mail=True) if has_expert else None
    return {
        "meeting": meeting,
        "harvest": harvest,
        "is_coach": is_coach,
        "is_open": is_open,
        "writes_film_task": is_coach and is_open and meeting.kind != Meeting.Kind.CLOSING,
        "leads": has_perm("meetings.lead_meeting", actor, meeting),
        "invitation": invitation,
        "todos": _tasks(meeting, harvest, invitation, actor) if is_coach and is_open else [],
        "agreements": agreements_for(meeting),
        "harvest_panels": harvest_panels.collect(meeting, actor),
        "panels": meeting_panels.collect(meeting, actor),
    }


def _tasks(meeting: Meeting, harvest: Harvest, invitation: ExpertInvitation | None, actor: Actor) -> list[ToDo]:
    """What the coach may still do this evening; gone as soon as it is done."""
    own = [_look_back(meeting, harvest), _thanks(invitation), _next_date(harvest), _film_task(meeting, harvest)]
    return [*(task for task in own if task), *after_tasks.collect(meeting, actor)]


def _look_back(meeting: Meeting, harvest: Harvest) -> ToDo | None:
    if harvest.evaluation:
        return None
    url = reverse("meetings:evaluation", args=[meeting.pk])
    return ToDo(_("Schrijf op wat de groep zei"), _("Een paar woorden zijn genoeg."), url, _("Kijk terug"), "pen-line")


def _thanks(invitation: ExpertInvitation | None) -> ToDo | None:
    """For an expert who came, once."""
    if invitation is None or invitation.answer != ExpertInvitation.Answer.YES or vars(invitation)["thanks_status"]:
        return None
    url = reverse("meetings:thank_expert", args=[invitation.pk])
    detail = _("Een paar woorden aan %(name)s, met wat er van de vragen werd.") % {"name": invitation.expert.name}
    return ToDo(_("Bedank de expert"), detail, url, _("Schrijf een bedankje"), "message-circle")


def _next_date(harvest: Harvest) -> ToDo | None:
    following = harvest.following
    if following is None or following.starts_at:
        return None
    url = reverse("meetings:dates", args=[following.group_id])
    detail = _("%(meeting)s heeft nog geen datum.") % {"meeting": following.number_name}
    return ToDo(_("Kies de volgende datum"), detail, url, _("Leg de data vast"), "calendar-plus")


def _film_task(meeting: Meeting, harvest: Harvest) -> ToDo | None:
    if meeting.film_task or harvest.following is None or meeting.kind == Meeting.Kind.CLOSING:
        return None
    url = reverse("meetings:film_task", args=[meeting.pk])
    detail = _("Als jullie iets afspraken over filmen. Het mag ook leeg blijven.")
    return ToDo(_("Noteer de filmopdracht"), detail, url, _("Noteer de filmopdracht"), "video")
