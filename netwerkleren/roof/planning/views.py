"""Pages of the wizard: a step each, and the page to check."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from netwerkleren.base.access import require

from .draft import CHECK, STEPS, Draft, StepMissing
from .forms import planned
from .services import make_traject

ORDER = [*STEPS, CHECK]


def start(request: HttpRequest) -> HttpResponse:
    require(request.actor, "groups.add_networkgroup")  # type: ignore[attr-defined]
    return redirect("roof:plan_step", ORDER[0])


def step(request: HttpRequest, step: str) -> HttpResponse:
    """GET shows what was typed before; POST keeps it and goes on, or back with `go=back`."""
    require(request.actor, "groups.add_networkgroup")  # type: ignore[attr-defined]
    if step not in STEPS:
        raise Http404
    draft = Draft(request.session, request.actor)  # type: ignore[attr-defined]
    try:
        if request.method == "POST":
            draft.keep(step, request.POST)
        form = draft.form(step, check=request.method == "POST")
    except StepMissing as missing:
        return redirect("roof:plan_step", missing.step)
    if request.method == "POST" and (request.POST.get("go") == "back" or form.is_valid()):
        return redirect("roof:plan_step", _beside(step, -1 if request.POST.get("go") == "back" else 1))
    return render(request, f"roof/plan_{step}.html", {"form": form, **_around(draft, step)})


def check(request: HttpRequest) -> HttpResponse:
    """Everything on one page; POST makes it, and with `publish` sends the invitations too."""
    require(request.actor, "groups.add_networkgroup")  # type: ignore[attr-defined]
    draft = Draft(request.session, request.actor)  # type: ignore[attr-defined]
    if request.method == "POST" and draft.just_made:
        return redirect("roof:group", draft.just_made)
    try:
        plan = draft.checked()
        if request.method == "POST":
            return _make(request, draft, plan)
    except StepMissing as missing:
        messages.info(request, _("Deze stap is nog niet af."))
        return redirect("roof:plan_step", missing.step)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    context = {"plan": plan, "planned": planned(plan["introduction_at"], plan["dates"]), **_around(draft, CHECK)}
    return render(request, "roof/plan_controleren.html", context)


@require_POST
def restart(request: HttpRequest) -> HttpResponse:
    """Throws away what was typed; nothing was made of it yet."""
    require(request.actor, "groups.add_networkgroup")  # type: ignore[attr-defined]
    Draft(request.session, request.actor).forget()  # type: ignore[attr-defined]
    return redirect("roof:plan_step", ORDER[0])


def _make(request: HttpRequest, draft: Draft, plan: dict[str, Any]) -> HttpResponse:
    publish = "publish" in request.POST
    values = {name: plan[name] for name in ("name", "theme", "theme_is_given", "people", "place", "dates")}
    group = make_traject(
        request.actor,  # type: ignore[attr-defined]
        group_id=draft.group_id,
        introduction_at=plan["introduction_at"],
        network_count=plan["network_count"],
        publish=publish,
        **values,
    )
    draft.forget(made=group.pk)
    said = _("Het traject staat klaar. De uitnodigingen zijn onderweg.") if publish else _("Het traject staat klaar.")
    messages.success(request, said)
    return redirect("roof:group", group.pk)


def _beside(step: str, by: int) -> str:
    return ORDER[max(ORDER.index(step) + by, 0)]


def _around(draft: Draft, step: str) -> dict[str, Any]:
    """What every page of the wizard shows: the steps, and where one is."""
    at = ORDER.index(step)
    labels = {**STEPS, CHECK: _("Controleren")}
    return {
        "steps": [(name, labels[name], index < at) for index, name in enumerate(ORDER)],
        "step": step,
        "is_first": at == 0,
        "has_typed": bool(draft.kept["steps"]),
    }
