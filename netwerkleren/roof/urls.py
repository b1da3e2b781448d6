from django.urls import URLPattern, register_converter

from netwerkleren.base.access import Who, route
from netwerkleren.base.words import words

from . import first_visit, group_page, home, papers, view_as
from .planning import views as planning
from .planning.draft import IN_ADDRESS

register_converter(words(IN_ADDRESS), "plan_step")
register_converter(words(first_visit.STEPS_IN_ADDRESS), "first_step")
register_converter(words(papers.PAPERS_IN_ADDRESS), "paper")

app_name = "roof"
urlpatterns: list[URLPattern] = [
    route("", home.home, "home"),
    route("over/<paper:name>/", papers.paper, "paper", Who.ANYONE),
    route("groepen/", group_page.groups, "groups"),
    route("groepen/<uuid:pk>/", group_page.group, "group"),
    route("groepen/<uuid:pk>/eerste-keer/<first_step:step>/", first_visit.first_step, "first_step"),
    route("groepen/<uuid:pk>/als-deelnemer/", view_as.group_as, "group_as"),
    route("groepen/<uuid:pk>/als-deelnemer/vandaag/", view_as.today_as, "today_as"),
    route("groepen/<uuid:pk>/als-deelnemer/fragmenten/", view_as.clips_as, "clips_as"),
    route("bijeenkomsten/<uuid:pk>/als-deelnemer/", view_as.meeting_as, "meeting_as"),
    route("bijeenkomsten/<uuid:pk>/als-deelnemer/leervragen/", view_as.leervragen_as, "leervragen_as"),
    route("op-je-telefoon/", first_visit.on_phone, "on_phone"),
    route("groepen/nieuw/", planning.plan, "plan"),
    route("groepen/nieuw/controleren/", planning.plan_check, "plan_check"),
    route("groepen/nieuw/opnieuw/", planning.plan_restart, "plan_restart"),
    route("groepen/nieuw/<plan_step:step>/", planning.plan_step, "plan_step"),
]
