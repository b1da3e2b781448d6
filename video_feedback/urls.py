from django.urls import URLPattern

from netwerkleren.base.access import Who, route
from netwerkleren.base.bodies import ANY

from . import uploads
from .views import clips, feedback, footage, noteren, observing, practice, talentmomenten

app_name = "video_feedback"
urlpatterns: list[URLPattern] = [
    route("fragmenten/", clips.overview, "overview"),
    route("fragmenten/nieuw/", clips.add_clip, "add_clip"),
    route("fragmenten/oefenen/", practice.practice_filming, "practice_filming"),
    route("groepen/<uuid:pk>/oefenfragment/", practice.practice, "practice"),
    route("fragmenten/<uuid:pk>/", clips.detail, "detail"),
    route("fragmenten/<uuid:pk>/opname/", footage.send_recording, "send_recording", body=ANY),
    route("fragmenten/<uuid:pk>/opnieuw/", clips.retry, "retry"),
    route("fragmenten/<uuid:pk>/opname/weggooien/", clips.discard_recording, "discard_recording", when_closed=True),
    route("fragmenten/<uuid:pk>/overdragen/", clips.hand_over, "hand_over", when_closed=True),
    route("fragmenten/<uuid:pk>/delen/", clips.share, "share"),
    route("fragmenten/<uuid:pk>/terugtrekken/", clips.withdraw, "withdraw", when_closed=True),
    route("fragmenten/<uuid:pk>/wissen/", clips.erase, "erase", when_closed=True),
    route("fragmenten/<uuid:pk>/tips/", feedback.open_tips, "open_tips"),
    route("fragmenten/<uuid:pk>/reacties/", feedback.add_remark, "add_remark"),
    route("fragmenten/<uuid:pk>/versturen/", feedback.send_feedback, "send_feedback"),
    route("fragmenten/reacties/<uuid:pk>/wissen/", feedback.remove_remark, "remove_remark"),
    route("media/<uuid:pk>/film.mp4", footage.film, "film"),
    route("media/<uuid:pk>/beeld.jpg", footage.poster, "poster"),
    route("uploads/nieuw/<uuid:pk>/", uploads.begin_upload, "begin_upload", for_module=True),
    route("uploads/<uuid:pk>/", uploads.upload, "upload", for_module=True, body=ANY),
    route("kijknotities/", observing.observer_notes, "observer_notes", Who.ADDING),
    route("kijknotities/<uuid:pk>/wissen/", observing.erase_observer_note, "erase_observer_note", when_closed=True),
    route("talentmomenten/", talentmomenten.talentmomenten, "talentmomenten", Who.ADDING),
    route("talentmomenten/zonder-verbinding/", noteren.cold, "cold", Who.ANYONE),
    route("talentmomenten/werker.js", noteren.worker, "worker", Who.ANYONE),
    route(
        "talentmomenten/<uuid:pk>/wissen/", talentmomenten.erase_talentmoment, "erase_talentmoment", when_closed=True
    ),
    route("talentmomenten/bijeenkomst/<uuid:pk>/", talentmomenten.talentmoment_wall, "talentmoment_wall"),
]
