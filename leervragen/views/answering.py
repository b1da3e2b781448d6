"""Answering one question, ending it, and going on to the next."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from netwerkleren.base import autosave
from netwerkleren.base.forms import Saved, accepted, sent, status_of, told
from netwerkleren.base.posts import back, posts_from, shown_on_host
from netwerkleren.base.request import Request
from netwerkleren.base.words import asked

from ..answer_forms import AnswerForm, AnswerTooForm, OutcomeForm
from ..answer_page import AnswerPage
from ..board import Block
from ..finishing import Finishing
from ..forms import QuickAddForm
from ..models import Leervraag, Meetlat, WrittenAnswer
from ..pages import MeetlatPage
from ..queries import block_of, experts_within_reach
from ..services import answering, asking
from .gates import leervraag_for


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: UUID) -> HttpResponse:
    """A question with those that are answered as one with it: notes that are saved while typing, and how each ends.

    `?play=` plays a fragment of these questions, where its consent allows that; `?new` has room for a new question.
    """
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    looked_at = AnswerPage.of(leervraag, request.actor)
    form = AnswerForm(sent(request), stands=looked_at.stands)
    kept = _kept(request, leervraag, form) if request.method == "POST" else None
    if autosave.is_autosave(request):
        return autosave.answer(form, kept)
    if kept:
        if "new" in request.POST:
            return redirect(reverse("leervragen:answer", args=[leervraag.pk]) + "?new#nieuwe-vraag")
        return back(request, "leervragen:answer", leervraag.pk)
    return _show(request, looked_at, form)


@posts_from("leervragen:answer", Leervraag)
def end(request: Request, pk: UUID) -> HttpResponse:
    """Gives the question its outcome, with `?together` its whole group; notes in the same form are kept first."""
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    if refused := _notes_refused(request, leervraag):
        return refused
    form = _outcome_form(request, leervraag)
    together = asked(request, "together") is not None
    following = "" if "answer" in request.POST else _at_finishing(leervraag, together=together)
    if accepted(
        form,
        lambda: answering.end_question(actor=request.actor, leervraag=leervraag, together=together, **form.values()),
    ):
        return redirect(following or _after(leervraag))
    return _show(request, AnswerPage.of(leervraag, request.actor), failed=form)


@posts_from("leervragen:answer", Leervraag)
def go_on(request: Request, pk: UUID) -> HttpResponse:
    """ "Beantwoord, volgende vraag": keeps the notes, ends this one, and opens the next."""
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    if refused := _notes_refused(request, leervraag):
        return refused
    form = _outcome_form(request, leervraag)
    done = accepted(
        form,
        lambda: answering.answer_and_go_on(
            actor=request.actor, leervraag=leervraag, version=form.cleaned_data["version"]
        ),
    )
    if done is None:
        return _show(request, AnswerPage.of(leervraag, request.actor), failed=form)
    if done.row is None:
        messages.success(request, _("Dat was de laatste open vraag van vandaag."))
        return redirect(_meetlat(leervraag, Meetlat.Step.ANSWERING))
    return redirect("leervragen:answer", done.row.pk)


@posts_from("leervragen:answer", Leervraag)
def answer_too(request: Request, pk: UUID) -> HttpResponse:
    """ "Ook hiermee beantwoord": another question points to this one."""
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    if refused := _notes_refused(request, leervraag):
        return refused
    form = AnswerTooForm(request.POST, leervraag=leervraag)
    if accepted(
        form, lambda: answering.answer_too(actor=request.actor, leervraag=leervraag, other=form.cleaned_data["other"])
    ):
        messages.success(request, _("Ook beantwoord: ‘%(text)s’") % {"text": form.cleaned_data["other"].text})
        return redirect("leervragen:answer", leervraag.pk)
    return _show(request, AnswerPage.of(leervraag, request.actor), too=form)


@posts_from("leervragen:answer", Leervraag)
def ask_beside(request: Request, pk: UUID) -> HttpResponse:
    """A new question that came up with this one; it lies on the pile, and the group stays here."""
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    if refused := _notes_refused(request, leervraag):
        return refused
    meeting = leervraag.meeting
    form = _quick_form(request, leervraag)
    if accepted(form, lambda: asking.hand_in(actor=request.actor, meeting=meeting, **form.values())):
        messages.success(request, _("De vraag ligt bij ‘Nog te leggen’. Hij komt na de andere aan de beurt."))
        return redirect("leervragen:answer", leervraag.pk)
    return _show(request, AnswerPage.of(leervraag, request.actor), quick=form)


@posts_from("leervragen:answer", Leervraag)
def begin(request: Request, pk: UUID) -> HttpResponse:
    leervraag = leervraag_for(request, pk, "leervragen.answer_leervraag")
    told(request, lambda: answering.begin_question(actor=request.actor, leervraag=leervraag))
    return redirect("leervragen:answer", leervraag.pk)


def _kept(request: Request, leervraag: Leervraag, form: AnswerForm) -> Saved[Block | WrittenAnswer] | None:
    return accepted(form, lambda: answering.save_answer(actor=request.actor, leervraag=leervraag, **form.cleaned_data))


def _notes_refused(request: Request, leervraag: Leervraag) -> HttpResponse | None:
    """Keeps the notes that came along with another button; else the page that says why not."""
    if "answer" not in request.POST:
        return None
    looked_at = AnswerPage.of(leervraag, request.actor)
    form = AnswerForm(request.POST, stands=looked_at.stands)
    return None if _kept(request, leervraag, form) else _show(request, looked_at, form)


def _outcome_form(request: Request, leervraag: Leervraag) -> OutcomeForm:
    """At Afronden each question has a form of its own, whose fields need not say which one it is about; and buttons
    that say the outcome with the version on which it was pressed.
    """
    experts = experts_within_reach(leervraag.meeting.group)
    sent_as: Mapping[str, str] = request.POST
    if "ends" in sent_as:
        outcome, _colon, version = sent_as["ends"].partition(":")
        sent_as = {"outcome": outcome, "version": version}
    data = {f"{leervraag.pk}-{name}": sent_as[name] for name in sent_as} if "outcome" in sent_as else sent_as
    return OutcomeForm(data, prefix=str(leervraag.pk), experts=experts)


def _quick_form(request: Request, leervraag: Leervraag, *, bound: bool = True) -> QuickAddForm:
    """Its fields stand elsewhere on the page, and go with the form of the answer."""
    form = QuickAddForm(request.POST if bound else None, actor=request.actor, meeting=leervraag.meeting)
    for field in form.fields.values():
        field.widget.attrs["form"] = "antwoord"
    return form


def _show(
    request: Request,
    looked_at: AnswerPage,
    form: AnswerForm | None = None,
    *,
    failed: OutcomeForm | None = None,
    too: AnswerTooForm | None = None,
    quick: QuickAddForm | None = None,
) -> HttpResponse:
    """The question, with everything that was typed and why it was not kept."""
    refused = [one for one in (form, failed, too, quick) if one is not None and one.is_bound]
    if refused and (shown := shown_on_host(request, *refused)):
        return shown
    form = form or AnswerForm(stands=looked_at.stands)
    if quick is None and asked(request, "new") is not None:
        quick = _quick_form(request, looked_at.leervraag, bound=False)
    context = looked_at.context(request.actor)
    context |= {"form": form, "failed": failed, "too": too, "quick_form": quick, "playing": asked(request, "play")}
    status = status_of(form, *(one for one in (failed, too, quick) if one is not None))
    return render(request, "leervragen/answer.html", context, status=status)


def _meetlat(leervraag: Leervraag, step: Meetlat.Step) -> str:
    return reverse("leervragen:meetlat", args=[leervraag.meeting_id]) + step.query


def _at_finishing(leervraag: Leervraag, *, together: bool) -> str:
    """Afronden, at the question that follows this one there."""
    finishing = Finishing(MeetlatPage.of(leervraag.meeting, Meetlat.Step.FINISHING))
    following = finishing.after(leervraag, together=together)
    return f"{_meetlat(leervraag, Meetlat.Step.FINISHING)}#vraag-{following.pk}"


def _after(leervraag: Leervraag) -> str:
    """Where it was ended with its answer: when its group is not ended yet, the same question."""
    block = block_of(leervraag)
    still_open = next((strip for strip in block.strips if strip.is_open), None) if block else None
    if still_open is not None:
        return reverse("leervragen:answer", args=[still_open.pk])
    return _meetlat(leervraag, Meetlat.Step.ANSWERING)
