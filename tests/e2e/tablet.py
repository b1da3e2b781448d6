"""Two people of one group, who share the tablet of a school: for Chromium and Firefox both."""

from tests.e2e.people import PASSWORD

NAMES = ["sanne", "yusuf", "session", "meeting", "clip", "group", "shared"]
"""Of each room: two addresses to sign in with, Sanne's session, and what is hers."""


def seed_of(rooms: int) -> str:
    """A script that makes so many rooms at once: starting the portal's shell takes longer than a test."""
    return f"""
from uuid import uuid4
from django.contrib.auth.hashers import make_password
from groups.models import Pair
from tests.factories import make_group, make_meeting, make_member, make_session
from tests.video_feedback.factories import make_clip
from video_feedback.models import Clip
from video_feedback.services import consent
password = make_password("{PASSWORD}")
rooms = []
for _number in range({rooms}):
    group = make_group("De tablet")
    pair = Pair.objects.create(group=group)
    sanne, yusuf = make_member(group, "Sanne Wolters", pair=pair), make_member(group, "Yusuf Kaya", pair=pair)
    for each in (sanne, yusuf):
        each.user.email, each.user.password = f"{{uuid4()}}@school.example", password
        each.user.save()
    clip = Clip.objects.create(owner=sanne, uploaded_by=sanne, title="De kring")
    shared = make_clip(yusuf)
    consent.share_clip(actor=yusuf.user, clip=shared, audience="group", scope="all_parents")
    meeting = make_meeting(group, position=1)
    rooms += [sanne.user.email, yusuf.user.email, make_session(sanne.user), meeting.pk, clip.pk, group.pk, shared.pk]
print("SEEDED", *rooms)
"""


def upright_film_of(clip: str, film: str) -> str:
    """A script that gives a fragment this film, shown upright, and a line of captions."""
    return f"""
from django.core.files import File
from video_feedback.models import Clip
clip = Clip.objects.get(pk="{clip}")
with open({film!r}, "rb") as film:
    clip.video.save(f"{{clip.pk}}/2/film.mp4", File(film), save=False)
clip.width, clip.height, clip.captions = 360, 640, "0:00 Wat zie je?"
clip.save()
print("SEEDED")
"""
