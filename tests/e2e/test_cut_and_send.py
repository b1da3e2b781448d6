"""The page on which a fragment is cut: chosen, cut, watched, kept and sent; and what can go wrong there."""

import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.counted import Counted
from tests.e2e import cut_films
from tests.e2e.conftest import NewContext, Watch
from tests.e2e.cutting import KEPT, choose, maker_at, plays_it_whole
from tests.e2e.people import Person
from tests.servers import Portal
from tests.video_feedback.films import make_film


@pytest.fixture
def maker(portal: Portal, new_context: NewContext, watch: Watch) -> Person:
    return maker_at(portal, portal.url, new_context, watch)


def test_what_this_browser_cannot_read_is_said_with_ways_out_and_nothing_goes(maker: Person, tmp_path: Path) -> None:
    sent: list[str] = []
    maker.page.on("request", lambda request: sent.append(request.url))
    for kind in cut_films.UNREADABLE:
        maker.page.reload()
        maker.page.get_by_label("Opname op dit apparaat").set_input_files(cut_films.make(kind, tmp_path))
        maker.sees("Deze browser kan de beelden van deze opname niet lezen.")
        maker.sees("Meest compatibel")
    maker.sees("vink daar aan dat de server er een stukje uit knipt")
    expect(maker.page.locator("[data-trouble]").get_by_role("link", name="Stuur de hele opname")).to_be_visible()
    assert [url for url in sent if "/uploads/" in url or "/opname/" in url] == []

    text = tmp_path / "lijst.mp4"
    text.write_text("#EXTM3U\nles.ts\n")
    maker.page.get_by_label("Opname op dit apparaat").set_input_files(text)
    maker.sees("Dit bestand is een afspeellijst, geen film. Kies de opname zelf.")

    short = make_film(tmp_path / "kort.mp4", seconds=0.4)
    maker.page.get_by_label("Opname op dit apparaat").set_input_files(short)
    maker.sees("Deze opname duurt korter dan een seconde.")


def test_a_file_that_changes_under_the_hand_is_not_cut(maker: Person, tmp_path: Path) -> None:
    film = cut_films.make(cut_films.KINDS[0], tmp_path)
    choose(maker, film)
    film.write_bytes(film.read_bytes()[:-1] + b"!")
    maker.page.get_by_role("button", name="Knip dit stukje").click()
    maker.sees("Het bestand is intussen veranderd of weg.")
    maker.sees("Kies het stukje")


@pytest.fixture
def counted(portal: Portal) -> Iterator[Counted]:
    way = Counted(portal)
    yield way
    way.server.close()


def _heavy_film(path: Path) -> Path:
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y"]
    command += ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=12,noise=alls=60:allf=t"]
    command += ["-f", "lavfi", "-i", "sine=frequency=330:duration=12", "-c:v", "libx264", "-preset", "ultrafast"]
    subprocess.run([*command, "-pix_fmt", "yuv420p", "-c:a", "aac", str(path)], check=True, timeout=60)
    return path


def test_it_is_chosen_cut_watched_kept_over_a_night_and_sent_and_the_rest_stays(
    portal: Portal, counted: Counted, new_context: NewContext, watch: Watch, tmp_path: Path
) -> None:
    maker = maker_at(portal, counted.url, new_context, watch)
    film = _heavy_film(tmp_path / "Noor legt uit.mp4")
    choose(maker, film)
    maker.sees("Noor legt uit.mp4, ")
    maker.looks_around("fragment-knippen")
    # The end goes two seconds back from the end of the film by keys, the beginning to a second before that.
    end = maker.page.get_by_role("slider", name="Eind van het stukje")
    end.press("ArrowLeft")
    end.press("ArrowLeft")
    expect(end).to_have_attribute("aria-valuetext", "0:10,0")
    start = maker.page.get_by_role("slider", name="Begin van het stukje")
    start.press("End")
    expect(start).to_have_attribute("aria-valuetext", "0:11,0")
    start.press("ArrowLeft")
    start.press(",")
    expect(start).to_have_attribute("aria-valuetext", "0:10,0")
    maker.press("Zet een vak")
    before = counted.bytes
    maker.press("Knip dit stukje")

    maker.sees("Kijk je fragment terug", seconds=60)
    maker.looks_around("fragment-terugkijken")
    expect(maker.page.get_by_role("button", name="Stuur dit fragment op")).to_be_disabled()
    assert counted.bytes - before < 20_000, "nothing goes before it is sent"

    maker.page.reload()
    maker.sees("Je knipte al 0:02,0 uit Noor legt uit.mp4.")
    maker.go("/fragmenten/")
    maker.sees("Geknipt, nog niet verstuurd")
    maker.follow("Kijk het terug en stuur het op")
    maker.page.get_by_role("button", name="Kijk het terug en stuur het op").click()
    plays_it_whole(maker)
    maker.press("Stuur dit fragment op")

    maker.sees("Wie mag kijken?", seconds=90)
    assert 10_000 < counted.bytes - before < film.stat().st_size / 10
    maker.go("/fragmenten/")
    maker.sees("De kring")
    maker.does_not_see("Geknipt, nog niet verstuurd")


