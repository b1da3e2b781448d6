"""One's own data as a zip, and the end of one's own account. Both ask who it is, unless that was asked just now."""

from collections.abc import Callable
from functools import partial, wraps

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from netwerkleren.base import audit
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.limits import OWN_DATA
from netwerkleren.base.middleware import actor_now
from netwerkleren.base.request import Request

from ..emails import say_goodbye
from ..forms import DeleteAccountForm
from ..models import user_of
from ..own_data import parts_of, zip_of
from ..services import accounts

View = Callable[[Request], HttpResponseBase]


def after_signing_in_again(view: View) -> View:
    """Asks for the password, or what else someone signs in with, unless that was asked a few minutes ago.

    A post is not kept until then, as allauth would: what it goes on with has no actor. The form is shown anew.
    """
    asking: View = reauthentication_required(view)

    @wraps(view)
    def asked(request: Request) -> HttpResponseBase:
        try:
            return asking(request)
        except ReauthenticationRequired:
            if request.method == "POST":
                return redirect(request.path)
            raise

    return asked


@after_signing_in_again
@require_GET
def own_data(request: Request) -> HttpResponseBase:
    """Sent while it is made, so nothing of it lies on our disk."""
    user = user_of(request.actor)
    OWN_DATA.use(user.pk)
    audit.record(request.actor, "account.exported", user)
    pieces = zip_of(parts_of(user), partial(actor_now, request))
    name = f"netwerkleren-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)


@after_signing_in_again
def delete_account(request: Request) -> HttpResponse:
    form = DeleteAccountForm(sent(request))
    if request.method == "POST" and (saved := accepted(form, lambda: accounts.delete_account(actor=request.actor))):
        logout(request)
        say_goodbye(saved.row)
        return redirect("groups:account_gone")
    return render(request, "groups/account_delete.html", {"form": form}, status=status_of(form))


@login_not_required
@never_cache
@require_GET
def account_gone(request: Request) -> HttpResponse:
    return render(request, "groups/account_gone.html")
