"""A group whose pages are refreshed by what others do, for the browsers that look at what survives it."""

from tests.servers import Portal

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
NAMES = ["coach", "member", "meeting", "first", "second", "clip"]

RUNNING = """
from meetings.models import Meeting
from meetings.services import running
meeting = Meeting.objects.get(pk="{meeting}")
running.{verb}(actor=meeting.group.memberships.get(role="coach").user, meeting=meeting)
"""
END_FIRST_QUESTION = """
from leervragen.models import Leervraag
from leervragen.services import answering
question = Leervraag.objects.get(pk="{first}")
answering.end_question(actor=question.author.user, leervraag=question, outcome="answered")
"""
TAKE_FIRST_QUESTION_BACK = """
from leervragen.models import Leervraag
from leervragen.services import asking
question = Leervraag.objects.get(pk="{first}")
asking.withdraw_leervraag(actor=question.author.user, leervraag=question)
"""
GIVE_FEEDBACK = """
from django.utils import timezone
from netwerkleren.base import live
from video_feedback.models import Clip, Feedback, Remark
clip = Clip.objects.get(pk="{clip}")
giver = clip.owner.group.memberships.get(role="coach")
feedback = Feedback.objects.create(clip=clip, giver=giver, sent_at=timezone.now())
Remark.objects.create(feedback=feedback, kind="top", start_ms=1000, text="Wat een rust")
live.touch(live.topic_of("clip", clip))
"""
DEEDS = {
    "stops the time": RUNNING.replace("{verb}", "stop_time"),
    "ends the meeting": RUNNING.replace("{verb}", "end_meeting"),
    "ends the first question": END_FIRST_QUESTION,
    "takes the first question back": TAKE_FIRST_QUESTION_BACK,
    "gives feedback": GIVE_FEEDBACK,
}
"""What another does meanwhile, as a script for the portal's shell."""

COUNT_SWAPS = """(() => {
  window.swaps = 0;
  document.addEventListener("live:swapped", () => { window.swaps += 1; });
})()"""
"""Before every page: how often it was refreshed."""

DEVICE = """(() => {
  const date = Date.now.bind(Date);
  let ahead = 0;
  Date.now = () => date() + ahead;
  window.turnTheMinute = () => {
    ahead += 60_000;
    // The reader looks at once, before an answer of the server tells that the clock was set.
    document.dispatchEvent(new Event("visibilitychange"));
  };
})()"""
"""Before every page: a clock of the device that a test may set."""


def seed_room(portal: Portal) -> dict[str, str]:
    """By name: the sessions of the coach and of a member, a running meeting, its two questions, the member's film."""
    return dict(zip(NAMES, portal.seed(SEED), strict=True))


def scripts_for(room: dict[str, str]) -> dict[str, str]:
    return {deed: script.format(**room) for deed, script in DEEDS.items()}
