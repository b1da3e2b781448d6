"""The page of the meetlat, and its steps."""

from collections.abc import Hashable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from groups.models import Membership
from meetings.looking_back import address_of
from meetings.models import LookBack, Meeting
from meetings.views import evaluation
from netwerkleren.base import autosave, live
from netwerkleren.base.forms import accepted, status_of, told
from netwerkleren.base.htmx import render_fragment
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.posts import posts_from, shown_on_host
from netwerkleren.base.request import Request
from netwerkleren.base.words import asked, query_of

from ..checking import Checking
from ..finishing import Finishing
from ..forms import MinutesForm, QuickAddForm, StripGroupForm, StripGroupNameForm
from ..looking_back import look_back_form, panel_of
from ..models import Leervraag, Meetlat, StripMove
from ..pages import MeetlatPage
from ..pause_forms import SeveralQuestionsForm
from ..pitch import asked_after_pitch
from ..room import Room, room_of
from ..services import answering, asking, choosing, ways
from .gates import leervraag_for, meeting_for


@require_GET
def meetlat(request: Request, pk: UUID) -> HttpResponse:
    """The step that the group is at, or the one that is asked for; with `?choose=` a strip is chosen, to be moved."""
    meeting = meeting_for(request, pk, "leervragen.view_meetlat")
    version = live.version_of(live.topic_of("meetlat", meeting))
    if request.htmx and not query_of(request):
        return show(request, MeetlatPage.of_moment(meeting, version), version=version, is_followed=True)
    page = MeetlatPage.of_room(meeting, Meetlat.Step.read(asked(request, "step")))
    return show(request, page, _uuid(asked(request, "choose")), version=version)


def show_moved(
    request: Request, strip: Leervraag, move: StripMove | None = None, *, status: int = 200, **extra: Any
) -> HttpResponse:
    """For htmx: the dock, and with it how all lies now. After a `move` no more than the places where something lies
    otherwise by it: a page that shows the version before it lacks nothing else, and any other asks for the whole board.
    """
    version = move.version if move else live.version_of(live.topic_of("meetlat", strip.meeting))
    parts: dict[str, Any] = {"moved": move.places, "since": move.version - 1} if move else {}
    page = MeetlatPage.of_room(strip.meeting)
    return show(request, page, strip.pk, status=status, part="moved", version=version, **parts, **extra)


def show(
    request: Request,
    page: MeetlatPage,
    chosen_pk: UUID | None = None,
    *,
    status: int = 200,
    part: str = "",
    is_followed: bool = False,
    **extra: Any,
) -> HttpResponse:
    """The page; for htmx a part: by itself the dock, with the chosen strip, when that is what htmx fills; else the
    live part.

    Without `version` the page does not know how fresh it is, and looks at once. `is_followed`: it is asked for by who
    follows, as everyone in the room does at that moment.
    """
    # What was done last is said where strips are laid, and the dock may be open while the group went on.
    room = room_of(page, request.actor, says_moves=page.is_laying or part == "moved")
    chosen = page.find(chosen_pk) if room.may_move else None
    is_adding = asked(request, "new") is not None and not page.is_held
    leads = has_perm("meetings.lead_meeting", request.actor, page.meeting)
    may_round_off = has_perm("leervragen.round_off", request.actor, page.meeting)
    context = {
        "page": page,
        "room": room,
        "meeting": page.meeting,
        "leads": leads,
        "is_choosing_way": leads and not page.is_held and asked(request, "way") is not None,
        "is_leading": page.meeting.is_running and leads,
        "asks_first": page.meeting.is_running and not leads,
        "may_round_off": may_round_off,
        "topic": live.topic_of("meetlat", page.meeting),
        "version": -1,
        "chosen": chosen,
        "choosing": escape(f"{Meetlat.Step.LAYING.query}&choose="),
        "group_form": StripGroupForm(strip=chosen) if chosen and asked(request, "group") is not None else None,
        "name_form": StripGroupNameForm(group=chosen.strip_group) if chosen and chosen.strip_group else None,
        "quick_form": QuickAddForm(actor=request.actor, meeting=page.meeting) if is_adding else None,
        "checking": Checking(page, (asked(request, "words") or "").strip()),
        "finishing": Finishing(page, _opened(request), may_round_off),
        "skips_for_all": not page.is_held and not leads,
        "after_pitch": asked_after_pitch(page.leervragen, request.actor) if page.is_laying else [],
        **_forms_of(page),
        **extra,
    }
    part = part or ("dock" if request.htmx.target == "dock" else "board")
    same_for = _alike(context) if is_followed else None
    return render_fragment(request, "leervragen/meetlat.html", part, context, status=status, same_for=same_for)


def _alike(context: dict[str, Any]) -> Hashable:
    """What the board is made of while strips are laid, for whoever sees the same of it; None where something on it is
    the reader's own, or moves with the clock."""
    page: MeetlatPage = context["page"]
    room: Room = context["room"]
    if not page.is_laying or room.is_paused or context["after_pitch"]:
        return None
    rights = tuple(context[right] for right in ("leads", "is_leading", "asks_first", "may_round_off", "skips_for_all"))
    return page.meeting.pk, context["version"], room.facts, rights


def _forms_of(page: MeetlatPage) -> dict[str, Any]:
    """Of the step that is shown; a page that many look at makes no others."""
    step = page.step
    forms: dict[str, Any] = {"several_form": SeveralQuestionsForm()} if step == Meetlat.Step.CHECKING else {}
    if step in (Meetlat.Step.CHECKING, Meetlat.Step.ANSWERING):
        forms["minutes_form"] = MinutesForm(instance=page.meetlat)
    return forms


