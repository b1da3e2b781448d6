"""What is taken along from a meeting, and what comes from paper."""

from django.urls import URLPattern

from groups.urls import WITH_PHOTO
from netwerkleren.base.access import Who, route
from netwerkleren.base.bodies import FIELDS

from .handout_files import HANDOUT_BYTES
from .views import handouts, paper, thanking

WITH_HANDOUT = HANDOUT_BYTES + FIELDS
urlpatterns: list[URLPattern] = [
    route("bijeenkomsten/<uuid:pk>/hand-outs/", handouts.handouts, "handouts", body=WITH_HANDOUT),
    route("bijeenkomsten/expert/<uuid:pk>/bedanken/", thanking.thank_expert, "thank_expert"),
    route("hand-outs/<uuid:pk>/", handouts.handout, "handout"),
    route("hand-outs/<uuid:pk>/weg/", handouts.remove_handout, "remove_handout", when_closed=True),
    route("bijeenkomsten/<uuid:pk>/meetlat-op-papier/", paper.hang_photo, "hang_photo", body=WITH_PHOTO),
    route("bijeenkomsten/<uuid:pk>/meetlat-op-papier/foto/", paper.board_photo, "board_photo"),
    route("bijeenkomsten/<uuid:pk>/meetlat-op-papier/weg/", paper.take_photo_down, "take_photo_down", when_closed=True),
    route("expert/hand-outs/", handouts.guest_add_handout, "guest_add_handout", Who.ANYONE, body=WITH_HANDOUT),
    route(
        "expert/hand-outs/weg/",
        handouts.guest_remove_handout,
        "guest_remove_handout",
        Who.ANYONE,
        when_closed=True,
    ),
]
