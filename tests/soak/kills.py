"""Processes are killed in the middle of their work: nothing acknowledged is lost, nothing is sent twice."""

import asyncio
import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from tests.bench.figures import Figures
from tests.servers import WHOLE_ON_POSTGRESQL, Portal, SmtpSink, wait_until
from tests.soak.browser import PATIENCE, Browser

SEED = """
from tests.factories import make_group, make_meeting, make_member, make_session
from video_feedback.models import Clip
group = make_group("Duurproef")
coach, member = make_member(group, "Hanneke Dijkstra", coach=True), make_member(group, "Marijke Hoekstra")
make_meeting(group, "closing")
clips = [Clip.objects.create(owner=member, uploaded_by=member, title=f"Kring {number}") for number in range(%d)]
print("SEEDED", group.pk, make_session(coach.user), make_session(member.user), *(clip.pk for clip in clips))
"""
LOOK = """
import json
from django.utils import timezone
from netwerkleren.base.models import OutgoingMail
from reports.models import Export
from reports.tasks import EXPORT_READY
from video_feedback.models import Clip
mails = OutgoingMail.objects.all()
print("SEEDED", json.dumps({
    "mails": [*mails.values_list("recipient", "status")],
    "due": [*mails.filter(send_after__lte=timezone.now()).values_list("status", flat=True)],
    "told": [str(pk) for pk in mails.filter(kind=EXPORT_READY).values_list("about", flat=True)],
    "clips": [[str(pk), state] for pk, state in Clip.objects.values_list("pk", "state")],
    "exports": [[str(pk), state] for pk, state in Export.objects.values_list("pk", "state")],
}).replace(" ", ""))
"""
ENDS = {"ready", "failed", "outdated", "sent", "uncertain", "dropped"}
PAUSES_GROW = 4
"""After so many deaths bin/serve waits so long with the next child that a portal is started anew."""


@dataclass
class SlowSink(SmtpSink):
    """Takes its time for each answer, so that a worker may be killed at each of them."""

    dice: random.Random = field(default_factory=random.Random)

    async def handle_RCPT(self, *arguments: Any) -> str:
        await asyncio.sleep(self.dice.uniform(0, 0.5))
        return await super().handle_RCPT(*arguments)

    async def handle_DATA(self, *arguments: Any) -> str:
        await asyncio.sleep(self.dice.uniform(0, 0.5))
        return await super().handle_DATA(*arguments)


@dataclass
class Soak:
    """What was asked of the portal, and acknowledged."""

    sink: SmtpSink
    film: bytes
    dice: random.Random
    group: str = ""
    clips: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    invited: list[str] = field(default_factory=list)
    ordered: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.mails_before = len(self.sink.mails)  # Of others that use the same sink.

    def seed_in(self, clips: int) -> Callable[[Portal], None]:
        """Fills a portal with a coach, a deelnemer and so many fragments that wait for their recording."""

        def seed(portal: Portal) -> None:
            self.portal = portal
            self.group, coach, member, *self.clips = portal.seed(SEED % clips)
            self.coach, self.member = Browser(portal, coach), Browser(portal, member)

        return seed

    # What a process is killed in, how long that takes at most, and who is killed.
    def upload(self) -> None:
        clip = self.clips.pop()
        sending = Thread(target=self.member.send, args=(clip, self.film), kwargs={"pause": 0.05})
        sending.start()
        self._kill_within(1.5, self.dice.choice(["granian", "granian worker"]))
        sending.join()
        self.sent.append(clip)

    def conversion(self) -> None:
        clip = self.clips.pop()
        self.member.send(clip, self.film)
        self.sent.append(clip)
        self._kill_within(4, "video")

    def mail(self) -> None:
        email = f"genodigde{len(self.invited)}@school.example"
        self.coach.invite(self.group, email)
        self.invited.append(email)
        self._kill_within(1.5, "mail")

    def pdf(self) -> None:
        self.ordered.add(self.coach.order_pdf(self.group).strip("/").rpartition("/")[2])
        self._kill_within(3, "mail")

    def _kill_within(self, seconds: float, victim: str) -> None:
        time.sleep(self.dice.uniform(0, seconds))
        self.kill(victim)

    def kill(self, victim: str) -> None:
        os.kill(wait_until(lambda: self._pid_of(victim), victim, 90), signal.SIGKILL)

    def _pid_of(self, role: str) -> int | None:
        return next((pid for pid, its_role in self.portal.processes.items() if its_role == role), None)

    def look(self) -> Any:
        return json.loads(self.portal.seed(LOOK)[0])


def kill_processes(
    figures: Figures, soak: Soak, kills: int, kinds: tuple[str, ...] = ("upload", "conversion", "mail", "pdf")
) -> None:
    for number in range(kills):
        if number % PAUSES_GROW == 0 and number:
            soak.portal.stop()
            soak.portal.start()
            wait_until(lambda: soak.portal.roles == WHOLE_ON_POSTGRESQL, "the whole portal", 30)
        work: Callable[[], None] = getattr(soak, kinds[number % len(kinds)])
        work()
    begun = time.monotonic()
    found = wait_until(lambda: _when_all_ended(soak), "the end of all work", 2 * PATIENCE)
    figures.say("settled_after_kills", round(time.monotonic() - begun, 1), "s", PATIENCE)
    _count(figures, soak, found, kills)


def _when_all_ended(soak: Soak) -> Any:
    found = soak.look()
    clips, exports = dict(found["clips"]), dict(found["exports"])
    states = [clips[pk] for pk in soak.sent] + [exports[pk] for pk in soak.ordered]
    states += found["due"]
    return found if set(states) <= ENDS else None


def _count(figures: Figures, soak: Soak, found: Any, kills: int) -> None:
    statuses: dict[str, list[str]] = {}
    for recipient, status in found["mails"]:
        statuses.setdefault(recipient, []).append(status)
    received = soak.sink.mails[soak.mails_before :]
    arrived = Counter(address for mail in received for address in mail.recipients)
    clips, exports = dict(found["clips"]), dict(found["exports"])
    print(f"{kills} kills", flush=True)
    for name, states in (("clips", clips), ("pdfs", exports), ("mails", dict(found["mails"]))):
        print(f"{name}: {dict(Counter(states.values()))}", flush=True)
    lost = [clip for clip in soak.sent if clips[clip] not in {"ready", "failed"}]
    lost += [pk for pk in soak.ordered if exports.get(pk) not in {"ready", "failed", "outdated"}]
    # Nothing arrived, and no coach sees that perhaps nothing did.
    lost += [
        email
        for email in soak.invited
        if not arrived[email] and not {"uncertain", "failed"} & set(statuses.get(email, []))
    ]
    lost += [f"the mail about {pk}" for pk, state in exports.items() if state == "ready" and pk not in found["told"]]
    lost += soak.coach.lost + soak.member.lost
    for what in lost:
        print(f"lost: {what}", flush=True)
    figures.say("lost", len(lost), "things", 0)
    letters = Counter((address, mail.text) for mail in received for address in mail.recipients)
    figures.say("sent_twice", sum(count - 1 for count in letters.values()), "mails", 0)
