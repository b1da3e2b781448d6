from django.urls import URLPattern

from netwerkleren.base.access import Who, route

from . import uploads, views

app_name = "video_feedback"
urlpatterns: list[URLPattern] = [
    route("fragmenten/", views.clip_list, "list", Who.SIGNED_IN),
    route("fragmenten/nieuw/", views.add_clip, "add", Who.SIGNED_IN),
    route("fragmenten/<uuid:pk>/", views.detail, "detail", Who.SIGNED_IN),
    route("fragmenten/<uuid:pk>/opname/", views.send_recording, "send_recording", Who.SIGNED_IN),
    route("fragmenten/<uuid:pk>/opnieuw/", views.retry, "retry", Who.SIGNED_IN),
    route("fragmenten/<uuid:pk>/overdragen/", views.hand_over, "hand_over", Who.SIGNED_IN),
    route("fragmenten/<uuid:pk>/delen/", views.share, "share", Who.SIGNED_IN),
    route("fragmenten/<uuid:pk>/terugtrekken/", views.withdraw, "withdraw", Who.SIGNED_IN),
    route("fragmenten/<uuid:pk>/wissen/", views.erase, "erase", Who.SIGNED_IN),
    route("fragmenten/<uuid:pk>/tips/", views.open_tips, "open_tips", Who.SIGNED_IN),
    route("fragmenten/<uuid:pk>/reacties/", views.add_remark, "add_remark", Who.SIGNED_IN),
    route("fragmenten/<uuid:pk>/versturen/", views.send_feedback, "send_feedback", Who.SIGNED_IN),
    route("fragmenten/reacties/<uuid:pk>/wissen/", views.remove_remark, "remove_remark", Who.SIGNED_IN),
    route("media/<uuid:pk>/film.mp4", views.film, "film", Who.SIGNED_IN),
    route("media/<uuid:pk>/beeld.jpg", views.poster, "poster", Who.SIGNED_IN),
    route("uploads/nieuw/<uuid:pk>/", uploads.creation, "begin_upload", Who.SIGNED_IN),
    route("uploads/<uuid:pk>/", uploads.part, "upload", Who.SIGNED_IN),
    route("talentmomenten/", views.talentmomenten, "talentmomenten", Who.SIGNED_IN),
    route("talentmomenten/<uuid:pk>/wissen/", views.erase_talentmoment, "talentmoment_erase", Who.SIGNED_IN),
    route("talentmomenten/bijeenkomst/<uuid:pk>/", views.talentmoment_wall, "talentmoment_wall", Who.SIGNED_IN),
]
