from django.urls import URLPattern

from netwerkleren.base.access import Who, route

from .views import group, invitation, mail, pairs, people, profile

app_name = "groups"
urlpatterns: list[URLPattern] = [
    route("uitnodiging/", invitation.invitation, "invitation", Who.ANYONE),
    route("uitnodiging/<str:token>/", invitation.link, "invitation_link", Who.ANYONE),
    route("mijn-gegevens/", profile.profile, "profile", Who.SIGNED_IN),
    route("groepen/mensen/<uuid:pk>/foto/", profile.photo, "photo", Who.SIGNED_IN),
    route("groepen/<uuid:pk>/aanpassen/", group.edit, "edit", Who.SIGNED_IN),
    route("groepen/<uuid:pk>/publiceren/", group.publish, "publish", Who.SIGNED_IN),
    route("groepen/<uuid:pk>/uitnodigingen/", people.invitations, "invitations", Who.SIGNED_IN),
    route("groepen/uitnodigingen/<uuid:pk>/opnieuw/", people.resend, "resend", Who.SIGNED_IN),
    route("groepen/uitnodigingen/<uuid:pk>/intrekken/", people.revoke, "revoke", Who.SIGNED_IN),
    route("groepen/<uuid:pk>/mail/<uuid:mail_pk>/opnieuw/", mail.resend, "resend_mail", Who.SIGNED_IN),
    route("groepen/<uuid:pk>/mail/<uuid:mail_pk>/laten/", mail.let_be, "let_mail_be", Who.SIGNED_IN),
    route("groepen/leden/<uuid:pk>/verwijderen/", people.remove, "remove", Who.SIGNED_IN),
    route("groepen/<uuid:pk>/maatjes/", pairs.pairs, "pairs", Who.SIGNED_IN),
    route("groepen/<uuid:pk>/maatjes/kiezen/", pairs.choose, "choose", Who.SIGNED_IN),
    route("groepen/<uuid:pk>/maatjes/bevestigen/", pairs.confirm, "confirm", Who.SIGNED_IN),
    route("groepen/<uuid:pk>/maatjes/samen/", pairs.put_together, "put_together", Who.SIGNED_IN),
    route("groepen/maatjes/<uuid:pk>/erbij/", pairs.join, "join", Who.SIGNED_IN),
    route("groepen/maatjes/<uuid:pk>/los/", pairs.dissolve, "dissolve", Who.SIGNED_IN),
    route("groepen/<uuid:pk>/zo-werken-wij/", group.agreements, "agreements", Who.SIGNED_IN),
    route("groepen/zo-werken-wij/<uuid:pk>/weg/", group.remove_agreement, "remove_agreement", Who.SIGNED_IN),
    route("groepen/<uuid:pk>/leerdoelen/", group.add_goal, "add_goal", Who.SIGNED_IN),
    route("groepen/leerdoelen/<uuid:pk>/", group.edit_goal, "edit_goal", Who.SIGNED_IN),
]
