"""Mijn gegevens, and the photos of people."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.request import Request

from ..forms import PlaceForm, ProfileForm
from ..models import Membership, User, user_of
from ..profiles import Profile
from ..services import members


def profile(request: Request) -> HttpResponse:
    """Name, photo, and per group the school and discipline."""
    user = user_of(request.actor)
    # The form writes into its instance while it checks; the bar keeps showing what is stored.
    profile = Profile.of(User.objects.get(pk=user.pk))
    places = {membership: _place_form(request, membership) for membership in profile.memberships}
    form = ProfileForm(sent(request), request.FILES or None, profile=profile, places=places)
    are_right = all([place.is_valid() for place in places.values()])
    if (
        request.method == "POST"
        and are_right
        and accepted(form, lambda: members.save_profile(actor=user, **form.values()))
    ):
        messages.success(request, _("Je gegevens zijn bewaard."))
        return redirect("groups:profile")
    context = {"form": form, "places": places.items()}
    return render(request, "groups/profile.html", context, status=status_of(form, *places.values()))


def _place_form(request: Request, membership: Membership) -> PlaceForm:
    return PlaceForm(
        sent(request),
        group=membership.group,
        is_participant=not membership.is_coach,
        prefix=f"place-{membership.pk}",
        initial={"school": membership.school_id, "discipline": membership.discipline},
    )


@require_safe
@cache_control(private=True, no_cache=True)
def photo(request: Request, pk: UUID) -> FileResponse:
    """The photo of someone with whom the asker shares a group. A browser keeps it, and asks again each time."""
    person = get_for(request.actor, User, pk)
    if not person.photo:
        raise Http404
    try:
        opened = person.photo.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(opened, content_type="image/webp")
