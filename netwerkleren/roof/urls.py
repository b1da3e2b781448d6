from django.urls import URLPattern

from netwerkleren.base.access import Who, route

from . import group_page, home
from .planning import views as planning

app_name = "roof"
urlpatterns: list[URLPattern] = [
    route("", home.home, "home", Who.SIGNED_IN),
    route("groepen/", group_page.groups, "groups", Who.SIGNED_IN),
    route("groepen/<uuid:pk>/", group_page.group, "group", Who.SIGNED_IN),
    route("groepen/nieuw/", planning.start, "plan", Who.COACH),
    route("groepen/nieuw/controleren/", planning.check, "plan_check", Who.COACH),
    route("groepen/nieuw/opnieuw/", planning.restart, "plan_restart", Who.COACH),
    route("groepen/nieuw/<slug:step>/", planning.step, "plan_step", Who.COACH),
]
