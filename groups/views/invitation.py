"""The page behind the link of an invitation.

The token is exchanged for the session and a clean address, so that it stands in no history, no Referer and no next
request; looking at the page changes nothing, since mail scanners open every link.
"""

from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from netwerkleren.base import limits
from netwerkleren.base.access import is_user
from netwerkleren.base.forms import accepted, is_about, sent, status_of
from netwerkleren.base.request import Request
from netwerkleren.base.text import one_line
from netwerkleren.base.tokens import hash_of

from ..forms import AcceptForm, NewAccountForm
from ..in_room import SESSION_KEY, forget_held, held, mark_of
from ..models import INVITATION_DAYS, Invitation, Membership, user_of
from ..points import plan_ahead_of
from ..services import inviting

KEPT_KEY = "invitation_kept"
KEPT_MINUTES = 60
"""How long a password that was chosen is kept while something else on the page was wrong."""

TYPED = ("name", "school_name", "school_place", "discipline")


@login_not_required
@never_cache
@require_safe
def invitation_link(request: Request, token: str) -> HttpResponseBase:
    """GET and HEAD change nothing but this browser's session."""
    limits.check_link(request)
    invited = Invitation.objects.by_token(hash_of(token))
    if invited is None:
        limits.count_wrong_link(request)
    if invited is None or not invited.is_open:
        return _private(_ended(request, invited))
    forget_held(request)
    request.session[SESSION_KEY] = invited.token_hash
    return _private(redirect("groups:invitation"))


@login_not_required
@never_cache
@csrf_exempt  # To read the token is to take in the photo: `_accept` does so, when the invitation is open.
@sensitive_post_parameters("password")
def invitation(request: Request) -> HttpResponseBase:
    """The same page for an address that has an account and for one that has none; POST accepts."""
    invited = held(request)
    if invited is None or not invited.is_open:
        return _private(_ended(request, invited))
    return _private(_accept(request, invited))


@csrf_protect
def _accept(request: Request, invited: Invitation) -> HttpResponse:
    if request.method == "POST" and not is_about(request, mark_of(request)):
        return _another(request, invited)
    accept = _accept_signed_in if is_user(request.actor) else _accept_as_new
    return accept(request, invited)


def _accept_as_new(request: Request, invited: Invitation) -> HttpResponse:
    kept = _kept_password(request, invited)
    form = NewAccountForm(sent(request), request.FILES or None, invitation=invited, has_password=bool(kept))
    if request.method == "POST" and (
        saved := accepted(
            form,
            lambda: inviting.accept_as_new(
                actor=request.actor, invitation=invited, password_hash=kept, **form.cleaned_data
            ),
        )
    ):
        forget_held(request)
        request.session.pop(KEPT_KEY, None)
        offer = reverse("groups:welcome")
        welcome: HttpResponse = perform_login(
            request, saved.row, email_verification="none", redirect_url=offer, signup=True
        )
        # Who chose a password this minute is not asked for it again when they make a passkey.
        reauthenticate_by_password(request)
        return welcome
    if chosen := form.good_password:
        _keep_password(request, invited, chosen)
        form.needs_no_password()
    context = {**_about(request, invited), "form": form}
    return render(request, "groups/invitation_new.html", context, status=status_of(form))


def _keep_password(request: Request, invited: Invitation, password: str) -> None:
    """For the next round. It stands in no page: a page is kept by the browser, and is read over a shoulder.

    What the server keeps is the hash that the account will get, for this invitation and for an hour.
    """
    until = timezone.now() + timedelta(minutes=KEPT_MINUTES)
    request.session[KEPT_KEY] = [str(invited.pk), until.timestamp(), make_password(password)]


def _kept_password(request: Request, invited: Invitation) -> str:
    """The hash of the password that was chosen in an earlier round, or nothing."""
    about, until, kept = request.session.get(KEPT_KEY, ("", 0, ""))
    return kept if about == str(invited.pk) and timezone.now().timestamp() < until else ""


def _accept_signed_in(request: Request, invited: Invitation) -> HttpResponse:
    is_for_actor = user_of(request.actor).email.lower() == invited.email.lower()
    form = AcceptForm(sent(request), invitation=invited, initial=_known_of(request, invited))
    if request.method == "POST" and accepted(
        form,
        lambda: inviting.accept_signed_in(actor=request.actor, invitation=invited, **form.cleaned_data),
    ):
        forget_held(request)
        messages.success(request, _("Welkom! Je doet mee."))
        return redirect("roof:home")
    context = {**_about(request, invited), "form": form, "is_for_actor": is_for_actor}
    return render(request, "groups/invitation_accept.html", context, status=status_of(form))


def _known_of(request: Request, invited: Invitation) -> dict[str, Any]:
    """What someone who is or was in the group said of their place there: it is not asked twice, nor lost."""
    own = Membership.objects.filter(user=user_of(request.actor), group=invited.group).first() if invited.group else None
    return {"school": own.school_id, "discipline": own.discipline} if own else {}


def _another(request: Request, invited: Invitation) -> HttpResponse:
    """What came is from the page of another invitation, or does not say of which: says which one this is, and keeps
    what fits here too. A school that was picked is one of the other group.
    """
    context = {**_about(request, invited), "was_about_another": True}
    typed = {name: one_line(request.POST[name]) for name in TYPED if name in request.POST}
    if is_user(request.actor):
        context["form"] = AcceptForm(invitation=invited, initial={**_known_of(request, invited), **typed})
        context["is_for_actor"] = user_of(request.actor).email.lower() == invited.email.lower()
        return render(request, "groups/invitation_accept.html", context, status=409)
    initial = {"name": invited.name, **typed}
    kept = bool(_kept_password(request, invited))
    context["form"] = NewAccountForm(invitation=invited, has_password=kept, initial=initial)
    return render(request, "groups/invitation_new.html", context, status=409)


def _about(request: Request, invited: Invitation) -> dict[str, Any]:
    """What one is invited to, in words."""
    plan = plan_ahead_of(invited.group)
    return {"invitation": invited, "group": invited.group, "plan": plan, "mark": mark_of(request)}


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