@posts_from("leervragen:meetlat", Meeting)
def go_to_step(request: Request, pk: UUID) -> HttpResponse:
    meeting = meeting_for(request, pk, "leervragen.lay_strips")
    step = Meetlat.Step.read(request.POST.get("step"))
    if step is not None:
        told(request, lambda: answering.go_to_step(actor=request.actor, meeting=meeting, step=step))
    return redirect("leervragen:meetlat", meeting.pk)


@posts_from("leervragen:meetlat", Meeting)
def choose_way(request: Request, pk: UUID) -> HttpResponse:
    """At the board, and who lays there; or on every phone."""
    meeting = meeting_for(request, pk, "meetings.lead_meeting")
    key = _uuid(request.POST.get("layer"))
    members = Membership.objects.current().filter(group=meeting.group_id)
    layer = members.filter(pk=key).first() if key else None
    way = request.POST.get("way", "")
    if way in Meetlat.Way.values:
        told(request, lambda: ways.choose_way(actor=request.actor, meeting=meeting, way=way, layer=layer))
    return redirect("leervragen:meetlat", meeting.pk)


@posts_from("leervragen:meetlat", Leervraag, "meeting_id")
def choose_for_today(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    not_today = request.POST.get("not_today") == "1"
    chosen = [(leervraag.pk, leervraag.version)]
    told(
        request,
        lambda: choosing.choose_several(
            actor=request.actor, meeting=leervraag.meeting, chosen=chosen, not_today=not_today
        ),
    )
    return redirect(_step_url(leervraag.meeting_id, Meetlat.Step.CHECKING))


@posts_from(lambda meeting: _step_url(meeting.pk, Meetlat.Step.ANSWERING), Meeting)
def set_minutes(request: Request, pk: UUID) -> HttpResponse:
    meeting = meeting_for(request, pk, "leervragen.lay_strips")
    form = MinutesForm(request.POST, instance=Meetlat(meeting_id=meeting.pk))
    step = Meetlat.Step.read(request.POST.get("step")) or Meetlat.Step.ANSWERING
    if accepted(form, lambda: answering.set_minutes(actor=request.actor, meeting=meeting, **form.values())):
        return redirect(_step_url(meeting.pk, step))
    page = MeetlatPage.of(meeting, step)
    return show(request, page, status=status_of(form), minutes_form=form)


@posts_from("leervragen:meetlat", Meeting)
def quick_add(request: Request, pk: UUID) -> HttpResponse:
    """A new question on the spot; it lies on the pile at once."""
    meeting = meeting_for(request, pk, "leervragen.add_leervraag")
    form = QuickAddForm(request.POST, actor=request.actor, meeting=meeting)
    if accepted(form, lambda: asking.hand_in(actor=request.actor, meeting=meeting, **form.values())):
        messages.success(request, _("De vraag ligt bij 'Nog te leggen'."))
        return redirect("leervragen:meetlat", meeting.pk)
    if shown := shown_on_host(request, form):
        return shown
    return show(request, MeetlatPage.of(meeting), status=status_of(form), quick_form=form)


@posts_from("leervragen:meetlat", Meeting)
def finish(request: Request, pk: UUID) -> HttpResponse:
    """Whatever is still open goes on, to the next meeting or to P."""
    meeting = meeting_for(request, pk, "leervragen.lay_strips")
    if done := told(request, lambda: answering.round_off(actor=request.actor, meeting=meeting)):
        words = ngettext("%(count)d vraag heeft nu een plek.", "%(count)d vragen hebben nu een plek.", done.row)
        messages.success(request, words % {"count": done.row})
    return redirect(_step_url(meeting.pk, Meetlat.Step.FINISHING))


@posts_from("leervragen:meetlat", Meeting)
def undo_finish(request: Request, pk: UUID) -> HttpResponse:
    """What `finish` gave a place is open again."""
    meeting = meeting_for(request, pk, "leervragen.lay_strips")
    if done := told(request, lambda: answering.undo_round_off(actor=request.actor, meeting=meeting)):
        back, taken_up = done.row
        words = ngettext("%(count)d vraag is weer open.", "%(count)d vragen zijn weer open.", back)
        messages.success(request, words % {"count": back})
        if taken_up:
            words = ngettext(
                "%(count)d vraag blijft waar hij is: daar is al iemand mee bezig.",
                "%(count)d vragen blijven waar ze zijn: daar is al iemand mee bezig.",
                taken_up,
            )
            messages.info(request, words % {"count": taken_up})
    return redirect(_step_url(meeting.pk, Meetlat.Step.FINISHING))


@posts_from(lambda meeting: address_of(meeting, LookBack.ANSWERING), Meeting)
def look_back(request: Request, pk: UUID) -> HttpResponse:
    """What one member writes down of the answering, on the page of looking back; saved while typing."""
    meeting = meeting_for(request, pk, "leervragen.lay_strips")
    form = look_back_form(meeting, request.POST)
    kept = accepted(form, lambda: answering.look_back(actor=request.actor, meeting=meeting, **form.cleaned_data))
    if autosave.is_autosave(request):
        return autosave.answer(form, kept)
    if kept:
        return redirect(address_of(meeting, LookBack.ANSWERING))
    return evaluation.show(request, meeting, form, panel_of(meeting, form, is_open=True))


def _step_url(meeting_pk: UUID, step: Meetlat.Step) -> str:
    return reverse("leervragen:meetlat", args=[meeting_pk]) + step.query


def _opened(request: Request) -> frozenset[UUID]:
    """At Afronden the questions whose form is open: by a link one, by the module also what is being typed in."""
    return frozenset(key for text in (asked(request, "open") or "").split(",") if (key := _uuid(text)))


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
