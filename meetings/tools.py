"""The tools of meetings itself in "Bijeenkomst leiden", and what leads to them on the phones that follow."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from groups.forms import WorkingAgreementForm
from groups.rules import is_coach_of
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel
from netwerkleren.base.written import written_once

from .forms import FixedDatesForm
from .icebreakers import icebreaker_of
from .leading import Leading, leading_of
from .looking_back import EvaluationForm, ImprovementForm, address_of, opened_in, parts_of
from .models import AgendaItem, Agreement, Evaluation, FreeWeek, LeadingNote, LookBack, Meeting, facts_of_weeks

Kind = AgendaItem.Kind


def icebreaker_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """At the start: what stands on the Scherm, and the way to another."""
    if item.kind != Kind.START:
        return None
    return Panel("meetings/_icebreaker_tool.html", {"icebreaker": icebreaker_of(item.meeting)})


def inventory_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """While the introductie is at an onderdeel with Startvragen: to be read together with the wishes; on a phone the
    way to one's own answers.
    """
    asks = (Kind.LEARNING, Kind.VIDEO, Kind.PREPARATION)
    if item.meeting.kind != Meeting.Kind.INTRODUCTION or item.kind not in asks:
        return None
    group, is_coach = item.meeting.group, is_coach_of(actor, item.meeting)
    context: dict[str, Any] = {"group_id": group.pk, "is_coach": is_coach}
    if leading_of(item) is None or not is_coach:
        return Panel("meetings/_inventory_tool.html", context)
    together = reverse("meetings:inventory_together", args=[group.pk])
    return Panel("meetings/_lead_inventory.html", context, css=("css/groups.css",), page=together)


def working_agreements_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """ "Zo werken wij", written down where the group says it: in the introductie."""
    leading, group = leading_of(item), item.meeting.group
    is_asked = item.meeting.kind == Meeting.Kind.INTRODUCTION and item.kind in (Kind.START, Kind.LEARNING)
    if leading is None or not is_asked or not is_coach_of(actor, group):
        return None
    form = leading.form(WorkingAgreementForm, WorkingAgreementForm())
    context = {"group": group, "form": form, "agreements": list(group.working_agreements.all())}
    return Panel("meetings/_lead_agreements.html", context, css=("css/groups.css",))


@written_once
def _planned_in(group: UUID) -> QuerySet[Meeting]:
    return Meeting.objects.of_group(group).filter(state=Meeting.State.PLANNED).with_facts()


@written_once
def _free_weeks_of(group: UUID) -> QuerySet[FreeWeek, tuple[str, date, date]]:
    return FreeWeek.objects.filter(group=group).in_words()


def dates_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """While a group agrees on its dates, its phones show them, and the coach writes them down."""
    agrees = item.kind == Kind.CLOSING and item.meeting.kind != Meeting.Kind.CLOSING
    if not agrees:
        return None
    leading, is_coach = leading_of(item), is_coach_of(actor, item.meeting)
    if is_coach and leading is None:
        return None
    group = item.meeting.group
    to_come = _planned_in(group.pk)
    if leading is None or not is_coach:
        return Panel("meetings/_dates_tool.html", {"to_come": to_come})
    form = leading.form(FixedDatesForm, FixedDatesForm(meetings=to_come))
    form.free = facts_of_weeks(_free_weeks_of(group.pk))
    for line in form.lines:
        line.free = form.free
    context = {"group": group, "form": form}
    return Panel("meetings/_lead_dates.html", context, js=("js/pages/fill-row.js",))


def talk_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """What the group says: the talk at the end, and of a netwerkbijeenkomst its film work before that."""
    leading = leading_of(item)
    if leading is None or item.kind not in (Kind.EVALUATION, Kind.CLOSING):
        return None
    return Panel("meetings/_lead_talk.html", _talk(item.meeting, leading))


@written_once
def _agreed_in(meeting: UUID) -> QuerySet[Agreement]:
    return Agreement.objects.filter(meeting=meeting).select_related("owner__user")


def _talk(meeting: Meeting, leading: Leading) -> dict[str, Any]:
    evaluation = Evaluation.objects.of(meeting)
    opened = opened_in(meeting, None) or LookBack.WHOLE
    improvement = ImprovementForm(prefix="improvement", initial={"about": opened.value})
    return {
        "meeting": meeting,
        "evaluation": evaluation,
        "forms": [_part(evaluation, part, leading) for part in parts_of(meeting) if part in (opened, LookBack.AHEAD)],
        "points": list(meeting.improvement_points.all()),
        "agreements": _agreed_in(meeting.pk),
        "improvement_form": leading.form(ImprovementForm, improvement),
    }


def _part(evaluation: Evaluation, part: LookBack, leading: Leading) -> EvaluationForm:
    """The form of a part of the talk; as it was sent, where it was refused."""
    refused = [form for form in leading.refused if isinstance(form, EvaluationForm) and form.part == part]
    form = refused[0] if refused else EvaluationForm(instance=evaluation, meeting=evaluation.meeting, part=part)
    form.address = address_of(evaluation.meeting, part)
    return form


def leading_notes_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """On the page of a meeting that was held, for the coach: what was jotted down while leading."""
    has_notes = vars(meeting).get("has_notes", True)  # which the page of a meeting brings along
    if meeting.state != Meeting.State.ENDED or not has_notes or not is_coach_of(actor, meeting):
        return None
    notes = list(LeadingNote.objects.visible_to(actor).of(meeting))
    return Panel("meetings/_leading_notes_panel.html", {"meeting": meeting, "notes": notes}) if notes else None


def film_task_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """The way to what the group films for the next time; of the afsluiting there is no next time."""
    if leading_of(item) is None or item.meeting.kind == Meeting.Kind.CLOSING:
        return None
    if item.kind not in (Kind.PREPARATION, Kind.EVALUATION, Kind.CLOSING):
        return None
    return Panel("meetings/_lead_film_task.html", {"meeting": item.meeting})
