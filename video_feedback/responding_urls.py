"""What becomes of a remark and of a fragment that was handed over, and the captions of a film."""

from django.urls import URLPattern

from netwerkleren.base.access import Who, route

from .views import captions, responding

urlpatterns: list[URLPattern] = [
    route("fragmenten/reacties/<uuid:pk>/", responding.change_remark, "change_remark"),
    route("fragmenten/reacties/<uuid:pk>/antwoord/", responding.answer_remark, "answer_remark"),
    route("fragmenten/<uuid:pk>/feedback/", responding.react, "react"),
    route("fragmenten/<uuid:pk>/hier-heb-ik-wat-aan/", responding.mark_helpful, "mark_helpful"),
    route("fragmenten/<uuid:pk>/kijknotities/", responding.line_up, "line_up"),
    route("fragmenten/<uuid:pk>/houden/", responding.keep_clip, "keep_clip"),
    route("fragmenten/<uuid:pk>/ondertitels/", captions.captions, "captions"),
    route("media/<uuid:pk>/ondertitels.vtt", captions.captions_file, "captions_file", Who.SHOWING),
]
