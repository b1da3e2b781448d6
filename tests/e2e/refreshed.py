"""A group whose pages are refreshed by what others do, for the browsers that look at what survives it."""

SEED = """
import tempfile
from pathlib import Path
from django.core.files import File
from leervragen.models import Leervraag, Meetlat
from meetings.services import running
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session
from tests.video_feedback.factories import make_clip
from tests.video_feedback.films import make_film

group = make_group("De verversers")
coach, member = make_member(group, coach=True), make_member(group)
meeting = make_meeting(group, position=1)
for title in ["Welkom", "Vervolg", "Slot"]:
    make_agenda_item(meeting, minutes=30, title=title)
running.start_meeting(actor=coach.user, meeting=meeting)
first, second = [
    Leervraag.objects.create(meeting=meeting, author=member, text=text) for text in ["Hoe begin ik?", "Hoe stop ik?"]
]
Meetlat.objects.create(meeting=meeting, step=Meetlat.Step.FINISHING)
clip = make_clip(member, duration_ms=60_000)
with tempfile.TemporaryDirectory() as folder:
    film = make_film(Path(folder) / "film.mp4", seconds=60, size="160x120", sound=False)
    clip.video.save(f"{clip.pk}/2/film.mp4", File(film.open("rb")))
sessions = make_session(coach.user), make_session(member.user)
print("SEEDED", *sessions, meeting.pk, first.pk, second.pk, clip.pk)
"""
"""Prints the sessions of the coach and of a member, a running meeting, its two questions, and the member's film."""

COUNT_SWAPS = """(() => {
  window.swaps = 0;
  document.addEventListener("live:swapped", () => { window.swaps += 1; });
})()"""
"""Before every page: how often it was refreshed."""

DEVICE = """(() => {
  const date = Date.now.bind(Date);
  window.ahead = 0;
  Date.now = () => date() + window.ahead;
})()"""
"""Before every page: a clock of the device that a test may set."""
