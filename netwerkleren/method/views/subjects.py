"""The explanations: texts of ours that anyone may read, as the privacy papers; with what coaches added, for members."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from groups.models import memberships_of
from netwerkleren.base.access import is_user
from netwerkleren.base.request import Request

from ..models import MethodLink
from ..slides import slides_of
from ..subjects import PLAYBOOK, SUBJECTS


@login_not_required
@require_safe
def subjects(request: Request) -> HttpResponse:
    groups = [own.group for own in memberships_of(request.actor)] if is_user(request.actor) else []
    context = {"subjects": list(SUBJECTS.values()), "groups": groups}
    return render(request, "method/subject_list.html", context)


@login_not_required
@require_safe
def subject(request: Request, name: str) -> HttpResponse:
    shown, keys = SUBJECTS[name], list(SUBJECTS)
    place = keys.index(name)
    links = MethodLink.objects.visible_to(request.actor).filter(subject=name) if is_user(request.actor) else ()
    context = {
        "subject": shown,
        "playbook": PLAYBOOK,
        "links": list(links),
        "following": SUBJECTS[keys[(place + 1) % len(keys)]],
    }
    return render(request, shown.template, context)


@login_not_required
@require_safe
def subject_slides(request: Request, name: str) -> HttpResponse:
    """The same subject full screen; all of it is on the page, so that no network is needed."""
    context = {"subject": SUBJECTS[name], "title": SUBJECTS[name].title, "slides": slides_of(name), "at": 1}
    return render(request, "method/slides.html", context)
