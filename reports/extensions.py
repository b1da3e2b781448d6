"""What the Oogst shows on the pages of lower apps."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup, User
from groups.rules import membership_of, takes_part
from meetings.models import AgendaItem, Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Fact, Panel, ToDo

from . import protocol
from .models import BehaviourGraph, Interview, InterviewNote, Protocol, ValueStory


def interviews_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """In Leiden, at the waardecreatieverhalen: who asks whom, and the way to the interview."""
    if item.kind != AgendaItem.Kind.STORIES:
        return None
    group = item.meeting.group
    interviews = list(Interview.objects.of_group(group))
    return Panel(
        "reports/_interviews_tool.html",
        {"group": group, "interviews": interviews, "membership": membership_of(actor, group)},
    )


def lines_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """In Leiden, at the gedragspatroongrafiek: the way to one's line and to the group's lines."""
    if item.kind != AgendaItem.Kind.GRAPH:
        return None
    group = item.meeting.group
    return Panel("reports/_lines_tool.html", {"group": group, "membership": membership_of(actor, group)})


def protocol_fact(meeting: Meeting) -> Fact | None:
    """In the preparation of the afsluiting: is there a choice of parts that fits?"""
    if meeting.kind != Meeting.Kind.CLOSING:
        return None
    chosen = Protocol.objects.filter(group=meeting.group_id).first()
    plan = plan_of(chosen, slot=slot_of(meeting.group_id))
    detail = (
        ""
        if plan.fits
        else _("Nu %(minutes)d minuten per persoon; er is tijd voor %(room)d.")
        % {"minutes": plan.minutes, "room": plan.room}
    )
    url = reverse("reports:interviews", args=[meeting.group_id])
    return Fact(_("Interviewprotocol aangepast"), done=chosen is not None and plan.fits, detail=detail, url=url)


def plan_of(chosen: Protocol | None, *, slot: int = protocol.SLOT_MINUTES) -> protocol.Plan:
    if chosen is None:
        return protocol.plan([], part_a_before=False, slot=slot)
    return protocol.plan(chosen.parts, part_a_before=chosen.part_a_before, slot=slot)


def slot_of(group_id: UUID) -> int:
    """The minutes for the stories on the agenda of the group's afsluiting; the playbook's while there is none."""
    stories = AgendaItem.objects.filter(
        meeting__group=group_id, meeting__kind=Meeting.Kind.CLOSING, kind=AgendaItem.Kind.STORIES
    )
    return stories.aggregate(minutes=Sum("minutes"))["minutes"] or protocol.SLOT_MINUTES


def harvest_panel(group: NetworkGroup, actor: Actor) -> Panel | None:
    """On the page of a group: the way to its Oogst."""
    return Panel("reports/_harvest_panel.html", {"group": group})


def todos(user: User) -> list[ToDo]:
    """For a deelnemer: read the story that was written down, and draw the line once the afsluiting has begun."""
    if not takes_part(user):
        return []
    closing_begun = Meeting.objects.filter(
        group=OuterRef("group"), kind=Meeting.Kind.CLOSING, state__in=[Meeting.State.RUNNING, Meeting.State.ENDED]
    )
    memberships = (
        Membership.objects.current()
        .participants()
        .filter(user=user)
        .select_related("group")
        .annotate(
            has_notes=Exists(InterviewNote.objects.filter(interview__teller=OuterRef("pk")).exclude(text="")),
            has_story=Exists(ValueStory.objects.filter(teller=OuterRef("pk"))),
            has_line=Exists(BehaviourGraph.objects.filter(member=OuterRef("pk"))),
            closing_begun=Exists(closing_begun),
        )
    )
    found = []
    for membership in memberships:
        if membership.has_notes and not membership.has_story:
            found.append(
                ToDo(
                    title=_("Lees je verhaal na"),
                    detail=_("Je interview is opgeschreven. Jij bepaalt wie het leest."),
                    url=reverse("reports:my_story", args=[membership.group_id]),
                    action=_("Open mijn verhaal"),
                    icon="notebook-pen",
                )
            )
        if membership.closing_begun and not membership.has_line:
            found.append(
                ToDo(
                    title=_("Teken jouw lijn"),
                    detail=_("Hoeveel lukte er, op elk moment van het traject?"),
                    url=reverse("reports:my_line", args=[membership.group_id]),
                    action=_("Teken mijn lijn"),
                    icon="chart-spline",
                )
            )
    return found