OBSERVED = """
from datetime import timedelta
from uuid import uuid4
from django.utils import timezone
from groups.models import Pair
from tests.factories import make_group, make_member, make_session
from video_feedback.models import Clip, ObserverNote
group = make_group("De Onlanden")
pair = Pair.objects.create(group=group)
owner, observer = make_member(group, "Sanne Wolters", pair=pair), make_member(group, "Elif Kaya", pair=pair)
clip = Clip.objects.create(owner=owner, uploaded_by=observer, title="De kring")
began = timezone.now() - timedelta(hours=1)
for second, words in ((-30, "ervoor"), (5, "wachttijd"), (40, "vraagt door"), (70, "erna")):
    seen = began + timedelta(seconds=second)
    ObserverNote.objects.create(observer=observer, observed=owner, text=words, seen_at=seen)
print("SEEDED", make_session(observer.user), clip.pk, began.isoformat())
"""
FOUND = """
from video_feedback.models import NotesStart
print("SEEDED", *[start.starts_at.isoformat() for start in NotesStart.objects.filter(clip=%r)])
"""


def test_what_the_maatje_noted_is_on_the_strip_and_stays_with_what_is_cut(
    portal: Portal, new_context: NewContext, watch: Watch, tmp_path: Path
) -> None:
    session, clip, began = portal.seed(OBSERVED)
    context = new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    elif_ = Person("elif", context, watch, portal.url)
    elif_.go(f"/fragmenten/{clip}/knippen/")
    choose(elif_, make_film(tmp_path / "les.mp4", seconds=60, size="160x120", sound=False))
    # One note is found in the recording, by eye: at five seconds.
    elif_.page.evaluate("document.querySelector('cut-recording').seek(5)")
    elif_.page.get_by_label("Welke notitie?").select_option(index=1)
    elif_.page.get_by_role("button", name="Dit zie ik nu").click()
    marks = elif_.page.locator(".note-lane button:visible")
    expect(marks).to_have_count(2)
    assert all(box["width"] >= 44 <= box["height"] for box in map(Locator.bounding_box, marks.all()) if box)
    elif_.sees("Wat je voor of na de opname noteerde, staat er niet bij.")
    elif_.page.get_by_role("button", name="vraagt door").press("Enter")
    for end, moment in (("Begin", "0:20,0"), ("Eind", "0:50,0")):
        expect(elif_.page.get_by_role("slider", name=f"{end} van het stukje")).to_have_attribute(
            "aria-valuetext", moment
        )
    elif_.looks_around("fragment-knippen-met-notities")
    with elif_.page.expect_response(lambda answer: answer.url.endswith("/kijknotities/")):
        elif_.press("Knip dit stukje")
    [found] = portal.seed(FOUND % clip)
    assert (
        abs(datetime.fromisoformat(found) - datetime.fromisoformat(began) - timedelta(seconds=20)).total_seconds() < 0.5
    )


def test_a_worker_that_dies_is_told_of_and_the_next_one_cuts(maker: Person, tmp_path: Path) -> None:
    maker.page.clock.install(time=0)
    maker.page.reload()
    choose(maker, cut_films.make(cut_films.KINDS[0], tmp_path))
    maker.page.evaluate(KILLED_AT_THE_CUT)
    maker.page.clock.pause_at(3_600_000)
    maker.page.get_by_role("button", name="Knip dit stukje").click()
    maker.sees("We knippen, op je eigen apparaat")
    maker.page.wait_for_function("() => window.killed")

    maker.page.clock.run_for(9_000)
    maker.does_not_see("Het knippen is gestopt.")
    maker.page.clock.run_for(2_000)

    maker.sees("Het knippen is gestopt.")
    expect(maker.page.locator("[data-trouble]").get_by_role("link", name="Stuur de hele opname")).to_be_visible()
    maker.page.get_by_role("button", name="Knip dit stukje").click()
    maker.sees("Kijk je fragment terug", seconds=60)


KILLED_AT_THE_CUT = """
() => {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (job, ...rest) {
    postMessage.call(this, job, ...rest);
    if (job.what !== "cut" || window.killed) return;
    window.killed = true;
    this.terminate();
  };
}
"""


