"""Everything can be reached and told apart: by keys, with a finger, zoomed in to 400%, and in forced colours."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.e2e.conftest import NewContext
from tests.servers import Portal

SEED = """
import tempfile
from pathlib import Path
from django.core.files import File
from groups.models import Membership
from leervragen.models import Leervraag, Meetlat
from meetings.models import Meeting
from meetings.services import running
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session
from tests.video_feedback.factories import make_clip
from tests.video_feedback.films import make_film
from video_feedback.services import consent

group = make_group("De bereikbaren")
coach, member = make_member(group, coach=True), make_member(group)
meeting, coming = make_meeting(group, position=1), make_meeting(group, position=2)
for title in ["Welkom", "Vervolg", "Slot"]:
    make_agenda_item(meeting, minutes=15, title=title)
    make_agenda_item(coming, minutes=15, title=title)
running.start_meeting(actor=coach.user, meeting=meeting)
for number, text in enumerate(["Hoe begin ik?", "Hoe stop ik?", "Hoe ga ik door als niemand meer iets zegt?"], 1):
    laid = {"state": "laid", "number": number * 3, "rank": 0}
    Leervraag.objects.create(meeting=meeting, author=member, text=text, **laid)
Meetlat.objects.create(meeting=meeting, step=Meetlat.Step.LAYING)
clip = make_clip(member, duration_ms=20_000)
with tempfile.TemporaryDirectory() as folder:
    film = make_film(Path(folder) / "film.mp4", seconds=20, size="160x120", sound=False)
    clip.video.save(f"{clip.pk}/2/film.mp4", File(film.open("rb")))
consent.share_clip(actor=member.user, clip=clip, audience="group", scope="all_parents")
sessions = make_session(coach.user), make_session(member.user)
print("SEEDED", *sessions, group.pk, meeting.pk, coming.pk, clip.pk)
"""
NAMES = ["coach", "member", "group", "meeting", "coming", "clip"]
BOARD = "/bijeenkomsten/{meeting}/meetlat/"
FILM = "/fragmenten/{clip}/"
LINE = "/oogst/{group}/mijn-lijn/"
MAIN_PAGES = {
    "/": "coach",
    "/groepen/{group}/": "coach",
    "/bijeenkomsten/": "member",
    "/bijeenkomsten/{meeting}/leiden/": "coach",
    "/bijeenkomsten/{coming}/": "coach",
    "/bijeenkomsten/{coming}/agenda/": "coach",
    "/bijeenkomsten/{coming}/leervragen/": "member",
    FILM: "coach",
    "/talentmomenten/": "member",
    LINE: "member",
    BOARD: "coach",
}
"""Path, and who looks at it."""


@dataclass
class Group:
    """A group with a running meeting, a meetlat, a shared fragment and lines to draw."""

    portal: Portal
    new_context: NewContext
    names: dict[str, str]

    def open(self, who: str, path: str, *, width: int, height: int, script: str = "", finger: bool = False) -> Page:
        context = self.new_context(viewport={"width": width, "height": height}, has_touch=finger)
        context.add_cookies([{"name": "sessionid", "value": self.names[who], "url": self.portal.url}])
        if script:
            context.add_init_script(script)
        page = context.new_page()
        self.go(page, path)
        return page

    def go(self, page: Page, path: str) -> None:
        page.goto(self.portal.url + path.format(**self.names))


@pytest.fixture(scope="module")
def names(portal: Portal) -> dict[str, str]:
    return dict(zip(NAMES, portal.seed(SEED), strict=True))


@pytest.fixture
def group(portal: Portal, new_context: NewContext, names: dict[str, str]) -> Group:
    return Group(portal, new_context, names)


def choose_a_strip(page: Page) -> Locator:
    page.locator("a[data-strip]").first.click()
    expect(page.locator("#dock form")).to_be_visible()
    return page.locator("a[data-strip].sel")


# --- the focus ---

WHAT_HIDES_THE_FOCUS = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return "the end";
  if (focused.matches("video")) return null;
  const { left, right, top, bottom } = focused.getBoundingClientRect();
  const name = `${focused.localName} ${focused.id} ${focused.textContent.trim().slice(0, 30)}`;
  const [line, middle, low] = [top + 24, (top + bottom) / 2, Math.min(bottom, innerHeight) - 2];
  if (bottom <= 0 || top >= innerHeight) return `${name}: out of the window`;
  // A browser scrolls to the line where one types, and not to the last one of a textarea.
  for (const y of focused.matches("textarea") ? [line] : [middle, low]) {
    let over = document.elementFromPoint((left + right) / 2, y);
    while (over && !["fixed", "sticky"].includes(getComputedStyle(over).position)) over = over.parentElement;
    if (over && !over.contains(focused)) return `${name}: behind ${over.className}`;
  }
  return null;
}"""
MOST_STOPS = 40


