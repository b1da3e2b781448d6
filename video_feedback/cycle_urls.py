"""The round of a pair and talentmomenten beside the film: pages, buttons, and what of it goes on paper."""

from django.urls import URLPattern

from netwerkleren.base.access import route

from .views import cycle_papers, cycles, talentmomenten

urlpatterns: list[URLPattern] = [
    route("groepen/<uuid:pk>/samen-filmen/", cycles.film_cycles, "film_cycles"),
    route("groepen/<uuid:pk>/samen-filmen/begin/", cycles.begin_cycle, "begin_cycle"),
    route("groepen/<uuid:pk>/samen-filmen/stappen/", cycles.film_plan, "film_plan"),
    route("groepen/<uuid:pk>/samen-filmen/formulier/", cycle_papers.observation_form, "observation_form"),
    route("samen-filmen/<uuid:pk>/", cycles.film_cycle, "film_cycle"),
    route("samen-filmen/<uuid:pk>/doel/", cycles.change_cycle, "change_cycle"),
    route("samen-filmen/<uuid:pk>/stap/", cycles.take_step, "take_step"),
    route("samen-filmen/<uuid:pk>/fragment/<uuid:clip_pk>/", cycles.put_clip, "put_clip"),
    route("samen-filmen/<uuid:pk>/nagesprek/", cycles.debrief, "debrief"),
    route("samen-filmen/<uuid:pk>/bijstellen/", cycles.adjust_goal, "adjust_goal"),
    route("samen-filmen/<uuid:pk>/coach/", cycles.ask_coach, "ask_coach"),
    route("samen-filmen/<uuid:pk>/agenda/", cycle_papers.cycle_calendar, "cycle_calendar"),
    route("samen-filmen/<uuid:pk>/pdf/", cycle_papers.cycle_pdf, "cycle_pdf"),
    route("samen-filmen/<uuid:pk>/formulier/", cycle_papers.cycle_form, "cycle_form"),
    route("talentmomenten/<uuid:pk>/fragment/", talentmomenten.show_on_wall, "show_on_wall"),
    route("talentmomenten/activeringskaart/", talentmomenten.activation_card, "activation_card"),
    route("talentmomenten/activeringskaart/pdf/", talentmomenten.activation_card_pdf, "activation_card_pdf"),
]
