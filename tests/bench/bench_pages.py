"""bin/bench pages: how heavy the main pages are, as a ratio to a bare page in the same server and run.

A page and the bare page are asked in turn; a figure is the median over all pairs. First all of them for a deelnemer,
and for the coach what the coach works with; then a fragment with many remarks, for its owner and for another; then the
meeting is begun, led from onderdeel to onderdeel, and held.
"""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from tests.bench.figures import Figures
from tests.bench.main_pages import Answer, Visitor
from tests.bench.portals import bench_portal, collected_files
from tests.servers import Portal

ROUNDS = 30
WARM_UP = 5
RATIO, QUERIES, KILOBYTES = 5, 15, 60


COACH, PARTICIPANT = "Hanneke Dijkstra", "Marijke Hoekstra"
OF_COACH = ["vandaag", "bijeenkomst", "leiden"]
LEAD = f"""
from groups.models import User
from meetings.models import Meeting
from meetings.services import running
coach = User.objects.get(name={COACH!r})
meeting = Meeting.objects.get(topic__title="Contact met klasgenoten")
"""
"""What follows it does one thing that who leads does."""
DONE = "\nprint('SEEDED')"
REMARKS = 60
MANY_REMARKS = f"""
from django.utils import timezone
from groups.models import Membership
from video_feedback.models import Clip, Feedback, Remark
coach = Membership.objects.get(user__name={COACH!r})
for clip in Clip.objects.filter(feedback__isnull=False).distinct():
    clip.feedback.all().delete()
    givers = [coach, *Membership.objects.participants().exclude(pk=clip.owner_id)[:5]]
    for giver in givers:
        feedback = Feedback.objects.create(clip=clip, giver=giver, sent_at=None if giver == coach else timezone.now())
        Remark.objects.bulk_create(
            Remark(feedback=feedback, kind=Remark.Kind.values[place % 4], start_ms=place * 250, text="Je wachtte.")
            for place in range({REMARKS} // len(givers))
        )
"""
"""On each fragment that has feedback; of the coach's it is a draft."""


def measure(figures: Figures, visitor: Visitor, pages: Iterable[str], suffix: str = "") -> None:
    answers: dict[str, list[tuple[Answer, Answer]]] = {name: [] for name in pages}
    for turn in range(WARM_UP + ROUNDS):
        for name, pairs in answers.items():
            pair = (visitor.visit(name), visitor.visit("bare"))
            if turn >= WARM_UP:
                pairs.append(pair)
    for name, pairs in answers.items():
        name += suffix
        figures.say(f"{name}_ratio", round(median(page.cpu_ns / bare.cpu_ns for page, bare in pairs), 2), "x", RATIO)
        figures.say(f"{name}_queries", max(page.queries for page, _bare in pairs), "queries", QUERIES)
        figures.say(f"{name}_html", round(max(page.size for page, _bare in pairs) / 1000, 1), "kB", KILOBYTES)


def measure_meeting(figures: Figures, portal: Portal, coach: Visitor, participant: Visitor) -> None:
    """What each onderdeel puts on Leiden, and the page of the meeting while it runs and when it was held."""
    kinds = portal.seed(LEAD + "print('SEEDED', *meeting.agenda.values_list('kind', flat=True))")
    seen: set[str] = set()
    for number, kind in enumerate(kinds):
        go = f"running.go_to(actor=coach, meeting=meeting, item=meeting.agenda.all()[{number}])"
        portal.seed(LEAD + (go if number else "running.start_meeting(actor=coach, meeting=meeting)") + DONE)
        if kind not in seen:
            measure(figures, coach, ["leiden"], f"_{kind}")
            seen.add(kind)
    measure(figures, coach, ["bijeenkomst"], "_coach_running")
    measure(figures, participant, ["bijeenkomst"], "_running")
    portal.seed(LEAD + "running.end_meeting(actor=coach, meeting=meeting)" + DONE)
    measure(figures, coach, ["bijeenkomst"], "_coach_held")
    measure(figures, participant, ["bijeenkomst"], "_held")


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with bench_portal(folder / "var", collected_files(folder)) as portal:
            figures = Figures("pages")
            participant, coach = Visitor.of(portal, PARTICIPANT), Visitor.of(portal, COACH)
            measure(figures, participant, (name for name in participant.pages if name not in ("film", "leiden")))
            measure(figures, coach, OF_COACH, "_coach")
            portal.seed(MANY_REMARKS + DONE)
            measure(figures, participant, ["fragment"], f"_{REMARKS}_remarks")
            measure(figures, coach, ["fragment"], f"_{REMARKS}_remarks_of_another")
            measure_meeting(figures, portal, coach, participant)
    return 1 if figures.is_over else 0


if __name__ == "__main__":
    sys.exit(main())
