"""Someone's own calendar: the page on which its secret address is made, and what stands behind that address."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from groups.models import user_of
from netwerkleren.base import limits
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.mail import absolute
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request
from netwerkleren.base.tokens import hash_of

from ..calendar import feed_of
from ..models import CalendarFeed
from ..services import feeds


class FeedForm(forms.Form):
    with_deadlines = forms.BooleanField(label=gettext_lazy("Zet ook de deadlines erin"), required=False, initial=True)


@never_cache
def my_calendar(request: Request) -> HttpResponse:
    """POST makes an address, and shows it once: only its hash is kept."""
    form = FeedForm(sent(request))
    token = ""
    if request.method == "POST" and (
        saved := accepted(form, lambda: feeds.renew_feed(actor=request.actor, **form.cleaned_data))
    ):
        token = saved.row
    address = absolute(reverse("meetings:feed", args=[token])) if token else ""
    context = {
        "form": form,
        "feed": CalendarFeed.objects.filter(user=user_of(request.actor)).first(),
        "address": address,
        "webcal": f"webcal://{urlsplit(settings.BASE_URL).netloc}{urlsplit(address).path}" if token else "",
    }
    return render(request, "meetings/my_calendar.html", context, status=status_of(form))


@posts_from("meetings:my_calendar")
def end_calendar(request: Request) -> HttpResponse:
    feeds.end_feed(actor=request.actor)
    messages.success(request, _("Je agenda-adres is weg. Wie het had, ziet niets meer."))
    return redirect("meetings:my_calendar")


@login_not_required
@never_cache
@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """What a calendar program fetches, without a cookie. A wrong, an ended and a renewed address are one 404."""
    limits.check_feed(request)
    found = CalendarFeed.objects.live().filter(token_hash=hash_of(token)).select_related("user").first()
    if found is None:
        limits.count_wrong_feed(request)
        response = HttpResponse(_("Dit agenda-adres werkt niet (meer)."), status=404, content_type="text/plain")
    else:
        response = HttpResponse(feed_of(found), content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
