"""Presses around the Scherm and the pitch: a board is taken on, a fragment asked for and shown, a question ticked."""

from collections.abc import Callable
from uuid import uuid4

from leervragen.models import Clarification, Leervraag, PitchNote
from leervragen.services import clarifying, pitching
from meetings.models import Display, Meeting
from meetings.services import displays, running
from netwerkleren.base.access import NOBODY
from tests.factories import make_agenda_item
from tests.video_feedback.factories import make_clip
from video_feedback.models import Clip, OnScreen, ScreenPermit
from video_feedback.services import consent, on_screen

from .press import Cast, Press


def _runs(cast: Cast) -> Meeting:
    make_agenda_item(cast.meeting)
    return running.start_meeting(actor=cast.coach.user, meeting=cast.meeting)


def _shared(cast: Cast) -> Clip:
    clip = make_clip(cast.participant)
    consent.share_clip(actor=cast.participant.user, clip=clip, audience="group", scope="all_parents")
    return clip


def display(cast: Cast) -> Press:
    meeting = _runs(cast)
    waiting, _secret = displays.add_display(actor=NOBODY)
    code = waiting.code
    return Press(
        lambda: displays.take_on(actor=cast.coach.user, meeting=meeting, code=code),
        lambda: list(Display.objects.live().values_list("meeting", flat=True)),
        [meeting.pk],
    )


def clip_asked(cast: Cast) -> Press:
    meeting, clip = _runs(cast), _shared(cast)
    return Press(
        lambda: on_screen.ask_for_clip(actor=cast.coach.user, clip=clip, meeting=meeting),
        lambda: ScreenPermit.objects.exclude(asked_at=None).count(),
        1,
    )


def clip_shown(cast: Cast) -> Press:
    meeting, clip = _runs(cast), _shared(cast)
    return Press(
        lambda: on_screen.show_clip(actor=cast.participant.user, clip=clip, meeting=meeting),
        lambda: list(OnScreen.objects.live().values_list("clip", flat=True)),
        [clip.pk],
    )


def _question(cast: Cast) -> Leervraag:
    return Leervraag.objects.create(meeting=cast.meeting, author=cast.participant, text="Hoe?")


def tick_in_pencil(cast: Cast) -> Press:
    asked, version = _question(cast), PitchNote().version
    return Press(
        lambda: pitching.tick_in_pitch(actor=cast.maatje.user, leervraag=asked, word="Tellen", version=version),
        lambda: list(PitchNote.objects.values_list("word", flat=True)),
        ["Tellen"],
    )


def asked_what_is_meant(cast: Cast) -> Press:
    asked, key = _question(cast), uuid4()
    return Press(
        lambda: clarifying.ask_what_is_meant(actor=cast.maatje.user, key=key, leervraag=asked, text="In de pauze?"),
        lambda: Clarification.objects.count(),
        1,
    )


SCREEN: list[Callable[[Cast], Press]] = [
    display,
    clip_asked,
    clip_shown,
    tick_in_pencil,
    asked_what_is_meant,
]
