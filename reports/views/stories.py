"""Mijn verhaal, and the stories that others share."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from groups.models import Membership, NetworkGroup
from groups.rules import membership_of
from netwerkleren.base.access import get_for
from netwerkleren.base.request import Request

from .. import services
from ..conversation import first_draft
from ..forms import StoryForm
from ..models import InterviewNote, ValueStory
from . import answers


@require_http_methods(["GET", "POST"])
def my_story(request: Request, pk: UUID) -> HttpResponse:
    """The teller reads, changes and decides; nobody else ever does."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.tell_story")
    teller = membership_of(request.actor, group)
    assert teller is not None
    form = StoryForm(answers.sent(request))
    if request.method == "GET":
        return _page(request, teller, form)
    if not form.is_valid():
        if answers.is_autosave(request):
            return answers.refused(form)
        return _page(request, teller, form, status=422)
    try:
        if answers.is_autosave(request):
            text, version = form.cleaned_data["text"], form.cleaned_data["version"]
            kept = services.keep_story_typed(actor=request.actor, teller=teller, text=text, version=version)
            return answers.saved(kept.version)
        services.save_story(actor=request.actor, teller=teller, **form.cleaned_data)
    except services.WrittenMeanwhile as meanwhile:
        return _show_both(request, teller, form, meanwhile.current)
    messages.success(request, _("Bewaard."))
    return redirect("reports:my_story", group.pk)


@require_GET
def story(request: Request, pk: UUID) -> HttpResponse:
    """A story that its teller shares with the group."""
    found = get_for(request.actor, ValueStory.objects.select_related("teller__user", "teller__group"), pk)
    return render(request, "reports/story.html", {"story": found, "group": found.teller.group})


def _page(
    request: Request, teller: Membership, form: StoryForm, *, theirs: str = "", status: int = 200
) -> HttpResponse:
    """The story as saved; before the first save, the notes of the interview to start from."""
    saved = ValueStory.objects.filter(teller=teller).first()
    notes = first_draft(InterviewNote.objects.filter(interview__teller=teller))
    start = saved or ValueStory(text=notes)
    form.initial = {
        "text": start.text_to_go_on_with,
        "decision": start.decision,
        "version": start.version,
        **form.initial,
    }
    context = {"group": teller.group, "form": form, "theirs": theirs, "story": saved, "notes": notes, "status": status}
    return render(request, "reports/my_story.html", context, status=status)


def _show_both(request: Request, teller: Membership, form: StoryForm, current: object) -> HttpResponse:
    assert isinstance(current, ValueStory)
    if answers.is_autosave(request):
        return answers.written_meanwhile(current.version, current.text_to_go_on_with)
    # Of two decisions the one that fewer read stands ready; the teller presses once more.
    decision = min(form.cleaned_data["decision"], current.decision, key=ValueStory.Decision.values.index)
    again = StoryForm(initial=form.cleaned_data | {"version": current.version, "decision": decision})
    return _page(request, teller, again, theirs=current.text_to_go_on_with, status=409)
