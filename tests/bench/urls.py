"""The portal's addresses plus the bare page that the others are measured against."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template

from meetings.models import AgendaItem
from netwerkleren.base.access import route
from netwerkleren.urls import urlpatterns as portal_urlpatterns

BARE = Template(
    "<!doctype html><title>Kaal</title><ul>{% for item in items %}<li>{{ item.title }}</li>{% endfor %}</ul>"
)


def bare(request: HttpRequest) -> HttpResponse:
    """The same middleware, a signed-in user, one query of 20 rows, one template."""
    return HttpResponse(BARE.render(Context({"items": AgendaItem.objects.order_by("pk")[:20]})))


urlpatterns = [route("bench/kaal/", bare, "bare"), *portal_urlpatterns]
