from django.urls import URLPattern

from netwerkleren.base.access import Who, route
from netwerkleren.base.bodies import ANY

from . import cycle_urls, responding_urls, uploads
from .views import (
    care,
    clips,
    cutting,
    feedback,
    footage,
    noteren,
    observing,
    on_screen,
    practice,
    server_cut,
    talentmomenten,
)

app_name = "video_feedback"
urlpatterns: list[URLPattern] = [
    route("fragmenten/", clips.overview, "overview"),
    route("fragmenten/nieuw/", clips.add_clip, "add_clip"),
    route("fragmenten/oefenen/", practice.practice_filming, "practice_filming"),
    route("groepen/<uuid:pk>/oefenfragment/", practice.practice, "practice"),
    route("groepen/<uuid:pk>/zorgbehoefte/", care.care_theme, "care_theme"),
    route("fragmenten/<uuid:pk>/", clips.detail, "detail"),
    route("fragmenten/<uuid:pk>/knippen/", cutting.cut_clip, "cut_clip"),
    route("fragmenten/<uuid:pk>/opname/", footage.send_recording, "send_recording", body=ANY),
    route("fragmenten/<uuid:pk>/opname/stukje/", server_cut.choose_piece, "choose_piece"),
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
    route("fragmenten/<uuid:pk>/scherm/", on_screen.clip_on_screen, "clip_on_screen"),
    route("fragmenten/<uuid:pk>/scherm/<uuid:meeting_pk>/mag/", on_screen.allow_on_screen, "allow_on_screen"),
    route("fragmenten/<uuid:pk>/scherm/<uuid:meeting_pk>/vraag/", on_screen.ask_for_clip, "ask_for_clip"),
    route("fragmenten/<uuid:pk>/scherm/<uuid:meeting_pk>/nu-niet/", on_screen.decline_clip, "decline_clip"),
    route("fragmenten/<uuid:pk>/scherm/<uuid:meeting_pk>/toon/", on_screen.show_clip, "show_clip"),
    route("fragmenten/op-het-scherm/<uuid:pk>/speel/", on_screen.play_clip, "play_clip"),
    route("fragmenten/op-het-scherm/<uuid:pk>/stop/", on_screen.clear_screen, "clear_screen", when_closed=True),
    route("talentmomenten/<uuid:pk>/scherm/<uuid:meeting_pk>/", on_screen.show_talentmoment, "show_talentmoment"),
    route("media/<uuid:pk>/film.mp4", footage.film, "film", Who.SHOWING),
    route("media/<uuid:pk>/beeld.jpg", footage.poster, "poster", Who.SHOWING),
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
    *cycle_urls.urlpatterns,
    *responding_urls.urlpatterns,
]
