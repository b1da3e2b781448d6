from django.urls import URLPattern

from netwerkleren.base.access import route

from . import group_page, home
from .planning import views as planning

app_name = "roof"
urlpatterns: list[URLPattern] = [
    route("", home.home, "home"),
    route("groepen/", group_page.groups, "groups"),
    route("groepen/<uuid:pk>/", group_page.group, "group"),
    route("groepen/nieuw/", planning.start, "plan"),
    route("groepen/nieuw/controleren/", planning.check, "plan_check"),
    route("groepen/nieuw/opnieuw/", planning.restart, "plan_restart"),
    route("groepen/nieuw/<slug:step>/", planning.step, "plan_step"),
]
