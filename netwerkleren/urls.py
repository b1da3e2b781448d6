"""Every address of the portal. Who may enter stands beside each route (`netwerkleren.base.access.route`)."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from groups.admin import beheer

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("netwerkleren.roof.urls")),
    path("", include("netwerkleren.method.urls")),
    path("", include("netwerkleren.base.urls")),
    path("", include("groups.urls")),
    path("", include("meetings.urls")),
    path("", include("video_feedback.urls")),
    path("", include("leervragen.urls")),
    path("", include("reports.urls")),
    path("account/", include("allauth.urls")),
    path("beheer/", beheer.urls),
]

handler500 = "netwerkleren.base.views.server_error"

if settings.DEMO:
    urlpatterns.append(path("demo/", include("netwerkleren.roof.demo.urls")))
