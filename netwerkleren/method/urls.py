from django.urls import URLPattern, register_converter

from netwerkleren.base.access import Who, route
from netwerkleren.base.words import words

from .subjects import SUBJECTS_IN_ADDRESS
from .views import links, slides, subjects

register_converter(words(SUBJECTS_IN_ADDRESS), "subject")

app_name = "method"
urlpatterns: list[URLPattern] = [
    route("uitleg/", subjects.subjects, "subjects", Who.ANYONE),
    route("uitleg/<subject:name>/", subjects.subject, "subject", Who.ANYONE),
    route("uitleg/<subject:name>/dias/", subjects.subject_slides, "subject_slides", Who.ANYONE),
    route("groepen/<uuid:pk>/uitleg/", links.links, "links"),
    route("groepen/uitleg/<uuid:pk>/weg/", links.remove_link, "remove_link"),
    route("bijeenkomsten/<uuid:pk>/dias/", slides.slides, "slides"),
    route("bijeenkomsten/<uuid:pk>/dias/nu/", slides.slide_now, "slide_now", for_module=True),
    route("bijeenkomsten/<uuid:pk>/dias/toon/", slides.show_slide, "show_slide"),
    route("bijeenkomsten/<uuid:pk>/dias/draai/", slides.turn_slide, "turn_slide", for_module=True),
    route("bijeenkomsten/<uuid:pk>/dias/presentatie.pptx", slides.presentation_file, "presentation_file"),
]