def test_what_gets_the_focus_on_a_phone_is_never_behind_what_stays_in_its_place(group: Group) -> None:
    pages = {who: group.open(who, "/", width=390, height=700) for who in ("coach", "member")}
    hidden: list[str] = []
    for path, who in MAIN_PAGES.items():
        page = pages[who]
        group.go(page, path)
        if path == BOARD:
            choose_a_strip(page)
            page.locator("body").evaluate("() => document.activeElement.blur()")
        for _stop in range(MOST_STOPS):
            page.keyboard.press("Tab")
            over = page.evaluate(WHAT_HIDES_THE_FOCUS)
            if over == "the end":
                break
            if over:
                hidden.append(f"{path}: {over}")
    assert hidden == []


# --- zoomed in to 400%: a window of 1280 px has 320 left ---

ASK = """<form data-confirm="Weet je het zeker? {more}"><button id="ask">Vraag</button></form>"""


def check_reached(controls: Locator) -> None:
    """AssertionError when one of these cannot be pressed, also after scrolling to it."""
    assert controls.count() > 0
    for control in controls.all():
        control.click(trial=True, timeout=2_000)


def test_all_that_opens_can_be_reached_when_zoomed_in_to_400_percent(group: Group) -> None:
    page = group.open("coach", BOARD, width=320, height=256)
    choose_a_strip(page)
    # The whole sheet is in sight, and so is a part of what it is about.
    sheet = page.locator("#dock").bounding_box()
    assert sheet is not None
    assert sheet["y"] > 80 and sheet["y"] + sheet["height"] <= 256
    check_reached(page.locator("#dock").locator("button, a, select").locator("visible=true"))
    page.locator("#groepeer").click()
    expect(page.locator("#groepeer-nu")).to_be_visible()
    check_reached(page.locator("#dock").locator("button, a, select, input").locator("visible=true"))

    group.go(page, "/")
    for menu in page.locator("details.menu").all():
        menu.locator("summary").click()
        check_reached(menu.locator(".panel").locator("a, button"))
        page.keyboard.press("Escape")

    page.locator("main").evaluate(
        "(main, html) => main.insertAdjacentHTML('afterbegin', html)", ASK.format(more="Dit wist alles. " * 30)
    )
    page.locator("#ask").click()
    check_reached(page.locator("#confirm button"))


# --- forced colours ---

