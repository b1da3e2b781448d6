"""The demo's own pages: one click to be someone, and the mail that the portal sent."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from groups.models import User
from meetings.guests import mint_link
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from .accounts import DOMAIN
from .mailbox import all_mail, find_mail


@login_not_required
@posts_from("account_login")
def sign_in(request: Request, key: str) -> HttpResponse:
    """Logs in as one of the demo's people."""
    user = get_object_or_404(User, email=f"{key}@{DOMAIN}", is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    # allauth notes a session at its own login only.
    UserSession.objects.create_from_request(request)
    return redirect("admin:index" if user.is_staff and not user.is_coach else "roof:home")


@login_not_required
@posts_from("account_login")
def expert(request: Request) -> HttpResponse:
    """Goes in as the expert of the meeting that is on or comes next, else of the last one, by a fresh link like the one
    in a mail.
    """
    invitations = ExpertInvitation.objects.asked().select_related("meeting").order_by("meeting__starts_at")
    to_come = invitations.filter(meeting__state__in=[Meeting.State.RUNNING, Meeting.State.PLANNED])
    invitation = to_come.first() or invitations.filter(meeting__state=Meeting.State.ENDED).last()
    if invitation is None:
        raise Http404
    return HttpResponseRedirect(reverse("meetings:expert_link", args=[mint_link(invitation)]))


@login_not_required
@require_GET
def mailbox(request: Request) -> HttpResponse:
    return render(request, "roof/demo_mailbox.html", {"mails": all_mail()[:200]})


@login_not_required
@require_GET
def mail(request: Request, name: str, number: int) -> HttpResponse:
    found = find_mail(name, number)
    if found is None:
        raise Http404
    return render(request, "roof/demo_mail.html", {"mail": found})
