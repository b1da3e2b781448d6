from django.urls import URLPattern

from netwerkleren.base.access import Who, route

from .views import answering, asking, meetlat, strips

app_name = "leervragen"
urlpatterns: list[URLPattern] = [
    route("bijeenkomsten/<uuid:pk>/leervragen/", asking.leervragen, "list", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/leervragen/deze-keer-niet/", asking.not_this_time, "not_this_time", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/leervragen/versturen/", asking.send_to_expert, "send", Who.SIGNED_IN),
    route("leervragen/<uuid:pk>/", asking.change, "change", Who.SIGNED_IN),
    route("leervragen/<uuid:pk>/intrekken/", asking.withdraw, "withdraw", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/meetlat/", meetlat.meetlat, "meetlat", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/meetlat/stap/", meetlat.go_to_step, "go_to_step", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/meetlat/minuten/", meetlat.set_minutes, "set_minutes", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/meetlat/nieuw/", meetlat.quick_add, "quick_add", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/meetlat/afronden/", meetlat.finish, "finish", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/meetlat/terugkijken/", meetlat.look_back, "look_back", Who.SIGNED_IN),
    route("leervragen/<uuid:pk>/verplaatsen/", strips.move, "move", Who.SIGNED_IN),
    route("leervragen/<uuid:pk>/groeperen/", strips.group, "group", Who.SIGNED_IN),
    route("leervragen/<uuid:pk>/uit-de-groep/", strips.ungroup, "ungroup", Who.SIGNED_IN),
    route("leervragen/groepen/<uuid:pk>/naam/", strips.name_group, "name_group", Who.SIGNED_IN),
    route("leervragen/<uuid:pk>/vandaag/", meetlat.choose_for_today, "choose_for_today", Who.SIGNED_IN),
    route("leervragen/<uuid:pk>/beginnen/", answering.begin, "begin", Who.SIGNED_IN),
    route("leervragen/<uuid:pk>/antwoord/", answering.answer, "answer", Who.SIGNED_IN),
    route("leervragen/<uuid:pk>/afloop/", answering.end, "end", Who.SIGNED_IN),
]
