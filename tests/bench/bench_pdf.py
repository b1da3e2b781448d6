"""bin/bench pdf: what the closing PDF costs beside WeasyPrint alone on the same HTML, and how long a Printpakket takes.

The lines are drawn apart, since that is matplotlib's work; a figure is the median of three, in processor time where two
are compared. And a web process that has started holds neither WeasyPrint nor matplotlib.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time

from tests.bench.figures import Figures

TURNS = 3
RATIO, PACK_SECONDS = 1.3, 10
MEMBERS = (7, 24)
HEAVY = "import sys, netwerkleren.wsgi; print(*[name for name in ('weasyprint', 'matplotlib') if name in sys.modules])"


def seconds_of(work: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    begun = clock()
    work()
    return clock() - begun


def measure_closing(figures: Figures, members: int) -> None:
    import weasyprint

    from netwerkleren.base import pdf, press
    from reports.closing.documents import closing_document
    from reports.closing.facts import closing_facts
    from reports.lines.print import draw_lines
    from reports.models import Export
    from tests.bench.traject import make_traject

    group = make_traject(members)
    facts, export = closing_facts(group), Export(group=group, quote="Ik telde tot drie.", going_on="Koffie.")
    html = closing_document(export, facts).html
    fetcher, fonts, font_css = press._engine(pdf._font_face_rules())
    options = {"stylesheets": [font_css], "pdf_variant": "pdf/ua-1"}
    assert facts.lines is not None
    chart = facts.lines.chart

    def by_hand() -> None:
        weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(font_config=fonts, **options)

    drawing = median(seconds_of(lambda: draw_lines(chart)) for _turn in range(TURNS))
    pairs = [(seconds_of(lambda: closing_document(export, facts)), seconds_of(by_hand)) for _turn in range(TURNS)]
    ratio = median((whole - drawing) / bare for whole, bare in pairs)
    whole, bare = (median(each) for each in zip(*pairs, strict=True))
    print(f"{members} members: whole {whole:.2f} s, by hand {bare:.2f} s, lines {drawing:.2f} s")
    figures.say(f"closing_{members}", round(ratio, 2), "x", RATIO)


def measure_pack(figures: Figures) -> None:
    from meetings.models import Meeting
    from reports.printing.documents import papers_document
    from reports.printing.facts import On
    from reports.printing.sheets import pack_of, sheets_for
    from tests.bench.traject import make_traject

    group = make_traject(MEMBERS[-1])
    coach = group.memberships.select_related("user").get(role="coach")
    meeting = Meeting.objects.with_facts().get(group=group, position=1)
    on = On(group, coach, meeting)
    offered = sheets_for(on, leads=True)
    packed = [sheet for sheet in offered if sheet.code in pack_of(on, offered)]
    seconds = median(seconds_of(lambda: papers_document(on, packed), perf_counter) for _turn in range(TURNS))
    figures.say("pack", round(seconds, 2), "s", PACK_SECONDS)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.db import connection

    figures = Figures("pdf")
    held = subprocess.run([sys.executable, "-c", HEAVY], check=True, capture_output=True, text=True)
    figures.say("heavy_in_web_process", len(held.stdout.split()), "libraries", 0)
    name = connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        for members in MEMBERS:
            measure_closing(figures, members)
        measure_pack(figures)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    return 1 if figures.is_over else 0


if __name__ == "__main__":
    sys.exit(main())
