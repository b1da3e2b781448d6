"""A phone that may add for its owner: made and ended by them, or let go on the phone itself."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from netwerkleren.base.access import adds_as
from netwerkleren.base.forms import told
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import OWN_DEVICE_DAYS
from ..own_phone import device_of, forget, remember
from ..services import own_devices
from ..services.devices import OWN_DEVICE


@posts_from("usersessions_list")
def make_own_device(request: Request) -> HttpResponse:
    made = told(
        request,
        lambda: own_devices.make_own_device(
            actor=request.actor, user_agent=request.headers.get("User-Agent", ""), instead_of=device_of(request)
        ),
    )
    response = redirect(reverse("usersessions_list"))
    if made:
        device, token = made.row
        remember(response, device, token)
        request.session[OWN_DEVICE] = str(device.pk)
        said = _("Op deze telefoon kun je nu %(n)d dagen noteren zonder in te loggen.") % {"n": OWN_DEVICE_DAYS}
        messages.success(request, said)
    return response


@posts_from("usersessions_list")
def end_own_device(request: Request, pk: UUID) -> HttpResponse:
    """One that was ended already, or is another's, needs no words: it is not in the list."""
    if own_devices.end_own_device(actor=request.actor, device=pk):
        messages.success(request, _("Daar kun je niet meer noteren zonder in te loggen."))
    return redirect(reverse("usersessions_list"))


@login_not_required
@posts_from("roof:home")
def forget_own_device(request: Request) -> HttpResponse:
    """On the phone itself, also when nobody is signed in on it."""
    device = device_of(request)
    if device is not None:
        own_devices.end_own_device(actor=adds_as(request.actor), device=device.pk)
        messages.success(request, _("Deze telefoon noteert niet meer voor jou."))
    response = redirect("roof:home")
    forget(response)
    return response
