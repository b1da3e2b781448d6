"""What the Oogst shows on the pages of lower apps, and does when someone leaves."""

from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup, User
from groups.rules import memberships_as
from meetings.models import Meeting, meetings_of
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.extend import Fact, Panel, ToDo

from .interviews import protocol
from .interviews.pairing import turns_in
from .models import BehaviourGraph, Interview, InterviewNote, Protocol
from .services import editions, exports, interviews


def protocol_fact(meeting: Meeting) -> Fact | None:
    """In the preparation of the afsluiting: is there a choice of parts that fits?"""
    if meeting.kind != Meeting.Kind.CLOSING:
        return None
    chosen = Protocol.objects.filter(group=meeting.group_id).first()
    plan = protocol.plan_of(chosen, slot=protocol.slot_of(meeting.group_id), turns=turns_in(meeting.group_id))
    detail = (
        ""
        if plan.fits
        else _("Nu %(minutes)d minuten per persoon; er is tijd voor %(room)d.")
        % {"minutes": plan.minutes, "room": plan.room}
    )
    url = reverse("reports:interviews", args=[meeting.group_id])
    return Fact(_("Interviewprotocol aangepast"), done=chosen is not None and plan.fits, detail=detail, url=url)


def harvest_panel(group: NetworkGroup, actor: Actor) -> Panel | None:
    """On the page of a group: the way to its Oogst."""
    return Panel("reports/_harvest_panel.html", {"group": group})


def print_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """On the page of a meeting: the way to its papers."""
    return Panel("reports/_print_panel.html", {"meeting": meeting}) if is_user(actor) else None


def take_along_what_was_shared(membership: Membership, actor: Actor) -> None:
    """Of someone who leaves, no story and no line stays in a closing PDF."""
    exports.withdraw_member(member=membership)


def ask_nobody_any_more(membership: Membership, actor: Actor) -> None:
    interviews.forget_interviewer(member=membership)


def take_along_what_was_tried(asker: Membership) -> None:
    """What an asker lets the group read no more stays in no closing PDF."""
    exports.withdraw_exports(group=asker.group)


def take_along_what_was_asked(meeting: Meeting) -> None:
    """What an asker, or who answered, took back or wrote otherwise, stays in no PDF, and on no paper of its meeting."""
    exports.withdraw_exports(group=meeting.group)
    editions.withdraw_papers(meeting=meeting)


def take_along_what_may_stay_inside(meeting: Meeting) -> None:
    """What may no longer go outside stays on no member's page for the team."""
    editions.withdraw_editions(group=meeting.group)


def todos(user: User) -> list[ToDo]:
    """For a deelnemer: read the story that was written down, and draw the line once the afsluiting has begun."""
    mine = memberships_as(Membership.Role.PARTICIPANT, user)
    if not mine:
        return []
    notes = InterviewNote.objects.filter(interview__teller__in=mine, interview__teller__value_story=None)
    told = set(
        notes.exclude(text="")
        .exclude(part="A", saved_by=F("interview__teller"))
        .values_list("interview__teller__group", flat=True)
    )
    return [
        *(_part_a_todo(interview) for interview in _to_write_before(mine)),
        *(_read_todo(group) for group in told),
        *(_draw_todo(own.group_id) for own in _without_line(user, mine)),
    ]


def _to_write_before(mine: list[Membership]) -> list[UUID]:
    """The interviews in which one of `mine` tells, part A is for before the afsluiting, and nothing stands there."""
    asked = Interview.objects.filter(teller__in=mine, group__protocol__part_a_before=True)
    over = Meeting.objects.filter(kind=Meeting.Kind.CLOSING).exclude(state=Meeting.State.PLANNED)
    asked = asked.without_part_a().exclude(group__meetings__in=over)
    return list(asked.values_list("pk", flat=True))


def _part_a_todo(interview: UUID) -> ToDo:
    return ToDo(
        title=_("Schrijf vast op wat waardevol was"),
        detail=_("Voor je interview in de afsluiting. Een paar woorden is genoeg."),
        url=reverse("reports:interview", args=[interview, "A"]),
        action=_("Schrijf het op"),
        icon="notebook-pen",
    )


def _without_line(user: User, mine: list[Membership]) -> list[Membership]:
    """Those of `mine` whose afsluiting has begun, and was not over when they joined; and who drew no line yet."""
    closings = (meeting for meeting in meetings_of(user) if meeting.kind == Meeting.Kind.CLOSING)
    now = timezone.now()
    ends = {meeting.group_id: meeting.ended_at or now for meeting in closings if not meeting.is_planned}
    asked = [own for own in mine if own.group_id in ends and own.joined <= ends[own.group_id]]
    drawn = set(BehaviourGraph.objects.filter(member__in=asked).values_list("member", flat=True)) if asked else set()
    return [own for own in asked if own.pk not in drawn]


def _read_todo(group: UUID) -> ToDo:
    return ToDo(
        title=_("Lees je verhaal na"),
        detail=_("Je interview is opgeschreven. Jij bepaalt wie het leest."),
        url=reverse("reports:my_story", args=[group]),
        action=_("Open mijn verhaal"),
        icon="notebook-pen",
    )


def _draw_todo(group: UUID) -> ToDo:
    return ToDo(
        title=_("Teken jouw lijn"),
        detail=_("Hoeveel lukte er, op elk moment van het traject?"),
        url=reverse("reports:my_line", args=[group]),
        action=_("Teken mijn lijn"),
        icon="chart-spline",
    )
