from django.urls import URLPattern, register_converter

from netwerkleren.base.access import Who, route
from netwerkleren.base.words import words

from .views import agenda, day, evaluation, expert, guest, lead, meeting

LEAD_STEPS = {"start": "start", "pause": "stil", "resume": "verder", "end": "einde"}
LEAD_ITEM_STEPS = {"go_to": "naar", "put_off": "later", "extend": "plus"}
register_converter(words(LEAD_STEPS), "lead_step")
register_converter(words(LEAD_ITEM_STEPS), "lead_item_step")

app_name = "meetings"
urlpatterns: list[URLPattern] = [
    route("bijeenkomsten/", meeting.overview, "overview"),
    route("bijeenkomsten/data/<uuid:group_pk>/", meeting.dates, "dates"),
    route("bijeenkomsten/<uuid:pk>/", meeting.detail, "detail"),
    route("bijeenkomsten/<uuid:pk>/nu/", meeting.now, "now"),
    route("bijeenkomsten/<uuid:pk>/agenda.ics", meeting.calendar, "calendar"),
    route("bijeenkomsten/<uuid:pk>/voorbereiding/", meeting.preparation, "preparation"),
    route("bijeenkomsten/<uuid:pk>/voorbereiding/vink/", meeting.tick, "tick"),
    route("bijeenkomsten/<uuid:pk>/wie-leidt/", day.day_leader, "day_leader"),
    route("bijeenkomsten/<uuid:pk>/wie-leidt/terug/", day.take_day_back, "take_day_back"),
    route("bijeenkomsten/<uuid:pk>/wie-leidt/<uuid:member_pk>/", day.hand_over_day, "hand_over_day"),
    route("bijeenkomsten/<uuid:pk>/gegevens/", meeting.edit, "edit"),
    route("bijeenkomsten/<uuid:pk>/vervalt/", meeting.cancel, "cancel"),
    route("bijeenkomsten/<uuid:pk>/heropen/", meeting.reopen, "reopen"),
    route("bijeenkomsten/<uuid:pk>/anders/<uuid:point_pk>/", meeting.tick_point, "tick_point"),
    route("bijeenkomsten/<uuid:pk>/afspraken/<uuid:agreement_pk>/", meeting.tick_agreement, "tick_agreement"),
    route("bijeenkomsten/<uuid:pk>/agenda/", agenda.agenda, "agenda"),
    route("bijeenkomsten/<uuid:pk>/agenda/standaard/", agenda.reset_agenda, "reset_agenda"),
    route("bijeenkomsten/<uuid:pk>/agenda/<uuid:item_pk>/", agenda.edit_item, "edit_item"),
    route("bijeenkomsten/<uuid:pk>/agenda/<uuid:item_pk>/verplaats/", agenda.move_item, "move_item"),
    route("bijeenkomsten/<uuid:pk>/agenda/<uuid:item_pk>/weg/", agenda.remove_item, "remove_item"),
    route("bijeenkomsten/<uuid:pk>/expert/", expert.invite_expert, "invite_expert"),
    route("bijeenkomsten/expert/<uuid:pk>/opnieuw/", expert.resend_expert, "resend_expert"),
    route("bijeenkomsten/expert/<uuid:pk>/intrekken/", expert.revoke_expert, "revoke_expert"),
    route("bijeenkomsten/<uuid:pk>/leiden/", lead.lead, "lead"),
    route("bijeenkomsten/<uuid:pk>/leiden/aanwezig/", lead.attendance, "attendance"),
    route("bijeenkomsten/<uuid:pk>/leiden/<lead_step:step>/", lead.step, "step"),
    route("bijeenkomsten/<uuid:pk>/leiden/<lead_item_step:step>/<uuid:item_pk>/", lead.item_step, "item_step"),
    route("bijeenkomsten/<uuid:pk>/scherm/", lead.screen, "screen"),
    route("bijeenkomsten/<uuid:pk>/evaluatie/", evaluation.evaluation, "evaluation"),
    route("bijeenkomsten/<uuid:pk>/evaluatie/schrijver/", evaluation.scribe, "scribe"),
    route("bijeenkomsten/<uuid:pk>/evaluatie/anders/", evaluation.add_point, "add_point"),
    route("bijeenkomsten/<uuid:pk>/evaluatie/anders/<uuid:point_pk>/weg/", evaluation.remove_point, "remove_point"),
    route("bijeenkomsten/<uuid:pk>/evaluatie/afspraken/", evaluation.add_agreement, "add_agreement"),
    route(
        "bijeenkomsten/<uuid:pk>/evaluatie/afspraken/<uuid:agreement_pk>/weg/",
        evaluation.remove_agreement,
        "remove_agreement",
    ),
    route("expert/", guest.guest, "guest", Who.ANYONE),
    route("expert/antwoord/", guest.guest_answer, "guest_answer", Who.ANYONE),
    route("expert/agenda.ics", guest.guest_calendar, "guest_calendar", Who.ANYONE),
    route("expert/<str:token>/", guest.expert_link, "expert_link", Who.ANYONE),
]
