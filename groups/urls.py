from django.urls import URLPattern

from netwerkleren.base.access import Who, route
from netwerkleren.base.bodies import FIELDS

from .photos import MOST_BYTES
from .views import (
    account,
    closing,
    coaches,
    factor_reset,
    first_visit,
    goals,
    group,
    invitation,
    login,
    mail,
    own_phone,
    pairs,
    people,
    profile,
)

app_name = "groups"
WITH_PHOTO = MOST_BYTES + FIELDS
urlpatterns: list[URLPattern] = [
    route("uitnodiging/", invitation.invitation, "invitation", Who.ANYONE, body=WITH_PHOTO),
    route("uitnodiging/<str:token>/", invitation.invitation_link, "invitation_link", Who.ANYONE),
    route("tweede-stap/", factor_reset.factor_reset, "factor_reset", Who.ANYONE),
    route("tweede-stap/<str:token>/", factor_reset.factor_link, "factor_link", Who.ANYONE),
    route("welkom/", login.welcome, "welcome"),
    route("apparaten/uitloggen/", login.end_device, "end_device"),
    route("eigen-telefoon/", own_phone.make_own_device, "make_own_device"),
    route("eigen-telefoon/vergeten/", own_phone.forget_own_device, "forget_own_device", Who.ADDING),
    route("eigen-telefoon/<uuid:pk>/stoppen/", own_phone.end_own_device, "end_own_device"),
    route("mijn-gegevens/", profile.profile, "profile", body=WITH_PHOTO),
    route("mijn-gegevens/meenemen/", account.own_data, "own_data"),
    route("mijn-gegevens/account-verwijderen/", account.delete_account, "delete_account"),
    route("account-verwijderd/", account.account_gone, "account_gone", Who.ANYONE),
    route("groepen/mensen/<uuid:pk>/foto/", profile.photo, "photo"),
    route("groepen/<uuid:pk>/aanpassen/", group.edit, "edit"),
    route("groepen/<uuid:pk>/publiceren/", group.publish, "publish"),
    route("groepen/<uuid:pk>/afsluiten/", closing.close, "close", when_closed=True),
    route("groepen/<uuid:pk>/heropenen/", closing.reopen, "reopen", when_closed=True),
    route("groepen/<uuid:pk>/weggooien/", closing.delete_draft, "delete_draft"),
    route("groepen/<uuid:pk>/uitnodigingen/", people.invitations, "invitations"),
    route("groepen/uitnodigingen/<uuid:pk>/opnieuw/", people.resend, "resend"),
    route("groepen/uitnodigingen/<uuid:pk>/intrekken/", people.revoke, "revoke"),
    route("groepen/<uuid:pk>/mail/<uuid:mail_pk>/opnieuw/", mail.resend_mail, "resend_mail", when_closed=True),
    route("groepen/<uuid:pk>/mail/<uuid:mail_pk>/laten/", mail.let_mail_be, "let_mail_be", when_closed=True),
    route("groepen/<uuid:pk>/coaches/", coaches.coaches, "coaches"),
    route("groepen/leden/<uuid:pk>/coach/", coaches.make_coach, "make_coach"),
    route("groepen/leden/<uuid:pk>/terugtreden/", coaches.step_back, "step_back", when_closed=True),
    route("groepen/leden/<uuid:pk>/verwijderen/", people.remove, "remove", when_closed=True),
    route("groepen/<uuid:pk>/maatjes/", pairs.pairs, "pairs"),
    route("groepen/<uuid:pk>/maatjes/kiezen/", pairs.choose, "choose"),
    route("groepen/<uuid:pk>/maatjes/bevestigen/", pairs.confirm, "confirm"),
    route("groepen/<uuid:pk>/maatjes/samen/", pairs.put_together, "put_together"),
    route("groepen/maatjes/<uuid:pk>/erbij/", pairs.join, "join"),
    route("groepen/maatjes/<uuid:pk>/los/", pairs.dissolve, "dissolve"),
    route("groepen/<uuid:pk>/zo-werken-wij/", group.agreements, "agreements"),
    route("groepen/zo-werken-wij/<uuid:pk>/weg/", group.remove_agreement, "remove_agreement"),
    route("groepen/<uuid:pk>/waar-loop-je-tegenaan/", first_visit.first_thought, "first_thought"),
    route("groepen/<uuid:pk>/leerdoelen/", goals.add_goal, "add_goal"),
    route("groepen/<uuid:pk>/leerdoelen/les/", goals.add_lesson_goal, "add_lesson_goal"),
    route("groepen/leerdoelen/<uuid:pk>/", goals.edit_goal, "edit_goal"),
    route("groepen/leerdoelen/<uuid:pk>/wie-ziet/", goals.show_goal, "show_goal", when_closed=True),
]
