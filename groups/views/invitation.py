"""The page behind the link of an invitation.

The token is exchanged for the session and a clean address, so that it stands in no history, no Referer and no next
request; looking at the page changes nothing, since mail scanners open every link.
"""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from netwerkleren.base.access import is_user
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.request import Request
from netwerkleren.base.tokens import hash_of

from ..forms import AcceptForm, NewAccountForm
from ..models import INVITATION_DAYS, Invitation, user_of
from ..services import inviting

SESSION_KEY = "invitation"


@login_not_required
@never_cache
@require_safe
def invitation_link(request: Request, token: str) -> HttpResponseBase:
    """GET and HEAD change nothing but this browser's session."""
    invited = _find(hash_of(token))
    if invited is None or not invited.is_open:
        return _private(_ended(request, invited))
    request.session[SESSION_KEY] = invited.token_hash
    return _private(redirect("groups:invitation"))


@login_not_required
@never_cache
@csrf_exempt  # To read the token is to take in the photo: `_accept` does so, when the invitation is open.
@sensitive_post_parameters("password")
def invitation(request: Request) -> HttpResponseBase:
    """The same page for an address that has an account and for one that has none; POST accepts."""
    invited = _find(request.session.get(SESSION_KEY, ""))
    if invited is None or not invited.is_open:
        return _private(_ended(request, invited))
    return _private(_accept(request, invited))


@csrf_protect
def _accept(request: Request, invited: Invitation) -> HttpResponse:
    accept = _accept_signed_in if is_user(request.actor) else _accept_as_new
    return accept(request, invited)


def _accept_as_new(request: Request, invited: Invitation) -> HttpResponse:
    form = NewAccountForm(sent(request), request.FILES or None, invitation=invited)
    if request.method == "POST" and (
        saved := accepted(
            form,
            lambda: inviting.accept_as_new(actor=request.actor, invitation=invited, **form.cleaned_data),
        )
    ):
        del request.session[SESSION_KEY]
        home = reverse("roof:home")
        welcome: HttpResponse = perform_login(
            request, saved.row, email_verification="none", redirect_url=home, signup=True
        )
        return welcome
    context = {"invitation": invited, "group": invited.group, "form": form}
    return render(request, "groups/invitation_new.html", context, status=status_of(form))


def _accept_signed_in(request: Request, invited: Invitation) -> HttpResponse:
    is_for_actor = user_of(request.actor).email.lower() == invited.email.lower()
    form = AcceptForm(sent(request), invitation=invited)
    if request.method == "POST" and accepted(
        form,
        lambda: inviting.accept_signed_in(actor=request.actor, invitation=invited, **form.cleaned_data),
    ):
        del request.session[SESSION_KEY]
        messages.success(request, _("Welkom! Je doet mee."))
        return redirect("roof:home")
    context = {"invitation": invited, "group": invited.group, "form": form, "is_for_actor": is_for_actor}
    return render(request, "groups/invitation_accept.html", context, status=status_of(form))


def _find(digest: str) -> Invitation | None:
    """The invitation whose last mail carried this token; an empty hash finds none."""
    if not digest:
        return None
    return Invitation.objects.select_related("group", "invited_by").filter(token_hash=digest).first()


def _ended(request: Request, invited: Invitation | None) -> HttpResponse:
    """Says why the link does not work, to who holds it: wrong (404), or used, revoked or expired (410)."""
    context = {"invitation": invited, "state": invited.state if invited else "unknown", "days": INVITATION_DAYS}
    return render(request, "groups/invitation_ended.html", context, status=410 if invited else 404)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if response.status_code in (302, 404, 410):
        # These answers still stand at the address with the token. The form's own page keeps the site's policy:
        # under no-referrer a browser sends "Origin: null", and the check against forged requests would refuse it.
        response.headers["Referrer-Policy"] = "no-referrer"
    return response
