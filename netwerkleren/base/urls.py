from django.urls import URLPattern

from . import views
from .access import Who, route

app_name = "base"
urlpatterns: list[URLPattern] = [
    route("live/<str:topic>/", views.topic_version, "topic_version", Who.FOLLOWING, for_module=True),
    route("wie/", views.who, "who", Who.ANYONE),
    route("wacht/<str:release>/", views.parts, "parts", Who.ANYONE),
    route("thema/", views.theme, "theme", Who.ANYONE),
    route("favicon.ico", views.favicon, "favicon", Who.ANYONE),
    route("gezond/", views.healthy, "healthy", Who.ANYONE),
]
