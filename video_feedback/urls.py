from django.urls import URLPattern

from netwerkleren.base.access import route

from . import uploads, views

app_name = "video_feedback"
urlpatterns: list[URLPattern] = [
    route("fragmenten/", views.overview, "overview"),
    route("fragmenten/nieuw/", views.add_clip, "add_clip"),
    route("fragmenten/<uuid:pk>/", views.detail, "detail"),
    route("fragmenten/<uuid:pk>/opname/", views.send_recording, "send_recording"),
    route("fragmenten/<uuid:pk>/opnieuw/", views.retry, "retry"),
    route("fragmenten/<uuid:pk>/overdragen/", views.hand_over, "hand_over"),
    route("fragmenten/<uuid:pk>/delen/", views.share, "share"),
    route("fragmenten/<uuid:pk>/terugtrekken/", views.withdraw, "withdraw"),
    route("fragmenten/<uuid:pk>/wissen/", views.erase, "erase"),
    route("fragmenten/<uuid:pk>/tips/", views.open_tips, "open_tips"),
    route("fragmenten/<uuid:pk>/reacties/", views.add_remark, "add_remark"),
    route("fragmenten/<uuid:pk>/versturen/", views.send_feedback, "send_feedback"),
    route("fragmenten/reacties/<uuid:pk>/wissen/", views.remove_remark, "remove_remark"),
    route("media/<uuid:pk>/film.mp4", views.film, "film"),
    route("media/<uuid:pk>/beeld.jpg", views.poster, "poster"),
    route("uploads/nieuw/<uuid:pk>/", uploads.begin_upload, "begin_upload", for_module=True),
    route("uploads/<uuid:pk>/", uploads.upload, "upload", for_module=True),
    route("talentmomenten/", views.talentmomenten, "talentmomenten"),
    route("talentmomenten/<uuid:pk>/wissen/", views.erase_talentmoment, "erase_talentmoment"),
    route("talentmomenten/bijeenkomst/<uuid:pk>/", views.talentmoment_wall, "talentmoment_wall"),
]
