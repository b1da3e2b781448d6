"""Views of the ground floor: the version of a live topic, who is signed in, the theme, health, and error pages."""

import sys
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from . import faults, live, unsent
from .access import DeviceThatAdds, Who, is_user, who_may_enter
from .context import THEMES, hidden_parts
from .posts import posts_from
from .request import Request
from .templatetags.ui import in_ms

STALE_FORM = "X-Stale-Token"
"""Tells a 403 for the form's token from one that says no (`static/js/shared/csrf.js`)."""
SENDS_TO = "X-Sends-To"
"""To which address a page is about to post (`static/js/shared/who.js`)."""


@login_not_required
@never_cache
@require_GET
def topic_version(request: Request, topic: str) -> HttpResponse:
    """The version of a topic, or 304 when the asker has it (If-None-Match), and the server's time."""
    version = live.version_for(request.actor, topic)
    headers = {"ETag": f'"{version}"'} | _server_time()
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return live.NothingNew(headers=headers)
    return JsonResponse({"version": version}, headers=headers)


@login_not_required
@posts_from(lambda _row: "/")
def theme(request: Request) -> HttpResponse:
    """Keeps the chosen theme in a cookie for a year; anything else than light or dark follows the system."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=31_536_000, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("theme")
    return response


@login_not_required
@require_GET
def healthy(request: Request) -> HttpResponse:
    """For a load balancer: this process answers. For a page that lost the time: the server's."""
    return HttpResponse("ok", content_type="text/plain", headers=_server_time())


def _server_time() -> dict[str, str]:
    """What static/js/shared/server-time.js hears."""
    return {"X-Server-Now": in_ms(timezone.now())}


@login_not_required
@require_GET
def favicon(request: Request) -> HttpResponse:
    """Browsers ask for this address by themselves where no page names an icon, such as beside a PDF."""
    return HttpResponseRedirect(static("img/favicon.ico"))


@login_not_required
@never_cache
@require_GET
def who(request: Request) -> JsonResponse:
    """Who is signed in in this browser now, "" for nobody, and the token with which they may post.

    A page asks before it posts: it may stand open since before someone else signed in. Only our own pages can read it.
    An own phone is its owner's where it says that it sends to an address that takes what is added; else it is nobody's.
    """
    actor = request.actor
    if isinstance(actor, DeviceThatAdds):
        account = str(actor.owner.pk) if _takes_what_is_added(request.headers.get(SENDS_TO, "")) else ""
    else:
        account = str(actor.pk) if is_user(actor) else ""
    return JsonResponse({"account": account, "token": get_token(request)})


def _takes_what_is_added(address: str) -> bool:
    try:
        match = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return False
    return who_may_enter(match.func, match.namespaces, match.url_name) is Who.ADDING


@login_not_required
@require_GET
def parts(request: Request, release: str) -> HttpResponse:
    """What pages show when something cannot be sent: the same to everyone, and kept by the browser for this release."""
    response = HttpResponse(hidden_parts())
    response.headers["Cache-Control"] = "max-age=31536000, immutable"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Nothing was done, and what was typed is shown again. It may come before the actor is known.

    A module is told by a header that it may try again with a fresh token, if the account is still the same.
    """
    if "text/html" not in request.headers.get("Accept", ""):
        sentence = _("De pagina stond te lang open. Laad haar opnieuw.")
        answer = HttpResponse(sentence, status=403, content_type="text/plain; charset=utf-8")
    else:
        context = {"texts": unsent.texts_of(request), "form_url": unsent.form_of(request)}
        answer = render(request, "403_csrf.html", context, status=403)
    answer.headers[STALE_FORM] = "1"
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for what nobody foresaw. Where we know what is the matter, it says so, and when to come back."""
    missing = faults.what_is_missing(sys.exc_info()[1])
    if missing is None:
        return HttpResponse(render_to_string("500.html"), status=500)
    page = render_to_string("503.html", {"missing": missing.value})
    return HttpResponse(page, status=503, headers={"Retry-After": "30"})