def test_who_signs_out_is_asked_about_what_was_cut_and_nothing_of_it_stays(maker: Person, tmp_path: Path) -> None:
    film = cut_films.make(cut_films.KINDS[0], tmp_path)
    choose(maker, film)
    maker.page.get_by_role("button", name="Knip dit stukje").click()
    maker.sees("Kijk je fragment terug", seconds=60)
    assert maker.page.evaluate(KEPT) == ["about.json", "film.mp4"]

    maker.page.locator("[data-menu] summary").first.click()
    maker.page.get_by_role("button", name="Uitloggen").click()
    maker.sees("Een geknipt fragment is nog niet verstuurd.")
    maker.page.get_by_role("button", name="Wis en log uit").click()
    maker.page.wait_for_url("**/login/**")
    assert maker.page.evaluate(KEPT) == []


def cut_all(maker: Person, film: Path) -> None:
    choose(maker, film)
    maker.page.get_by_role("button", name="Knip dit stukje").click()
    maker.sees("Kijk je fragment terug", seconds=60)


def test_on_a_device_that_is_full_it_is_said_and_what_was_cut_can_be_sent(maker: Person, tmp_path: Path) -> None:
    browser = maker.context.new_cdp_session(maker.page)
    browser.send("Storage.overrideQuotaForOrigin", {"origin": maker.url, "quotaSize": 1000})

    cut_all(maker, cut_films.make(cut_films.KINDS[0], tmp_path))

    maker.sees("We konden je fragment niet op dit apparaat bewaren.")
    maker.does_not_see("Je fragment blijft tot het verstuurd is op dit apparaat")
    assert maker.page.evaluate(KEPT) == []
    plays_it_whole(maker)


def test_two_tabs_cut_the_same_recording_and_one_fragment_comes_of_it(
    maker: Person, watch: Watch, tmp_path: Path
) -> None:
    other = Person("elif-elsewhere", maker.context, watch, maker.url)
    other.go(maker.page.url)
    film = cut_films.make(cut_films.KINDS[0], tmp_path)
    for tab in (maker, other):
        cut_all(tab, film)
    watch.allow("409 (Conflict)")
    for tab in (maker, other):
        plays_it_whole(tab)
    for tab in (maker, other):
        tab.page.get_by_role("button", name="Stuur dit fragment op").click()
        tab.sees("Wie mag kijken?", seconds=90)
    assert maker.page.evaluate(KEPT) == []


def test_three_stills_are_chosen_made_watched_and_sent_in_the_place_of_a_film(maker: Person, tmp_path: Path) -> None:
    choose(maker, cut_films.make(cut_films.Kind("genummerd.mp4"), tmp_path))
    maker.choose("Stilstaande beelden in plaats van film")
    make = maker.page.get_by_role("button", name="Maak de beelden")
    expect(make).to_be_disabled()
    for _still in range(3):
        maker.page.get_by_role("button", name="Neem dit beeld").click()
        for _frame in range(3):
            maker.page.get_by_role("button", name="Eén beeld verder").click()
    maker.sees("3 beelden, zonder geluid.")
    maker.looks_around("fragment-beelden")
    make.click()

    maker.sees("Kijk je fragment terug", seconds=60)
    maker.does_not_see("Hoor je een naam?")
    plays_it_whole(maker)
    maker.press("Stuur dit fragment op")
    maker.sees("Wie mag kijken?", seconds=90)


def test_where_a_device_cannot_cut_the_server_does_after_a_yes_and_of_the_rest_nothing_stays(
    maker: Person, tmp_path: Path
) -> None:
    film = make_film(tmp_path / "les.mp4", seconds=6)
    maker.page.locator("[data-whole]").get_by_role("link").click()
    maker.page.get_by_label("De opname").set_input_files(film)
    maker.choose("Laat de server er een stukje uit knippen")
    maker.page.get_by_role("button", name="Stuur de opname op").click()
    maker.page.wait_for_function("() => document.querySelector('[name=goes_whole]').matches(':invalid')")
    maker.choose("Ik weet dat de hele opname naar de server gaat")
    maker.press("Stuur de opname op")

    maker.sees("Welk stukje blijft?", seconds=60)
    maker.page.get_by_label("Bekijk de opname op dit apparaat").set_input_files(film)
    for moment, words in ((2.4, "Vanaf hier"), (4.6, "Tot hier")):
        player = maker.page.locator("choose-piece video")
        maker.page.wait_for_function("() => document.querySelector('choose-piece video').readyState > 1")
        player.evaluate("(film, to) => { film.currentTime = to; }", moment)
        maker.page.get_by_role("button", name=words).click()
    expect(maker.page.get_by_label("Van", exact=True)).to_have_value("0:02")
    expect(maker.page.get_by_label("Tot")).to_have_value("0:05")
    maker.looks_around("fragment-stukje")
    maker.press("Knip dit stukje")
    maker.sees("Wie mag kijken?", seconds=90)
    length = maker.page.locator("clip-player video").get_attribute("data-duration")
    assert abs(int(length or 0) - 3000) < 100
