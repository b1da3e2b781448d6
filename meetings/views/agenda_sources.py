"""Where another agenda comes from: the coach's own, another meeting's, the standard; and how it went last time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from groups.models import user_of
from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..agenda_forms import TemplateForm
from ..agenda_page import last_run, led_meetings, templates_of
from ..models import AgendaTemplate, Meeting
from ..services import agenda_templates


def agenda_sources(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting.objects.with_facts(), pk, need="meetings.change_meeting")
    form = TemplateForm(sent(request))
    if request.method == "POST" and accepted(
        form, lambda: agenda_templates.save_template(actor=request.actor, meeting=meeting, **form.cleaned_data)
    ):
        messages.success(request, _("Bewaard. Je kunt deze agenda nu ook voor andere bijeenkomsten kiezen."))
        return redirect("meetings:agenda_sources", pk)
    coach = user_of(request.actor)
    others = led_meetings(meeting, coach)
    context = {
        "meeting": meeting,
        "form": form,
        "templates": templates_of(meeting, coach),
        "others": others,
        "last": last_run(others, meeting),
        "may_replace": meeting.is_planned and meeting.started_at is None,
    }
    return render(request, "meetings/meeting_agenda_sources.html", context, status=status_of(form))


@posts_from("meetings:agenda_sources", Meeting)
def use_template(request: Request, pk: UUID, template_pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need="meetings.change_meeting")
    template = get_object_or_404(AgendaTemplate.objects.visible_to(request.actor), pk=template_pk)
    if told(request, lambda: agenda_templates.use_template(actor=request.actor, meeting=meeting, template=template)):
        return redirect("meetings:agenda", pk)
    return redirect("meetings:agenda_sources", pk)


@posts_from("meetings:agenda_sources", Meeting)
def remove_template(request: Request, pk: UUID, template_pk: UUID) -> HttpResponse:
    """Pressed twice it is gone once."""
    get_for(request.actor, Meeting, pk, need="meetings.change_meeting")
    template = AgendaTemplate.objects.visible_to(request.actor).filter(pk=template_pk).first()
    if template is not None:
        agenda_templates.remove_template(actor=request.actor, template=template)
        messages.success(request, _("“%(name)s” is gewist.") % {"name": template.name})
    return redirect("meetings:agenda_sources", pk)


@posts_from("meetings:agenda_sources", Meeting)
def copy_agenda(request: Request, pk: UUID, source_pk: UUID) -> HttpResponse:
    meeting = get_for(request.actor, Meeting, pk, need="meetings.change_meeting")
    # It may be of a group that was closed: last year's agenda is there to be copied.
    source = get_for(request.actor, Meeting, source_pk, need="meetings.change_meeting", is_read_only=True)
    if told(request, lambda: agenda_templates.copy_agenda(actor=request.actor, meeting=meeting, source=source)):
        return redirect("meetings:agenda", pk)
    return redirect("meetings:agenda_sources", pk)
