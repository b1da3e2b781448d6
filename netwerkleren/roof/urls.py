from django.urls import URLPattern

from netwerkleren.base.access import Who, route

from . import home

app_name = "roof"
urlpatterns: list[URLPattern] = [
    route("", home.home, "home", Who.SIGNED_IN),
]
