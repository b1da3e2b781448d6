"""Pages of the wizard: a step each, and the page to check."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from meetings.dates import DAYS_BEFORE
from meetings.models import FreeWeek
from netwerkleren.base.access import require
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.forms import status_of, told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from .draft import CHECK, PLAN_STEPS, BothTabs, Draft, StepMissing
from .forms import DatesForm, MeetingsForm, planned
from .services import traject

ORDER = [*PLAN_STEPS, CHECK]


def plan(request: Request) -> HttpResponse:
    require(request.actor, "groups.add_networkgroup")
    return redirect("roof:plan_step", ORDER[0])


def plan_step(request: Request, step: str) -> HttpResponse:
    """GET shows what was typed before; POST keeps it and goes on, or back with `go=back`."""
    require(request.actor, "groups.add_networkgroup")
    draft = Draft(request.session, request.actor)
    try:
        if request.method == "POST":
            draft.keep(step, request.POST)
        form = draft.form(step, check=request.method == "POST")
    except StepMissing as missing:
        return redirect("roof:plan_step", missing.step)
    except WrittenMeanwhile as conflict:
        # Caught here by hand: what is kept is text in a session, right or wrong, and passes by no form.
        form = draft.form(step, typed=request.POST.dict())
        context = {"form": form, "both": BothTabs(form, conflict.current, draft.version(step)), **_around(draft, step)}
        context["version"] = request.POST.get("version", "")  # only the button takes the other one over
        return render(request, f"roof/plan_{step}.html", context, status=409)
    if isinstance(form, MeetingsForm | DatesForm):
        form.free = FreeWeek.objects.ahead_for(request.actor).as_facts()
    if request.method == "POST" and (request.POST.get("go") == "back" or form.is_valid()):
        return redirect("roof:plan_step", _beside(step, -1 if request.POST.get("go") == "back" else 1))
    return render(request, f"roof/plan_{step}.html", {"form": form, **_around(draft, step)}, status=status_of(form))


def plan_check(request: Request) -> HttpResponse:
    """Everything on one page; POST makes it, and with `publish` sends the invitations too."""
    require(request.actor, "groups.add_networkgroup")
    draft = Draft(request.session, request.actor)
    if request.method == "POST" and draft.just_made:
        return redirect("roof:group", draft.just_made)
    try:
        plan = draft.checked()
    except StepMissing as missing:
        messages.info(request, _("Deze stap is nog niet af."))
        return redirect("roof:plan_step", missing.step)
    publish = "publish" in request.POST
    if request.method == "POST" and (saved := told(request, lambda: _make(draft, plan, publish=publish))):
        draft.forget(made=saved.row.pk)
        messages.success(request, _said_of_made(publish))
        return redirect("roof:group", saved.row.pk)
    context = {
        "plan": plan,
        "planned": planned(plan["introduction_at"], plan["dates"]),
        "days_before": DAYS_BEFORE,
        "free": FreeWeek.objects.ahead_for(request.actor).as_facts(),
        **_around(draft, CHECK),
    }
    # A POST comes here only when it was refused; its sentences stand above.
    return render(request, "roof/plan_check.html", context, status=422 if request.method == "POST" else 200)


@posts_from("roof:plan")
def plan_restart(request: Request) -> HttpResponse:
    """Throws away what was typed; nothing was made of it yet."""
    require(request.actor, "groups.add_networkgroup")
    Draft(request.session, request.actor).forget()
    return redirect("roof:plan_step", ORDER[0])


def _make(draft: Draft, plan: dict[str, Any], *, publish: bool) -> NetworkGroup:
    names = ("name", "theme", "theme_is_given", "people", "introduction_at", "network_count", "place", "dates")
    values = {name: plan[name] for name in names}
    return traject.make_traject(actor=draft.actor, group_id=draft.group_id, publish=publish, **values)


def _said_of_made(published: bool) -> str:
    if published:
        return _("Het traject staat klaar. De uitnodigingen zijn onderweg.")
    return _("Het traject staat klaar.")


def _beside(step: str, by: int) -> str:
    return ORDER[max(ORDER.index(step) + by, 0)]


def _around(draft: Draft, step: str) -> dict[str, Any]:
    """What every page of the wizard shows: the steps, and where one is."""
    at = ORDER.index(step)
    labels = {**PLAN_STEPS, CHECK: _("Controleren")}
    return {
        "steps": [(name, labels[name], index < at) for index, name in enumerate(ORDER)],
        "step": step,
        "version": draft.version(step) if step in PLAN_STEPS else "",
        "is_first": at == 0,
        "has_typed": bool(draft.kept["steps"]),
    }
