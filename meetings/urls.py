from django.urls import URLPattern, register_converter

from netwerkleren.base.access import Who, route
from netwerkleren.base.words import words

from .views import agenda, evaluation, expert, guest, lead, meeting

LEAD_STEPS = {"start": "start", "pause": "stil", "resume": "verder", "end": "einde"}
LEAD_ITEM_STEPS = {"go_to": "naar", "put_off": "later", "extend": "plus"}
register_converter(words(LEAD_STEPS), "lead_step")
register_converter(words(LEAD_ITEM_STEPS), "lead_item_step")

app_name = "meetings"
urlpatterns: list[URLPattern] = [
    route("bijeenkomsten/", meeting.list_meetings, "list", Who.SIGNED_IN),
    route("bijeenkomsten/data/<uuid:group_pk>/", meeting.dates, "dates", Who.COACH),
    route("bijeenkomsten/<uuid:pk>/", meeting.detail, "detail", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/nu/", meeting.now, "now", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/agenda.ics", meeting.calendar, "calendar", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/voorbereiding/", meeting.preparation, "preparation", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/voorbereiding/vink/", meeting.tick, "tick", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/gegevens/", meeting.edit, "edit", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/vervalt/", meeting.cancel, "cancel", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/heropen/", meeting.reopen, "reopen", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/anders/<uuid:point_pk>/", meeting.tick_point, "tick_point", Who.SIGNED_IN),
    route(
        "bijeenkomsten/<uuid:pk>/afspraken/<uuid:agreement_pk>/",
        meeting.tick_agreement,
        "tick_agreement",
        Who.SIGNED_IN,
    ),
    route("bijeenkomsten/<uuid:pk>/agenda/", agenda.agenda, "agenda", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/agenda/standaard/", agenda.reset, "agenda_reset", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/agenda/<uuid:item_pk>/", agenda.edit_item, "item", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/agenda/<uuid:item_pk>/verplaats/", agenda.move_item, "item_move", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/agenda/<uuid:item_pk>/weg/", agenda.remove_item, "item_remove", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/expert/", expert.invite, "expert", Who.SIGNED_IN),
    route("bijeenkomsten/expert/<uuid:pk>/opnieuw/", expert.resend, "expert_resend", Who.SIGNED_IN),
    route("bijeenkomsten/expert/<uuid:pk>/intrekken/", expert.revoke, "expert_revoke", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/leiden/", lead.lead, "lead", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/leiden/aanwezig/", lead.attendance, "attendance", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/leiden/<lead_step:step>/", lead.step, "step", Who.SIGNED_IN),
    route(
        "bijeenkomsten/<uuid:pk>/leiden/<lead_item_step:step>/<uuid:item_pk>/",
        lead.item_step,
        "item_step",
        Who.SIGNED_IN,
    ),
    route("bijeenkomsten/<uuid:pk>/scherm/", lead.screen, "screen", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/evaluatie/", evaluation.evaluation, "evaluation", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/evaluatie/schrijver/", evaluation.scribe, "scribe", Who.SIGNED_IN),
    route("bijeenkomsten/<uuid:pk>/evaluatie/anders/", evaluation.add_point, "point_add", Who.SIGNED_IN),
    route(
        "bijeenkomsten/<uuid:pk>/evaluatie/anders/<uuid:point_pk>/weg/",
        evaluation.remove_point,
        "point_remove",
        Who.SIGNED_IN,
    ),
    route("bijeenkomsten/<uuid:pk>/evaluatie/afspraken/", evaluation.add_agreement, "agreement_add", Who.SIGNED_IN),
    route(
        "bijeenkomsten/<uuid:pk>/evaluatie/afspraken/<uuid:agreement_pk>/weg/",
        evaluation.remove_agreement,
        "agreement_remove",
        Who.SIGNED_IN,
    ),
    route("expert/", guest.page, "guest", Who.ANYONE),
    route("expert/antwoord/", guest.answer, "guest_answer", Who.ANYONE),
    route("expert/agenda.ics", guest.calendar, "guest_calendar", Who.ANYONE),
    route("expert/<str:token>/", guest.link, "expert_link", Who.ANYONE),
]
