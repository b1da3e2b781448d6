"""bin/bench meetlat: what each step of a meetlat with 60 questions costs beside a bare page, what one move takes up and
brings back, and whether of ten people who each move a hundred times at once a move is lost or made twice.

A page and the bare page are asked in turn; a figure is the median over all pairs.
"""

import re
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from threading import Barrier
from urllib.parse import urlencode, urlsplit

from tests.bench.figures import Figures
from tests.bench.main_pages import Answer, Visitor
from tests.bench.portals import WITH_STOPWATCH, collected_files
from tests.bench.senders import TOKEN
from tests.servers import Portal, running_portal

STRIPS, WRITERS, MOVES = 60, 10, 100
STEPS = {"laying": "1", "checking": "2", "answering": "3", "finishing": "4", "ending_one": "4&open={strip}"}
"""The last: Afronden, with the form of a question open."""
ROUNDS, WARM_UP = 30, 5
RATIO, QUERIES, KILOBYTES, UP, SHARE = 5, 15, 65, 2000, 0.35
"""The last: how much of the board comes back after a move on the fullest meetlat, the dock included."""

SEED = f"""
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Nobody logs in with it.
from leervragen.models import Leervraag
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session
group = make_group()
people = [make_member(group, coach=number == 0, school=None) for number in range({WRITERS})]
small, full = [
    make_meeting(group, online_url="https://video.example/x", position=place, state="running") for place in (1, 2)
]
for number in range(20):
    make_agenda_item(make_meeting(group, position=3) if number == 0 else group.meetings.get(position=3))
for meeting, count in ((small, 1), (full, {STRIPS})):
    for number in range(count):
        Leervraag.objects.create(
            meeting=meeting, author=people[(number + 1) % {WRITERS}],
            state="laid", number=number % 10 + 1, rank=number // 10,
            text=f"Hoe help ik leerling {{number}} om mee te doen als er in de klas veel tegelijk gebeurt?")
firsts = [meeting.leervragen.in_order().first().pk for meeting in (small, full)]
print("SEEDED", small.pk, full.pk, *firsts, *[make_session(one.user) for one in people])
"""
CHECK = """
from netwerkleren.base import live
from leervragen.models import Leervraag, StripMove
from meetings.models import Meeting
meeting = Meeting.objects.get(pk="%s")
strips = list(meeting.leervragen.in_order())
rungs = {}
for strip in strips:
    rungs.setdefault(strip.number, []).append(strip.rank)
is_valid = len(strips) == %d and all(ranks == list(range(len(ranks))) for ranks in rungs.values())
last = {move.strip_id: move.number for move in StripMove.objects.filter(meetlat=meeting.pk, kind="laid")}
agrees = all(last.get(strip.pk, strip.number) == strip.number for strip in strips)
print("SEEDED", sum(strip.version for strip in strips), live.version_of(live.topic_of("meetlat", meeting)),
      int(is_valid and agrees))
"""
AS_A_BROWSER = {
    "Accept": "*/*",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "nl-NL,nl;q=0.9,en;q=0.8",
    "Connection": "keep-alive",
    "Content-Type": "application/x-www-form-urlencoded",
    "HX-Request": "true",
    "HX-Target": "dock",
    "HX-Trigger": "naar-7",
    "HX-Trigger-Name": "to",
    "Sec-Fetch-Dest": "empty",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Site": "same-origin",
    "User-Agent": "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
    "Mobile Safari/537.36",
}


@dataclass
class Writer:
    """Someone at the full meetlat, who knows of each strip the version that was shown last."""

    portal: Portal
    session: str
    page: str
    versions: dict[str, str]

    def move(self, strip: str, to: int) -> tuple[int, str, int]:
        """The status, the answer, and how many bytes went up."""
        path = f"/leervragen/{strip}/verplaatsen/"
        body = urlencode({"csrfmiddlewaretoken": TOKEN, "version": self.versions[strip], "to": to})
        headers = AS_A_BROWSER | {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "Host": urlsplit(self.portal.url).netloc,
            "HX-Current-URL": self.portal.url + self.page,
            "Origin": self.portal.url,
            "Referer": self.portal.url + self.page,
            "X-CSRFToken": TOKEN,
            "Content-Length": str(len(body)),
        }
        head = f"POST {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        address = urlsplit(self.portal.url)
        connection = HTTPConnection(str(address.hostname), address.port, timeout=120)
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        html = answer.read().decode()
        connection.close()
        if shown := re.search(r'data-version="(\d+)"', html):
            self.versions[strip] = shown[1]
        return answer.status, html, len(head) + 2 + len(body)


