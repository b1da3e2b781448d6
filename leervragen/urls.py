from django.urls import URLPattern

from netwerkleren.base.access import Who, route

from .views import answering, asking, clarifying, meetlat, parking, questions, strips, trying, writing

app_name = "leervragen"
urlpatterns: list[URLPattern] = [
    route("bijeenkomsten/<uuid:pk>/leervragen/", asking.leervragen, "leervragen", Who.ADDING),
    route("bijeenkomsten/<uuid:pk>/leervragen/deze-keer-niet/", asking.not_this_time, "not_this_time"),
    route("bijeenkomsten/<uuid:pk>/leervragen/versturen/", asking.send_to_expert, "send_to_expert"),
    route("leervragen/<uuid:pk>/", asking.change, "change"),
    route("leervragen/<uuid:pk>/intrekken/", asking.withdraw, "withdraw"),
    route("groepen/<uuid:pk>/leervragen/", questions.group_questions, "group_questions"),
    route("groepen/<uuid:pk>/leervragen/pdf/", questions.group_questions_pdf, "group_questions_pdf"),
    route("groepen/<uuid:pk>/zoeken/", questions.search, "search"),
    route("groepen/<uuid:pk>/parkeerplaats/", parking.parked, "parked"),
    route("leervragen/<uuid:pk>/meenemen/", parking.take_up, "take_up"),
    route("leervragen/<uuid:pk>/naar-een-expert/", parking.send_parked, "send_parked"),
    route("leervragen/<uuid:pk>/loslaten/", parking.let_go, "let_go"),
    route("leervragen/<uuid:pk>/terug-op-de-parkeerplaats/", parking.lay_back, "lay_back"),
    route("leervragen/<uuid:pk>/schrijf-een-antwoord/", writing.write_answer, "write_answer", Who.SIGNED_IN_OR_GUEST),
    route("leervragen/<uuid:pk>/bedoel-je/", clarifying.clarify, "clarify"),
    route("leervragen/bedoel-je/<uuid:pk>/gelezen/", clarifying.put_aside, "put_aside"),
    route("leervragen/<uuid:pk>/geprobeerd/", trying.tried, "tried"),
    route("leervragen/<uuid:pk>/niet-geprobeerd/", trying.not_tried, "not_tried"),
    route("bijeenkomsten/<uuid:pk>/meetlat/", meetlat.meetlat, "meetlat"),
    route("bijeenkomsten/<uuid:pk>/meetlat/stap/", meetlat.go_to_step, "go_to_step"),
    route("bijeenkomsten/<uuid:pk>/meetlat/minuten/", meetlat.set_minutes, "set_minutes"),
    route("bijeenkomsten/<uuid:pk>/meetlat/nieuw/", meetlat.quick_add, "quick_add"),
    route("bijeenkomsten/<uuid:pk>/meetlat/afronden/", meetlat.finish, "finish"),
    route("bijeenkomsten/<uuid:pk>/meetlat/afronden/terug/", meetlat.undo_finish, "undo_finish"),
    route("bijeenkomsten/<uuid:pk>/meetlat/terugkijken/", meetlat.look_back, "look_back"),
    route("leervragen/<uuid:pk>/verplaatsen/", strips.move, "move"),
    route("leervragen/<uuid:pk>/groeperen/", strips.group, "group"),
    route("leervragen/<uuid:pk>/uit-de-groep/", strips.ungroup, "ungroup"),
    route("leervragen/groepen/<uuid:pk>/naam/", strips.name_group, "name_group"),
    route("leervragen/<uuid:pk>/vandaag/", meetlat.choose_for_today, "choose_for_today"),
    route("leervragen/<uuid:pk>/beginnen/", answering.begin, "begin"),
    route("leervragen/<uuid:pk>/antwoord/", answering.answer, "answer"),
    route("leervragen/<uuid:pk>/afloop/", answering.end, "end"),
    route("leervragen/<uuid:pk>/volgende-vraag/", answering.go_on, "go_on"),
    route("leervragen/<uuid:pk>/ook-hiermee-beantwoord/", answering.answer_too, "answer_too"),
    route("leervragen/<uuid:pk>/vraag-erbij/", answering.ask_beside, "ask_beside"),
]
