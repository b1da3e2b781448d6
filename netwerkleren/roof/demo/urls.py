"""Addresses that exist in demo mode only (`netwerkleren.urls` includes them behind the setting)."""

from django.urls import URLPattern

from netwerkleren.base.access import Who, route

from . import views

app_name = "demo"
urlpatterns: list[URLPattern] = [
    route("inloggen/<slug:key>/", views.sign_in, "sign_in", Who.ANYONE),
    route("expert/", views.expert, "expert", Who.ANYONE),
    route("post/", views.mailbox, "mailbox", Who.ANYONE),
    route("post/<str:name>/<int:number>/", views.mail, "mail", Who.ANYONE),
]
