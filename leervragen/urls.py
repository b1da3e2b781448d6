from django.urls import URLPattern

app_name = "leervragen"
urlpatterns: list[URLPattern] = []
