"""Mijn verhaal, and the stories that others share."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from groups.models import Membership, NetworkGroup
from groups.rules import membership_of
from leervragen.journeys import journeys_asked_by
from netwerkleren.base import autosave
from netwerkleren.base.access import get_for
from netwerkleren.base.connections import let_go_of_database
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..closing.typesetting import blocks_of
from ..forms.stories import SheetForm, StoryForm
from ..interviews.conversation import first_draft
from ..interviews.memory import memory_of
from ..models import InterviewNote, StorySheet, ValueStory
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
        "sheet": StorySheet.objects.filter(teller=teller).first(),
    }
    return render(request, "reports/my_story.html", context, status=status_of(form))


def _save(request: Request, teller: Membership, form: StoryForm) -> ValueStory:
    """The button decides who reads it; what is saved while typing decides nothing."""
    if not autosave.is_autosave(request):
        return stories.save_story(actor=request.actor, teller=teller, **form.cleaned_data)
    text, version = form.cleaned_data["text"], form.cleaned_data["version"]
    return stories.keep_story_typed(actor=request.actor, teller=teller, text=text, version=version)


@posts_from("reports:harvest", NetworkGroup)
def take_story_back(request: Request, pk: UUID) -> HttpResponse:
    """Also in a group that is closed, where nothing else of it changes; and by who became its coach since."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.take_back")
    for found in ValueStory.objects.filter(teller=membership_of(request.actor, group)):
        stories.take_story_back(actor=request.actor, story=found)
        messages.success(request, _("Nu lees alleen jij jouw verhaal."))
    tells = has_perm("reports.tell_story", request.actor, group)
    return redirect("reports:my_story" if tells else "reports:harvest", group.pk)


@require_GET
def story(request: Request, pk: UUID) -> HttpResponse:
    """A story that its teller shares with the group, and what became of the questions that the teller asked."""
    found = get_for(request.actor, ValueStory.objects.select_related("teller__user", "teller__group"), pk)
    journeys = journeys_asked_by(found.teller, reader=membership_of(request.actor, found.teller.group))
    context = {"story": found, "blocks": blocks_of(found.text), "group": found.teller.group, "journeys": journeys}
    return render(request, "reports/story.html", context)


@require_GET
def stories_beside(request: Request, pk: UUID) -> HttpResponse:
    """The stories that tellers share with the group, side by side, to talk about."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.view_harvest")
    shared = [(story, blocks_of(story.text)) for story in ValueStory.objects.shared_in(group)]
    return render(request, "reports/stories.html", {"group": group, "stories": shared})


@require_GET
def memory(request: Request, pk: UUID) -> HttpResponse:
    """What helps a teller to remember, theirs alone."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.tell_story")
    teller = membership_of(request.actor, group)
    assert teller is not None
    context = {"group": group, "memory": memory_of(teller), "journeys": journeys_asked_by(teller, reader=teller)}
    return render(request, "reports/memory.html", context)


@csrf_exempt  # To read the token is to take in the photo: `_keep_sheet` does so, when the reader may send one.
@require_http_methods(["GET", "HEAD", "POST"])
def keep_sheet(request: Request, pk: UUID) -> HttpResponseBase:
    group = get_for(request.actor, NetworkGroup, pk, need="reports.tell_story")
    teller = membership_of(request.actor, group)
    assert teller is not None
    let_go_of_database()
    return _keep_sheet(request, teller)


@csrf_protect
def _keep_sheet(request: Request, teller: Membership) -> HttpResponse:
    form = SheetForm(sent(request), request.FILES or None)
    if request.method == "POST" and accepted(
        form, lambda: stories.keep_sheet(actor=request.actor, teller=teller, **form.cleaned_data)
    ):
        messages.success(request, _("De foto staat bij je verhaal. Alleen jij ziet hem."))
        return redirect("reports:my_story", teller.group_id)
    context = {"group": teller.group, "form": form, "sheet": StorySheet.objects.filter(teller=teller).first()}
    return render(request, "reports/keep_sheet.html", context, status=status_of(form))


@never_cache
@require_safe
def sheet(request: Request, pk: UUID) -> HttpResponseBase:
    """The photo itself, for its teller alone."""
    group = get_for(request.actor, NetworkGroup, pk, need="reports.tell_story")
    kept = get_object_or_404(StorySheet, teller=membership_of(request.actor, group))
    try:
        opened = kept.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(opened, content_type="image/webp")


@posts_from("reports:my_story", NetworkGroup)
def erase_sheet(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="reports.tell_story")
    teller = membership_of(request.actor, group)
    assert teller is not None
    stories.erase_sheet(actor=request.actor, teller=teller)
    messages.success(request, _("De foto is weg."))
    return redirect("reports:my_story", group.pk)
