"""What stands on each sheet. Each function takes who prints and the meeting or group that it is about."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup
from leervragen.models import NUMBERS, Leervraag
from meetings.agendas import minutes_of, standard_agenda
from meetings.checklist import checklist_of
from meetings.cue_cards import cues_for
from meetings.models import AgendaItem, LeadingNote, Meeting
from meetings.pages import standing_invitation
from meetings.timeline import AgendaBlock, plan_of

from ..interviews import protocol as interviewing
from ..interviews.conversation import words_for_theme
from ..interviews.pairing import turns_in
from ..lines.moments import moments_of
from ..models import Interview, Protocol

EMPTY_ROWS = 3
"""On the attendance list, for who comes and is not on it."""
LEAST_AGREEMENTS = 8
"""Lines on the sheet of working agreements, to write on what is not agreed yet."""
MOST_NAMED_MOMENTS = 12
"""Named below the axis of an empty line form; more have a number there, and their names below the picture."""


@dataclass(frozen=True)
class On:
    """What a sheet is printed for."""

    group: NetworkGroup
    member: Membership
    meeting: Meeting | None

    @property
    def a_meeting(self) -> Meeting:
        assert self.meeting is not None
        return self.meeting


def agenda(on: On) -> dict[str, Any]:
    meeting = on.a_meeting
    invitation = standing_invitation(meeting)
    expert = invitation.expert if invitation is not None and invitation.is_asked else None
    return {"meeting": meeting, "plan": plan_of(meeting, list(meeting.agenda.all())), "expert": expert}


@dataclass(frozen=True)
class RunStep:
    """An onderdeel on the run sheet: when, what to think of, and what who leads noted at it before."""

    block: AgendaBlock
    after: int
    """Minutes after the beginning, where there is no date yet."""
    cues: list[str]
    notes: list[str]


def run_sheet(on: On) -> dict[str, Any]:
    facts, meeting = agenda(on), on.a_meeting
    notes: dict[object, list[str]] = {}
    for note in LeadingNote.objects.visible_to(on.member.user).filter(meeting=meeting).order_by("created"):
        notes.setdefault(note.item_id, []).append(note.text)
    steps, after = [], 0
    for block in facts["plan"].blocks:
        cues = cues_for(block.item, meeting.kind)
        steps.append(RunStep(block, after, cues, notes.get(block.item.pk, [])))
        after += block.minutes
    return {**facts, "steps": steps}


def checklist(on: On) -> dict[str, Any]:
    meeting = on.a_meeting
    return {"meeting": meeting, "checklist": checklist_of(meeting, standing_invitation(meeting))}


def attendance(on: On) -> dict[str, Any]:
    meeting = on.a_meeting
    members = list(Membership.objects.current().filter(group=on.group).with_people())
    return {**agenda(on), "meeting": meeting, "members": members, "empty_rows": range(EMPTY_ROWS)}


SIZES = ((60, "giant"), (120, "huge"), (220, "large"), (420, "middle"), (1200, "small"))
"""The size of the letters of a strip by the length of its question: the first that it does not pass."""


@dataclass(frozen=True)
class Strip:
    text: str
    author: str

    @property
    def size(self) -> str:
        return next((size for most, size in SIZES if len(self.text) <= most), "tiny")


def strips(on: On) -> dict[str, Any]:
    rows = Leervraag.objects.as_handed_in().filter(meeting=on.a_meeting)
    return {"meeting": on.a_meeting, "strips": [Strip(row.text, row.author.user.first_name) for row in rows]}


def cards(on: On) -> dict[str, Any]:
    return {"numbers": list(NUMBERS)}


def nothing_more(on: On) -> dict[str, Any]:
    return {}


def working_agreements(on: On) -> dict[str, Any]:
    agreed = list(on.group.working_agreements.all())
    return {"agreements": agreed, "empty_rows": range(max(2, LEAST_AGREEMENTS - len(agreed)))}


def protocol(on: On) -> dict[str, Any]:
    chosen = Protocol.objects.filter(group=on.group).first()
    plan = interviewing.plan_of(chosen, slot=interviewing.slot_of(on.group.pk), turns=turns_in(on.group.pk))
    theme = words_for_theme(on.group, chosen)
    when = {part.code: _("vooraf") for part in plan.before} | {part.code: _("mag later") for part in plan.later}
    parts = [
        {
            "part": part,
            "question": part.question(theme),
            "follow_ups": part.follow_ups(theme),
            "when": when.get(part.code, ""),
        }
        for part in interviewing.parts_of(chosen)
    ]
    return {"parts": parts, "plan": plan, "interview": None}


def interview_of(on: On) -> Interview | None:
    return Interview.objects.with_people().filter(teller=on.member).first()


def protocol_filled(on: On) -> dict[str, Any]:
    """The own interview alone: what is written there is for its teller and who asked."""
    interview = interview_of(on)
    notes = {note.part: note for note in interview.notes.all()} if interview else {}
    facts = protocol(on)
    for each in facts["parts"]:
        each["note"] = notes.get(each["part"].code)
    return {**facts, "interview": interview}


def line_form(on: On) -> dict[str, Any]:
    names = [moment.name for moment in moments_of(on.group)]
    is_many = len(names) > MOST_NAMED_MOMENTS
    marks = [str(number) for number in range(1, len(names) + 1)] if is_many else names
    columns = [{"mark": mark, "name": name} for mark, name in zip(marks, names, strict=True)]
    return {"columns": columns, "is_many": is_many, "width": round(99.8 / max(1, len(names)), 3)}


ROOM_BELOW_TITLE = 800
"""Pixels of the page that the traject and below it the onderdelen of the afternoon share, those each by its minutes."""
MOST_PIXELS_A_MINUTE = 6
MOST_WITH_TOPIC = 12
"""Meetings of a traject that stand there with their topic; more stand closer, by number and date."""


@dataclass(frozen=True)
class Scaled:
    block: AgendaBlock
    height: float


def afternoon(on: On) -> dict[str, Any]:
    """The traject and one meeting to scale. For a traject: the next netwerkbijeenkomst, or the standard one."""
    meetings = list(Meeting.objects.of_group(on.group).not_cancelled().select_related("topic"))
    network = [meeting for meeting in meetings if meeting.kind == Meeting.Kind.NETWORK]
    shown = on.meeting or next((meeting for meeting in network if meeting.is_to_come), network[-1] if network else None)
    if shown is None:
        shown = Meeting(group=on.group, kind=Meeting.Kind.NETWORK, position=1)
        items: list[AgendaItem] = standard_agenda(shown)
    else:
        items = list(shown.agenda.all()) or standard_agenda(shown)
    plan = plan_of(shown, items)
    is_many = len(meetings) > MOST_WITH_TOPIC
    height_of_traject = 63 * ceil(len(meetings) / 9) if is_many else 113 * ceil(len(meetings) / 6)
    pixels = min(MOST_PIXELS_A_MINUTE, (ROOM_BELOW_TITLE - height_of_traject) / max(1, plan.minutes))
    scaled = [Scaled(block, round(block.minutes * pixels, 1)) for block in plan.blocks]
    return {"meetings": meetings, "is_many": is_many, "meeting": shown, "plan": plan, "scaled": scaled}


@dataclass(frozen=True)
class Hours:
    """One meeting as a school leader plans it."""

    name: str
    meeting: Meeting
    minutes: int


def school_leader(on: On) -> dict[str, Any]:
    meetings = Meeting.objects.of_group(on.group).not_cancelled().with_facts()
    hours = [
        Hours(each.number_name, each, each.minutes_available or each.total_minutes or minutes_of(each.kind))
        for each in meetings
    ]
    coaches = Membership.objects.current().coaches().filter(group=on.group).with_people()
    return {"hours": hours, "minutes": sum(each.minutes for each in hours), "coaches": list(coaches)}
