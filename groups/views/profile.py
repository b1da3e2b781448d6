"""Mijn gegevens, and the photos of people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from netwerkleren.base.access import get_for

from ..forms import PlaceForm, ProfileForm
from ..models import Membership, User
from ..services import save_profile
from ..services.members import Place


def profile(request: HttpRequest) -> HttpResponse:
    """Name, photo, and per group the school and discipline."""
    user: User = request.user  # type: ignore[assignment]
    # The form writes into its instance while it checks; the bar keeps showing what is stored.
    form = ProfileForm(request.POST or None, request.FILES or None, instance=User.objects.get(pk=user.pk))
    places = [(membership, _place_form(request, membership)) for membership in _memberships(user)]
    if request.method == "POST" and all([form.is_valid(), *(place.is_valid() for _membership, place in places)]):
        save_profile(
            user,
            **form.cleaned_data,
            places={membership: Place(**place.cleaned_data) for membership, place in places},
        )
        messages.success(request, _("Je gegevens zijn bewaard."))
        return redirect("groups:profile")
    return render(request, "groups/profile.html", {"form": form, "places": places})


def _memberships(user: User) -> Any:
    return Membership.objects.current().filter(user=user).select_related("group", "school").order_by("joined")


def _place_form(request: HttpRequest, membership: Membership) -> PlaceForm:
    return PlaceForm(
        request.POST or None,
        group=membership.group,
        is_participant=not membership.is_coach,
        prefix=f"place-{membership.pk}",
        initial={"school": membership.school_id, "discipline": membership.discipline},
    )


@require_safe
@cache_control(private=True, no_cache=True)
def photo(request: HttpRequest, pk: UUID) -> FileResponse:
    """The photo of someone with whom the asker shares a group. A browser keeps it, and asks again each time."""
    person = get_for(request.actor, User, pk)  # type: ignore[attr-defined]
    if not person.photo:
        raise Http404
    try:
        opened = person.photo.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(opened, content_type="image/webp")
