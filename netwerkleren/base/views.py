"""Views of the ground floor: the version of a live topic, the theme, health, and Django's own error pages."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from . import faults, live
from .context import THEMES
from .posts import posts_from
from .request import Request
from .templatetags.ui import in_ms


@login_not_required
@never_cache
@require_GET
def topic_version(request: Request, topic: str) -> HttpResponse:
    """The version of a topic, or 304 when the asker has it (If-None-Match), and the server's time."""
    version = live.version_for(request.actor, topic)
    headers = {"ETag": f'"{version}"'} | _server_time()
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponseNotModified(headers=headers)
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


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's own page has inline styles, which the policy forbids. It may come before the actor is known."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for what nobody foresaw. Where we know what is the matter, it says so, and when to come back."""
    missing = faults.what_is_missing(sys.exc_info()[1])
    if missing is None:
        return HttpResponse(render_to_string("500.html"), status=500)
    page = render_to_string("503.html", {"missing": missing.value})
    return HttpResponse(page, status=503, headers={"Retry-After": "30"})
