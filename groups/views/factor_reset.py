"""The page behind the link with which someone who lost the second step takes it off, as `invitation.py` does it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from netwerkleren.base import limits
from netwerkleren.base.access import is_user
from netwerkleren.base.forms import accepted, is_about, sent, status_of
from netwerkleren.base.request import Request
from netwerkleren.base.tokens import hash_of

from ..account_forms import OwnPasswordForm
from ..models import INVITATION_DAYS, FactorReset
from ..services import factor_resets

SESSION_KEY = "factor_reset"


@login_not_required
@never_cache
@require_safe
def factor_link(request: Request, token: str) -> HttpResponseBase:
    """GET and HEAD change nothing but this browser's session."""
    limits.check_link(request)
    reset = _find(hash_of(token))
    if reset is None:
        limits.count_wrong_link(request)
        return _private(_ended(request))
    request.session[SESSION_KEY] = reset.token_hash
    return _private(redirect("groups:factor_reset"))


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def factor_reset(request: Request) -> HttpResponseBase:
    """Who gives the password of the account takes off its second step."""
    reset = _find(request.session.get(SESSION_KEY, ""))
    if reset is None:
        return _private(_ended(request))
    is_meant = is_about(request, reset.token_hash)
    form = OwnPasswordForm(sent(request) if is_meant else None, user=reset.user, request=request)
    if (
        request.method == "POST"
        and is_meant
        and accepted(form, lambda: factor_resets.take_off_factors(actor=request.actor, reset=reset))
    ):
        del request.session[SESSION_KEY]
        if is_user(request.actor):
            logout(request)
        messages.success(request, _("Je tweede stap is weg. Log in, en zet een nieuwe aan."))
        return redirect("account_login")
    status = 409 if request.method == "POST" and not is_meant else status_of(form)
    return _private(render(request, "groups/factor_reset.html", {"reset": reset, "form": form}, status=status))


def _find(digest: str) -> FactorReset | None:
    """The one whose last mail carried this token, while it is open; an empty hash finds none."""
    if not digest:
        return None
    return FactorReset.objects.open().select_related("user").filter(token_hash=digest).first()


def _ended(request: Request) -> HttpResponse:
    return render(request, "groups/factor_reset_ended.html", {"days": INVITATION_DAYS}, status=404)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if response.status_code in (302, 404):
        response.headers["Referrer-Policy"] = "no-referrer"
    return response
