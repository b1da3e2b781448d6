"""bin/bench pages: how heavy the main pages are, as a ratio to a bare page in the same server and run.

Pages and the bare page are asked in turn; a figure is the median over all rounds.
"""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from http.client import HTTPResponse
from pathlib import Path
from statistics import median

from tests.bench.figures import Figures
from tests.servers import ROOT, Portal, running_portal

ROUNDS = 31
WARM_UP = 3
RATIO, QUERIES, KILOBYTES = 6, 15, 60

LOG_IN = """
import json
import os
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from groups.models import NetworkGroup, User
from meetings.models import Meeting
from video_feedback.models import Clip
user = User.objects.get(name="Marijke Hoekstra")
session = SessionStore()
session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
                HASH_SESSION_KEY: user.get_session_auth_hash()})
session.create()
meeting = Meeting.objects.get(topic__title="Contact met klasgenoten")
print(json.dumps({"session": session.session_key, "pages": {
    "vandaag": reverse("roof:home"),
    "groep": reverse("roof:group", args=[NetworkGroup.objects.get().pk]),
    "bijeenkomst": reverse("meetings:detail", args=[meeting.pk]),
    "meetlat": reverse("leervragen:meetlat", args=[meeting.pk]),
    "fragment": reverse("video_feedback:detail", args=[Clip.objects.get(title="Rekenen in tweetallen").pk]),
}}))
"""


def fetch(portal: Portal, path: str, session: str) -> tuple[int, int, int]:
    """(server time in ns, queries, bytes of HTML)."""
    request = urllib.request.Request(portal.url + path, headers={"Cookie": f"sessionid={session}"})
    answer: HTTPResponse
    with urllib.request.urlopen(request) as answer:
        assert answer.url == portal.url + path, f"{path} led to {answer.url}"
        body = answer.read()
        return int(answer.headers["X-Server-Ns"]), int(answer.headers["X-Queries"]), len(body)


def measure(portal: Portal) -> bool:
    """Prints the figures; True when one is over."""
    facts = json.loads(portal.manage("shell", "--no-imports", "-c", LOG_IN).splitlines()[-1])
    pages = {"bare": "/bench/kaal/", **facts["pages"]}
    answers: dict[str, list[tuple[int, int, int]]] = {name: [] for name in pages}
    for turn in range(WARM_UP + ROUNDS):
        for name, path in pages.items():
            answer = fetch(portal, path, facts["session"])
            if turn >= WARM_UP:
                answers[name].append(answer)
    figures = Figures("pages")
    for name in facts["pages"]:
        pairs = zip(answers[name], answers["bare"], strict=True)
        figures.say(f"{name}_ratio", round(median(page[0] / bare[0] for page, bare in pairs), 2), "x", RATIO)
        figures.say(f"{name}_queries", max(page[1] for page in answers[name]), "queries", QUERIES)
        figures.say(f"{name}_html", round(max(page[2] for page in answers[name]) / 1000, 1), "kB", KILOBYTES)
    return figures.is_over


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        static_var = Path(folder) / "static-files"
        static_var.mkdir()
        env = {"NETWERKLEREN_DEMO": "1", "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]

        own = os.environ | env | {"NETWERKLEREN_VAR": str(static_var), "SECRET_KEY": "bench"}
        subprocess.run(collect, cwd=ROOT, env=own, check=True)
        var = Path(folder) / "var"
        var.mkdir()
        with running_portal(var, static_var / "static", **env) as portal:
            portal.manage("load_demo")
            return 1 if measure(portal) else 0


if __name__ == "__main__":
    sys.exit(main())
