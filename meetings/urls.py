from django.urls import URLPattern, register_converter

from netwerkleren.base.access import Who, route
from netwerkleren.base.words import words

from .views import (
    absence,
    agenda,
    agenda_sources,
    evaluation,
    expert,
    film_task,
    guest,
    inventory,
    lead,
    meeting,
    wishes,
)

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
    route("bijeenkomsten/<uuid:pk>/afmelden/", absence.absence, "absence"),
    route("bijeenkomsten/<uuid:pk>/voorbereiding/", meeting.preparation, "preparation"),
    route("bijeenkomsten/<uuid:pk>/voorbereiding/vink/", meeting.tick, "tick"),
    route("bijeenkomsten/<uuid:pk>/gegevens/", meeting.edit, "edit"),
    route("bijeenkomsten/<uuid:pk>/vervalt/", meeting.cancel, "cancel"),
    route("bijeenkomsten/<uuid:pk>/heropen/", meeting.reopen, "reopen"),
    route("bijeenkomsten/<uuid:pk>/anders/<uuid:point_pk>/", meeting.tick_point, "tick_point"),
    route("bijeenkomsten/<uuid:pk>/afspraken/<uuid:agreement_pk>/", meeting.tick_agreement, "tick_agreement"),
    route("bijeenkomsten/<uuid:pk>/agenda/", agenda.agenda, "agenda"),
    route("bijeenkomsten/<uuid:pk>/agenda/standaard/", agenda.reset_agenda, "reset_agenda"),
    route("bijeenkomsten/<uuid:pk>/agenda/minuten/", agenda.retime_items, "retime_items"),
    route("bijeenkomsten/<uuid:pk>/agenda/terugzetten/", agenda.undo_change, "undo_change"),
    route("bijeenkomsten/<uuid:pk>/agenda/onderdeel-terug/", agenda.restore_part, "restore_part"),
    route("bijeenkomsten/<uuid:pk>/agenda/andere/", agenda_sources.agenda_sources, "agenda_sources"),
    route("bijeenkomsten/<uuid:pk>/agenda/andere/<uuid:source_pk>/", agenda_sources.copy_agenda, "copy_agenda"),
    route("bijeenkomsten/<uuid:pk>/agenda/eigen/<uuid:template_pk>/", agenda_sources.use_template, "use_template"),
    route(
        "bijeenkomsten/<uuid:pk>/agenda/eigen/<uuid:template_pk>/weg/",
        agenda_sources.remove_template,
        "remove_template",
    ),
    route("bijeenkomsten/<uuid:pk>/agenda/<uuid:item_pk>/", agenda.edit_item, "edit_item"),
    route("bijeenkomsten/<uuid:pk>/agenda/<uuid:item_pk>/verplaats/", agenda.move_item, "move_item"),
    route("bijeenkomsten/<uuid:pk>/agenda/<uuid:item_pk>/vast/", agenda.fix_item, "fix_item"),
    route("bijeenkomsten/<uuid:pk>/agenda/<uuid:item_pk>/weg/", agenda.remove_item, "remove_item"),
    route("bijeenkomsten/<uuid:pk>/expert/", expert.invite_expert, "invite_expert"),
    route("bijeenkomsten/expert/<uuid:pk>/opnieuw/", expert.resend_expert, "resend_expert"),
    route("bijeenkomsten/expert/<uuid:pk>/intrekken/", expert.revoke_expert, "revoke_expert"),
    route("bijeenkomsten/<uuid:pk>/leiden/", lead.lead, "lead"),
    route("bijeenkomsten/<uuid:pk>/leiden/aanwezig/", lead.attendance, "attendance"),
    route("bijeenkomsten/<uuid:pk>/leiden/<lead_step:step>/", lead.step, "step"),
    route("bijeenkomsten/<uuid:pk>/leiden/<lead_item_step:step>/<uuid:item_pk>/", lead.item_step, "item_step"),
    route("bijeenkomsten/<uuid:pk>/als-expert/", guest.as_expert, "as_expert"),
    route("bijeenkomsten/<uuid:pk>/filmopdracht/", film_task.film_task, "film_task"),
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
    route("groepen/<uuid:pk>/startvragen/", inventory.inventory, "inventory"),
    route("groepen/<uuid:pk>/startvragen/samen/", inventory.inventory_together, "inventory_together"),
    route("groepen/<uuid:pk>/startvragen/openen/", inventory.open_inventory, "open_inventory"),
    route("groepen/<uuid:pk>/startvragen/regelen/", inventory.arrange, "arrange"),
    route("groepen/startvragen/<uuid:pk>/leerdoel/", inventory.make_goal, "make_goal"),
    route("groepen/startvragen/<uuid:pk>/wensen/", inventory.make_wishes, "make_wishes"),
    route("groepen/<uuid:pk>/wensen/", wishes.wishes, "wishes"),
    route("groepen/wensen/<uuid:pk>/ik-ook/", wishes.back_wish, "back_wish"),
    route("groepen/wensen/<uuid:pk>/samen/", wishes.merge_wish, "merge_wish"),
    route("groepen/wensen/<uuid:pk>/afgesproken/", wishes.agree_wish, "agree_wish"),
    route("expert/", guest.guest, "guest", Who.ANYONE),
    route("expert/antwoord/", guest.guest_answer, "guest_answer", Who.ANYONE),
    route("expert/agenda.ics", guest.guest_calendar, "guest_calendar", Who.ANYONE),
    route("expert/<str:token>/", guest.expert_link, "expert_link", Who.ANYONE),
]
