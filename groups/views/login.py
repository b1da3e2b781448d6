"""How one logs in, and where: the offer of a passkey right after joining, and the devices that one ends."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..devices import DeviceForm
from ..models import memberships_of, user_of
from ..services import devices


@require_GET
def welcome(request: Request) -> HttpResponse:
    """Who has just made an account may log in without its password from the next time on."""
    has_group = any(own.group.closed_at is None for own in memberships_of(request.actor))
    return render(request, "groups/welcome.html", {"has_group": has_group})


@posts_from("usersessions_list")
def end_device(request: Request) -> HttpResponse:
    """One that was ended already needs no words: it is not in the list any more."""
    form = DeviceForm(request.POST, user=user_of(request.actor))
    if form.is_valid():
        devices.end_device(actor=request.actor, device=form.cleaned_data["device"])
        messages.success(request, _("Dat apparaat is uitgelogd."))
    return redirect(reverse("usersessions_list"))
