from django.urls import URLPattern

app_name = "video_feedback"
urlpatterns: list[URLPattern] = []