SEEN = """(element) => {
  const canvas = getComputedStyle(document.body).backgroundColor;
  const seen = (colour) => (/, 0\\)$/.test(colour) || colour === canvas ? "" : colour);
  const looks = [null, "::before", "::after"].map((part) => {
    const style = getComputedStyle(element, part);
    if (part && style.content === "none") return "";
    const line = (width, colour) => (width === "0px" ? "" : width + seen(colour));
    const outline = style.outlineStyle === "none" ? "" : line(style.outlineWidth, style.outlineColor);
    const border = line(style.borderBottomWidth, style.borderBottomColor);
    return [seen(style.backgroundColor), border, outline].join();
  });
  return [...looks, element instanceof SVGElement ? getComputedStyle(element).fill : ""].join("|");
}"""
CHOSEN = [
    ("/", 1280, ".nav a[aria-current]", ".nav a:not([aria-current])"),
    ("/", 390, ".tabs .tab[aria-current]", ".tabs .tab:not([aria-current])"),
    ("/", 1280, ".theme [aria-pressed=true]", ".theme [aria-pressed=false]"),
    (FILM, 1280, ".choice .btn:has(:checked)", ".choice .btn:has(input:not(:checked))"),
    ("/talentmomenten/", 1280, ".chip:has(:checked)", ".chip:has(input:not(:checked))"),
    (BOARD, 1280, "a.strip.sel", "a.strip:not(.sel)"),
    (BOARD, 1280, ".key[aria-pressed=true]", ".key[aria-pressed=false]"),
    (BOARD, 1280, ".steps [aria-current]", ".steps :not([aria-current]) > a:not([aria-current])"),
    (LINE, 1280, ".lying .point[aria-current]", ".lying .point:not([aria-current])"),
    (LINE, 1280, ".line-table tr.is-chosen", ".line-table tr:not(.is-chosen)"),
    ("/account/password/change/", 1280, ".parts a[aria-current]", ".parts a:not([aria-current])"),
    ("/bijeenkomsten/{meeting}/leiden/", 1280, ".runlist .now", ".runlist li:not(.now)"),
    ("/bijeenkomsten/{meeting}/scherm/", 1280, ".beamer-line .now", ".beamer-line li:not(.now)"),
    ("/bijeenkomsten/{meeting}/", 390, ".tape > i", ".tape"),
]
"""Path, width, what is chosen or runs now, and another of its kind."""


def test_what_is_chosen_is_told_by_more_than_our_own_colours(group: Group) -> None:
    pages = {who: group.open(who, "/", width=1280, height=900) for who in ("coach", "member")}
    lost: list[str] = []
    for path, width, chosen, other in CHOSEN:
        page = pages["member" if path == LINE else "coach"]
        page.emulate_media(forced_colors="active")
        page.set_viewport_size({"width": width, "height": 900})
        group.go(page, path)
        if path == BOARD:
            choose_a_strip(page)
        if path == "/talentmomenten/":
            page.locator(".chip").first.click()
        looks = [page.locator(selector).first.evaluate(SEEN) for selector in (chosen, other)]
        if looks[0] == looks[1]:
            lost.append(f"{path} {chosen}: {looks}")
    assert lost == []


# --- keys and fingers ---

OLDER_SAFARI = """(() => {
  const { get } = Object.getOwnPropertyDescriptor(PointerEvent.prototype, "pointerType");
  Object.defineProperty(PointerEvent.prototype, "pointerType", {
    get() { return this.type === "click" ? undefined : get.call(this); },
  });
})()"""
"""There a click is a plain mouse's, whatever made it."""


def test_the_keys_of_the_meetlat_act_only_while_the_focus_is_on_it(group: Group) -> None:
    page = group.open("coach", BOARD, width=1280, height=900)
    strip = choose_a_strip(page)
    moves: list[Request] = []
    page.on("request", lambda request: moves.append(request) if request.method == "POST" else None)
    page.get_by_role("link", name="Nieuwe vraag").focus()
    page.keyboard.press("5")
    strip.focus()
    for keys in ("Control+5", "Alt+5", "Shift+P"):
        page.keyboard.press(keys)
    page.wait_for_timeout(200)
    assert moves == []

    page.keyboard.press("5")
    expect(page.locator("[data-place='5'] a.strip.sel")).to_be_visible()
    assert len(moves) == 1


@pytest.mark.parametrize("script", ["", OLDER_SAFARI], ids=["this-browser", "older-safari"])
def test_a_tap_on_the_paper_draws_a_point_also_where_a_click_knows_no_pointer(group: Group, script: str) -> None:
    page = group.open("member", LINE, width=390, height=700, script=script, finger=True)
    before = page.locator("[data-chosen-words]").inner_text()
    paper = page.locator("svg.standing")
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.3)
    expect(page.locator("[data-chosen-words]")).not_to_have_text(before)


def test_the_moment_of_a_remark_is_the_films_when_one_presses_for_it(group: Group) -> None:
    page = group.open("coach", FILM, width=390, height=700)
    start = page.get_by_label("Op moment")
    start.fill("112")
    page.get_by_label("Plaats in de film").fill("5000")
    expect(page.locator("[data-now]")).to_have_text("0:05")
    expect(start).to_have_value("112")
    page.get_by_role("button", name="Nu in de film").click()
    expect(start).to_have_value("0:05")
