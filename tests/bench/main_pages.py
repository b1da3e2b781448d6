"""The main pages of the demo, for one of its people, and what an answer of a bench's portal cost."""

import json
import urllib.request
from dataclasses import dataclass
from http.client import HTTPResponse

from tests.servers import Portal

SIGN_IN = """
import json
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from groups.models import NetworkGroup, User
from meetings.models import Meeting
from video_feedback.models import Clip
user = User.objects.get(name=%r)
session = SessionStore()
session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
                HASH_SESSION_KEY: user.get_session_auth_hash()})
session.create()
meeting = Meeting.objects.get(topic__title="Contact met klasgenoten")
watched = Clip.objects.visible_to(user)
clip = watched.filter(owner__user=user).first() or watched.get(audience=Clip.Audience.GROUP)
print(json.dumps([session.session_key, {
    "vandaag": reverse("roof:home"),
    "groep": reverse("roof:group", args=[NetworkGroup.objects.get().pk]),
    "bijeenkomst": reverse("meetings:detail", args=[meeting.pk]),
    "meetlat": reverse("leervragen:meetlat", args=[meeting.pk]),
    "fragmenten": reverse("video_feedback:overview"),
    "fragment": reverse("video_feedback:detail", args=[clip.pk]),
    "leiden": reverse("meetings:lead", args=[meeting.pk]),
    "film": reverse("video_feedback:film", args=[clip.pk]),
}]))
"""
"""The fragment is one's own; for who has none, such as a coach, it is what a deelnemer shared with the group."""

BARE = "/bench/kaal/"
A_RANGE = "bytes=0-65535"
"""Of the film, as a player asks it."""


@dataclass(frozen=True)
class Answer:
    cpu_ns: int
    database_ns: int
    queries: int
    size: int

    @property
    def cost_ns(self) -> int:
        return self.cpu_ns + self.database_ns


@dataclass
class Visitor:
    """Someone who is signed in to a portal with the one group of the demo."""

    portal: Portal
    session: str
    pages: dict[str, str]
    """Address by name."""

    @classmethod
    def of(cls, portal: Portal, name: str) -> "Visitor":
        printed = portal.manage("shell", "--no-imports", "-c", SIGN_IN % name)
        session, pages = json.loads(printed.splitlines()[-1])
        return cls(portal, session, pages)

    def visit(self, page: str) -> Answer:
        path = BARE if page == "bare" else self.pages[page]
        headers = {"Cookie": f"sessionid={self.session}"} | ({"Range": A_RANGE} if page == "film" else {})
        answer: HTTPResponse
        with urllib.request.urlopen(urllib.request.Request(self.portal.url + path, headers=headers)) as answer:
            assert answer.url == self.portal.url + path, f"{path} led to {answer.url}"
            body = answer.read()
            cpu, database, queries = (int(answer.headers[f"X-{name}"]) for name in ("Cpu-Ns", "Database-Ns", "Queries"))
            return Answer(cpu, database, queries, len(body))
