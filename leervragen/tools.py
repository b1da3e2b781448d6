"""The tools of leervragen in "Bijeenkomst leiden", and what leads to them on the phones that follow."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from groups.rules import membership_of
from meetings.leading import Leading, leading_of
from meetings.models import AgendaItem, Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel

from .answer_forms import AnswerForm, OutcomeForm
from .forms import QuickAddForm
from .models import Leervraag, WrittenAnswer
from .pages import MeetlatPage
from .pause_forms import PitchNoteForm
from .pitch import PitchPage

Kind = AgendaItem.Kind
WITH_QUESTIONS = (Kind.MEETLAT, Kind.ANSWERING)
QUESTION_SHEETS = ("css/leervragen.css", "css/questions.css")


def pitch_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """During the pitch the questions, with a pencil; on a phone the way to them."""
    if item.kind != Kind.PITCH:
        return None
    leading, meeting = leading_of(item), item.meeting
    if leading is None:
        return Panel("leervragen/_pitch_tool.html", {"meeting": meeting})
    refused = leading.refused_form(PitchNoteForm)
    context = {"meeting": meeting, "page": PitchPage.of(meeting, actor, refused)}
    return Panel("leervragen/_lead_pitch.html", context, css=QUESTION_SHEETS)


def meetlat_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """While the meetlat or the answering is on. On Leiden the meetlat itself, or the question that is answered now;
    on a phone how far it is, and the way there.
    """
    if item.kind not in WITH_QUESTIONS:
        return None
    leading, meeting = leading_of(item), item.meeting
    if leading is not None and (item.kind == Kind.MEETLAT or leading.query):
        return _board(item, leading)
    page = MeetlatPage.of(meeting)
    if leading is None:
        context = {"page": page, "meeting": meeting, "item": item}
        return Panel("leervragen/_agenda_tool.html", context)
    if page.current is None or not page.current.is_open:
        return _board(item, leading)
    return Panel("leervragen/_lead_question.html", _question(page, actor, leading), css=QUESTION_SHEETS)


def ask_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """A question that comes up, whatever the group is at: of an onderdeel without questions in a netwerkbijeenkomst."""
    if item.meeting.kind != Meeting.Kind.NETWORK and item.kind not in WITH_QUESTIONS:
        return None
    leading = leading_of(item)
    assert leading is not None  # it stands on Leiden alone
    context = {
        "meeting": item.meeting,
        "own": membership_of(actor, item.meeting),
        "ask_form": leading.refused_form(QuickAddForm),
        "ask_key": uuid4(),
    }
    return Panel("leervragen/_lead_ask.html", context)


def clips_of_questions(item: AgendaItem) -> Iterable[UUID] | None:
    """While questions are answered, the fragments with which their askers support them."""
    if item.kind != Kind.ANSWERING:
        return None
    return Leervraag.objects.current().filter(meeting=item.meeting, clip__isnull=False).values_list("clip", flat=True)


def _board(item: AgendaItem, leading: Leading) -> Panel:
    """The live part of the meetlat's own page, which brings its steps along: nothing of it is made twice."""
    address = reverse("leervragen:meetlat", args=[item.meeting.pk])
    src = f"{address}?{leading.query}" if leading.query else address
    context = {"meeting": item.meeting, "item": item, "src": src, "looks_back": bool(leading.query)}
    return Panel(
        "leervragen/_lead_board.html",
        context,
        css=QUESTION_SHEETS,
        js=("js/pages/meetlat-board.js", "js/pages/meetlat-finishing.js", "js/pages/meetlat-head.js"),
        page=address,
        is_wide=True,
    )


def _question(page: MeetlatPage, actor: Actor, leading: Leading) -> dict[str, Any]:
    block = page.current
    assert block is not None  # what `meetlat_tool` just asked
    own = membership_of(actor, page.meeting)
    # Who wrote something beside it, because another was writing too, goes on in that.
    note = WrittenAnswer.objects.notes_of(own).filter(leervraag=block.first).first()
    since = page.meetlat.current_since
    return {
        "page": page,
        "meeting": page.meeting,
        "asked": block,
        "leervraag": block.first,
        "own_note": note,
        "failed": leading.refused_form(OutcomeForm),
        "form": leading.form(AnswerForm, AnswerForm(stands=note or block)),
        "until": since + timedelta(minutes=page.division.per_question) if since else None,
        "others_open": any(other.is_open and other != block for other in page.today),
    }
