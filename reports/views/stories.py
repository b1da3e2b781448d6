"""Mijn verhaal, and the stories that others share."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from groups.models import Membership, NetworkGroup
from groups.rules import membership_of
from leervragen.journeys import journeys_asked_by
from netwerkleren.base import autosave
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms.stories import StoryForm
from ..interviews.conversation import first_draft
from ..models import InterviewNote, ValueStory
from ..services import stories


@require_http_methods(["GET", "POST"])
def my_story(request: Request, pk: UUID) -> HttpResponse:
    """The teller reads, changes and decides; nobody else ever does."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.tell_story")
    teller = membership_of(request.actor, group)
    assert teller is not None
    saved = ValueStory.objects.filter(teller=teller).first()
    notes = first_draft(InterviewNote.objects.filter(interview__teller=teller))
    form = StoryForm(sent(request), story=saved, notes=notes)
    kept = accepted(form, lambda: _save(request, teller, form)) if request.method == "POST" else None
    if autosave.is_autosave(request):
        return autosave.answer(form, kept)
    if kept:
        messages.success(request, _("Bewaard."))
        return redirect("reports:my_story", group.pk)
    context = {
        "group": group,
        "form": form,
        "story": saved,
        "notes": notes,
        "journeys": journeys_asked_by(teller, reader=teller),
    }
    return render(request, "reports/my_story.html", context, status=status_of(form))


def _save(request: Request, teller: Membership, form: StoryForm) -> ValueStory:
    """The button decides who reads it; what is saved while typing decides nothing."""
    if not autosave.is_autosave(request):
        return stories.save_story(actor=request.actor, teller=teller, **form.cleaned_data)
    text, version = form.cleaned_data["text"], form.cleaned_data["version"]
    return stories.keep_story_typed(actor=request.actor, teller=teller, text=text, version=version)


@posts_from("reports:my_story", NetworkGroup)
def take_story_back(request: Request, pk: UUID) -> HttpResponse:
    """Also in a group that is closed, where nothing else of it changes."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.tell_story")
    for found in ValueStory.objects.filter(teller=membership_of(request.actor, group)):
        stories.take_story_back(actor=request.actor, story=found)
        messages.success(request, _("Nu lees alleen jij jouw verhaal."))
    return redirect("reports:my_story", group.pk)


@require_GET
def story(request: Request, pk: UUID) -> HttpResponse:
    """A story that its teller shares with the group, and what became of the questions that the teller asked."""
    found = get_for(request.actor, ValueStory.objects.select_related("teller__user", "teller__group"), pk)
    journeys = journeys_asked_by(found.teller, reader=membership_of(request.actor, found.teller.group))
    return render(request, "reports/story.html", {"story": found, "group": found.teller.group, "journeys": journeys})