def measure_page(visitor: Visitor, step: str, figures: Figures) -> int:
    """Answers how large the page is."""
    pairs: list[tuple[Answer, Answer]] = []
    for turn in range(WARM_UP + ROUNDS):
        pair = (visitor.visit(f"full {step}"), visitor.visit("bare"))
        if turn >= WARM_UP:
            pairs.append(pair)
    queries = max(page.queries for page, _bare in pairs)
    size = max(page.size for page, _bare in pairs)
    figures.say(f"{step}_ratio", round(median(page.cpu_ns / bare.cpu_ns for page, bare in pairs), 2), "x", RATIO)
    figures.say(f"{step}_queries", queries, "queries", QUERIES)
    more = queries - visitor.visit(f"small {step}").queries
    figures.say(f"{step}_queries_more_than_with_one", more, "queries", 0)
    figures.say(f"{step}_html", round(size / 1000, 1), "kB", KILOBYTES)
    return size


def measure_move(writer: Writer, strips: list[str], size: int, figures: Figures) -> int:
    """Answers how many moves were made."""
    answers = [writer.move(strip, index % 9 + 2) for index, strip in enumerate(strips[:9])]
    assert {status for status, _html, _up in answers} == {200}
    assert all("data-since" in html for _status, html, _up in answers), "the whole board came along"
    figures.say("move_up", max(up for _status, _html, up in answers), "bytes", UP)
    down = max(len(html.encode()) for _status, html, _up in answers)
    figures.say("move_down", round(down / 1000, 1), "kB", round(SHARE * size / 1000, 1))
    return len(answers)


def measure_writers(writers: list[Writer], strips: list[str], made: int, check: str, figures: Figures) -> None:
    start = Barrier(len(writers))

    def work(number: int) -> list[int]:
        start.wait()
        turns = ((number * 7 + turn * 11, (number + turn) % 10 + 1) for turn in range(MOVES))
        return [writers[number].move(strips[at % len(strips)], to)[0] for at, to in turns]

    with ThreadPoolExecutor(len(writers)) as pool:
        statuses = [status for each in pool.map(work, range(len(writers))) for status in each]
    accepted = made + statuses.count(200)
    if others := Counter(status for status in statuses if status not in (200, 409)):
        print(f"Answered otherwise: {dict(others)}\n{writers[0].portal.logs}", file=sys.stderr)
    versions, topic, holds = (int(word) for word in writers[0].portal.seed(check))
    figures.say_least("moves_at_once", len(statuses), "moves", WRITERS * MOVES)
    figures.say("moves_with_another_answer", sum(status not in (200, 409) for status in statuses), "moves", 0)
    figures.say("moves_lost", max(accepted - min(versions, topic), 0), "moves", 0)
    figures.say("moves_made_twice", max(max(versions, topic) - accepted, 0), "moves", 0)
    figures.say_least("meetlat_is_valid", holds, "", 1)


def measure(portal: Portal) -> bool:
    """Prints the figures; True when one is over."""
    figures = Figures("meetlat")
    small, full, small_first, full_first, *sessions = portal.seed(SEED)
    meetlat = f"/bijeenkomsten/{full}/meetlat/"
    pages = {
        f"{name} {step}": f"/bijeenkomsten/{pk}/meetlat/?step={shown.format(strip=strip)}"
        for name, pk, strip in (("small", small, small_first), ("full", full, full_first))
        for step, shown in STEPS.items()
    }
    visitor = Visitor(portal, sessions[1], pages)
    size, *_others = [measure_page(visitor, step, figures) for step in STEPS]
    strips = portal.seed(f"""
from leervragen.models import Leervraag
print("SEEDED", *Leervraag.objects.filter(meeting="{full}").order_by("rank", "number").values_list("pk", flat=True))
""")
    writers = [Writer(portal, session, meetlat, dict.fromkeys(strips, "0")) for session in sessions]
    made = measure_move(writers[0], strips, size, figures)
    measure_writers(writers, strips, made, CHECK % (full, STRIPS), figures)
    return figures.is_over


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "var").mkdir()
        with running_portal(folder / "var", collected_files(folder), DJANGO_SETTINGS_MODULE=WITH_STOPWATCH) as portal:
            return 1 if measure(portal) else 0


if __name__ == "__main__":
    sys.exit(main())
