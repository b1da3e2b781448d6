"""Kijknotities: the pad of who watches a lesson."""

from datetime import date
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groups.models import user_of
from netwerkleren.base.access import DeviceThatAdds, adds_as, get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..forms import AddedObserverNoteForm, ObserverNoteForm
from ..models import NOTES_KEPT, ObserverNote
from ..services import observing

NOTES_SHOWN = 120
"""Of the newest lessons; an hour of watching gives some forty."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def observer_notes(request: Request) -> HttpResponse:
    """One tap keeps a moment; below stand one's own. On an own phone while nobody is signed in it
    names nobody."""
    adds = isinstance(request.actor, DeviceThatAdds)
    observer = user_of(adds_as(request.actor))
    form = (AddedObserverNoteForm if adds else ObserverNoteForm)(sent(request), actor=observer)
    if request.method == "POST" and (
        kept := accepted(form, lambda: observing.note_lesson(actor=observer, **form.cleaned_data))
    ):
        at = timezone.localtime(kept.row.seen_at)
        messages.success(request, _("Genoteerd om %(time)s.") % {"time": f"{at:%H.%M.%S}"})
        response = redirect("video_feedback:observer_notes")
        response["Location"] += f"?observed={kept.row.observed_id}"
        return response
    seen = ObserverNote.objects.visible_to(observer).newest_first()[:NOTES_SHOWN]
    context = {
        "form": form,
        "adds_for": observer if adds else None,
        "lessons": [list(notes) for _lesson, notes in groupby(seen, _lesson_of)],
        "days_kept": NOTES_KEPT.days,
    }
    return render(request, "video_feedback/observer_notes.html", context, status=status_of(form))


def _lesson_of(note: ObserverNote) -> tuple[date, UUID]:
    """What was seen of one person on one day."""
    return timezone.localdate(note.seen_at), note.observed_id


@posts_from("video_feedback:observer_notes", ObserverNote, "")
def erase_observer_note(request: Request, pk: UUID) -> HttpResponse:
    note = get_for(request.actor, ObserverNote.objects.all(), pk)
    observing.erase_note(actor=request.actor, note=note)
    messages.success(request, _("De notitie is gewist."))
    return redirect("video_feedback:observer_notes")
