from django.urls import URLPattern

from netwerkleren.base.access import Who, route

from . import views

app_name = "roof"
urlpatterns: list[URLPattern] = [
    route("", views.home, "home", Who.SIGNED_IN),
]
