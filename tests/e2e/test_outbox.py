"""Nothing typed is lost, on a tablet that two people share: over a login elsewhere, over no network, over a refusal.

A login is a real one, by the page: it is that what makes a form's token old.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Request, Route, expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import PASSWORD
from tests.e2e.tablet import NAMES, seed_of
from tests.servers import Portal
from tests.video_feedback.films import make_film

WORKER_IS_READY = "() => navigator.serviceWorker.ready.then(() => null)"
SECOND_GROUP = """
from groups.models import Membership, User
from tests.factories import make_group, make_member
make_member(make_group("De tweede"), user=User.objects.get(email="{email}"))
print("SEEDED")
"""
A_MOMENT = re.compile(r'<article class="fb talentmoment">.*?<p class="typed">(.*?)</p>.*?<span>(\w+)', re.DOTALL)
NOTEREN = "/talentmomenten/"
EVALUATION = "/bijeenkomsten/{meeting}/evaluatie/"


@dataclass
class Tablet:
    """One browser, of a school: whoever signs in there."""

    portal: Portal
    context: BrowserContext
    page: Page
    sanne: str
    yusuf: str
    meeting: str
    clip: str
    group: str
    shared: str
    """Yusuf's fragment, on which Sanne reacts."""

    def open(self, path: str, page: Page | None = None) -> Page:
        page = page or self.page
        page.goto(self.portal.url + path.format(meeting=self.meeting, clip=self.clip, shared=self.shared))
        return page

    def tab(self, path: str) -> Page:
        return self.open(path, self.context.new_page())

    def signs_in(self, email: str, page: Page) -> None:
        self.open("/account/login/", page)
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        page.locator("form[action*=login] button.primary").click()
        page.wait_for_url(f"{self.portal.url}/")

    def elsewhere(self, email: str) -> Page:
        """In another tab Sanne's session is over and this person signs in."""
        self.context.clear_cookies(name="sessionid")
        tab = self.context.new_page()
        self.signs_in(email, tab)
        return tab

    def noted(self) -> list[str]:
        """Who noted what, at the server; the newest first."""
        page = self.context.request.get(self.portal.url + NOTEREN).text()
        return [f"{who}:{html.unescape(text)}" for text, who in A_MOMENT.findall(page)]


@pytest.fixture(scope="module")
def rooms(portal: Portal) -> Iterator[tuple[str, ...]]:
    """A group of its own for each test, all made at once: starting the portal's shell takes longer than a test."""
    words = portal.seed(seed_of(24))
    return (tuple(words[at : at + len(NAMES)]) for at in range(0, len(words), len(NAMES)))


@pytest.fixture
def tablet(portal: Portal, rooms: Iterator[tuple[str, ...]], new_context: NewContext, watch: Watch) -> Tablet:
    """In Sanne's hands, who has signed in."""
    sanne, yusuf, session, *rows = next(rooms)
    watch.allow("Failed to load resource")
    watch.allow("net::ERR_INTERNET_DISCONNECTED")
    watch.allow("htmx:")
    watch.allow("Response Status Error Code")
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    return Tablet(portal, context, context.new_page(), sanne, yusuf, *rows)


def text_of(page: Page) -> Locator:
    return page.get_by_label("Wat zag je?")


def note(page: Page, text: str) -> None:
    text_of(page).fill(text)
    page.get_by_role("button", name="Bewaar talentmoment").click()


def tops(page: Page) -> Locator:
    return page.get_by_label("Tops: wat ging goed?")


def says(page: Page, words: str) -> None:
    expect(page.get_by_text(words).locator("visible=true").first).to_be_visible(timeout=15_000)


def does_not_say(page: Page, words: str) -> None:
    expect(page.get_by_text(words).locator("visible=true")).to_have_count(0)


def posts_of(context: BrowserContext, path: str) -> list[Request]:
    """Fills up with what is posted there from now on, by whatever tab."""
    sent: list[Request] = []
    context.on("request", lambda each: sent.append(each) if each.method == "POST" and path in each.url else None)
    return sent


KEPT = "Bewaard. Je ziet het terug"


# --- signed out and in elsewhere ---


def test_a_form_goes_when_the_same_person_signed_in_elsewhere(tablet: Tablet) -> None:
    page = tablet.open(NOTEREN)
    text_of(page).fill("Noor legde uit")
    tablet.elsewhere(tablet.sanne)

    page.get_by_role("button", name="Bewaar talentmoment").click()

    says(page, KEPT)
    assert tablet.noted() == ["Sanne:Noor legde uit"]


def test_a_form_of_another_stays_and_goes_when_its_writer_is_back(tablet: Tablet) -> None:
    page = tablet.open(NOTEREN)
    text_of(page).fill("Noor legde uit")
    tab = tablet.elsewhere(tablet.yusuf)
    sent = posts_of(tablet.context, NOTEREN)

    page.get_by_role("button", name="Bewaar talentmoment").click()

    says(page, "Er is nu iemand anders ingelogd. Dit is van Sanne Wolters en is niet verstuurd.")
    expect(text_of(page)).to_have_value("Noor legde uit")
    tablet.open(NOTEREN, tab)
    does_not_say(tab, "Noor legde uit")
    assert (sent, tablet.noted()) == ([], [])

    tablet.context.clear_cookies(name="sessionid")
    tablet.signs_in(tablet.sanne, tab)
    says(tab, "Wat wachtte, is verstuurd.")
    assert tablet.noted() == ["Sanne:Noor legde uit"]


def test_what_saves_itself_goes_on_when_the_same_person_signed_in_elsewhere(tablet: Tablet) -> None:
    page = tablet.open(EVALUATION)
    tablet.elsewhere(tablet.sanne)

    tops(page).fill("Open sfeer")

    says(page, "Bewaard om")


def test_what_saves_itself_is_never_saved_as_another_and_goes_on_with_its_writer(tablet: Tablet) -> None:
    page = tablet.open(EVALUATION)
    tab = tablet.elsewhere(tablet.yusuf)

    tops(page).fill("Van Sanne")

    says(page, "Er is nu iemand anders ingelogd. Dit is van Sanne Wolters en is niet bewaard.")
    tablet.open(EVALUATION, tab)
    expect(tops(tab)).to_have_value("")
    page.close()
    tablet.open("/", tab)
    does_not_say(tab, "wacht op verbinding")

    tablet.context.clear_cookies(name="sessionid")
    tablet.signs_in(tablet.sanne, tab)
    says(tab, "Wat wachtte, is verstuurd.")
    tablet.open(EVALUATION, tab)
    expect(tops(tab)).to_have_value("Van Sanne")


def chooses(page: Page, film: Path) -> None:
    page.get_by_label("De opname").set_input_files(film)
    page.get_by_label("Ik weet dat de hele opname naar de server gaat").check()


def test_a_recording_goes_on_over_a_login_elsewhere_and_not_as_another(tablet: Tablet, tmp_path: Path) -> None:
    page = tablet.open("/fragmenten/{clip}/")
    chooses(page, make_film(tmp_path / "IMG_0042.mp4", seconds=1))
    tab = tablet.elsewhere(tablet.yusuf)
    send = page.get_by_role("button", name="Stuur de opname op")

    send.click()
    says(page, "Deze opname stuurde Sanne Wolters op, en is nog niet binnen.")

    tablet.context.clear_cookies(name="sessionid")
    tablet.signs_in(tablet.sanne, tab)
    send.click()
    expect(page.get_by_text("Wie mag kijken?").first).to_be_visible(timeout=60_000)


def react(page: Page, text: str) -> None:
    page.get_by_label("Op moment").fill("0:12")
    page.get_by_label("Wat wil je zeggen?").fill(text)
    page.get_by_role("button", name="Bewaar bij mijn feedback").click()


def test_what_htmx_sends_goes_for_its_writer_and_says_so_when_it_did_not(tablet: Tablet) -> None:
    page = tablet.open("/fragmenten/{shared}/")
    page.route("**/live/**", lambda route: route.abort())  # it would lead to the login page in between
    tablet.context.clear_cookies(name="csrftoken")
    tab = tablet.tab("/")
    react(page, "Je bleef stil.")
    says(page, "Bewaard bij jouw feedback.")
    expect(page.get_by_text("Je bleef stil.").first).to_be_visible()

    tablet.context.clear_cookies(name="sessionid")
    react(page, "En toen kwam het.")
    says(page, "Je bent uitgelogd. Dit is van Sanne Wolters en wacht op dit apparaat.")
    expect(page.get_by_label("Wat wil je zeggen?")).to_have_value("En toen kwam het.")

    tablet.signs_in(tablet.sanne, tab)
    says(tab, "Wat wachtte, is verstuurd.")
    tablet.open("/fragmenten/{shared}/", tab)
    expect(tab.get_by_text("En toen kwam het.")).to_have_count(1)


# --- no network ---


def test_what_is_noted_without_a_network_goes_by_itself_once_with_two_tabs_open(tablet: Tablet) -> None:
    page = tablet.open(NOTEREN)
    other = tablet.tab("/")
    sent = posts_of(tablet.context, NOTEREN)
    tablet.context.set_offline(True)
    note(page, "In de trein")
    says(page, "1 ding wacht op verbinding.")
    note(page, "In de bus")
    says(page, "2 dingen wachten op verbinding.")
    says(other, "2 dingen wachten op verbinding.")
    page.locator("[data-shelf] summary").click()
    says(page, "In de trein")
    page.locator("[data-erase]").first.click()
    page.locator("#confirm [value=yes]").click()
    says(page, "1 ding wacht op verbinding.")

    tablet.context.set_offline(False)

    for each in (page, other):
        expect(each.locator("[data-shelf]")).to_be_hidden(timeout=15_000)
    assert tablet.noted() == ["Sanne:In de bus"]
    assert len(sent) == 1


def test_what_htmx_sends_waits_too_and_the_form_is_ready_for_the_next(tablet: Tablet) -> None:
    page = tablet.open("/fragmenten/{shared}/")
    tablet.context.set_offline(True)
    react(page, "Je bleef stil.")
    says(page, "1 ding wacht op verbinding.")
    expect(page.get_by_label("Wat wil je zeggen?")).to_have_value("")
    react(page, "En toen kwam het.")
    says(page, "2 dingen wachten op verbinding.")

    tablet.context.set_offline(False)
    says(page, "2 dingen die wachtten, zijn verstuurd.")
    tablet.open("/fragmenten/{shared}/")
    for text in ("Je bleef stil.", "En toen kwam het."):
        expect(page.get_by_text(text)).to_have_count(1)


def test_an_answer_that_is_lost_makes_no_second_thing(tablet: Tablet) -> None:
    """The server took it, and the device never heard: it goes again, with the same key."""
    page = tablet.open(NOTEREN)
    tablet.context.set_offline(True)
    note(page, "Eén keer")
    says(page, "1 ding wacht op verbinding.")
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.fallback()
        lost.append(route.fetch(max_redirects=0).headers["location"])
        return route.abort()

    page.route(f"**{NOTEREN}", lose_the_first)
    tablet.context.set_offline(False)

    expect(page.locator("[data-shelf]")).to_be_hidden(timeout=20_000)
    assert lost == [NOTEREN]
    assert tablet.noted() == ["Sanne:Eén keer"]


def test_what_saves_itself_and_was_closed_without_a_network_goes_from_another_page(tablet: Tablet) -> None:
    page = tablet.open(EVALUATION)
    other = tablet.tab("/")
    tablet.context.set_offline(True)
    tops(page).fill("In de trein")
    says(page, "Nog niet bewaard.")
    says(other, "1 ding wacht op verbinding.")
    page.close()

    tablet.context.set_offline(False)

    says(other, "Wat wachtte, is verstuurd.")
    tablet.open(EVALUATION, other)
    expect(tops(other)).to_have_value("In de trein")


def test_a_button_that_cannot_wait_says_that_nothing_was_done(tablet: Tablet) -> None:
    page = tablet.open(f"/groepen/{tablet.group}/")
    tablet.context.set_offline(True)

    page.locator("[data-menu] summary").first.click()
    page.get_by_role("button", name="Donker").click()

    says(page, "Geen verbinding. Er is niets verstuurd; probeer het zo nog eens.")
    tablet.context.set_offline(False)


def test_a_recording_waits_for_the_network_and_goes_on(tablet: Tablet, tmp_path: Path) -> None:
    page = tablet.open("/fragmenten/{clip}/")
    chooses(page, make_film(tmp_path / "IMG_0042.mp4", seconds=1))
    tablet.context.set_offline(True)

    page.get_by_role("button", name="Stuur de opname op").click()
    says(page, "De verbinding is even weg. We gaan zo vanzelf verder.")

    tablet.context.set_offline(False)
    expect(page.get_by_text("Wie mag kijken?").first).to_be_visible(timeout=60_000)


def test_a_live_page_says_that_it_sees_nothing_now(tablet: Tablet) -> None:
    page = tablet.open("/bijeenkomsten/{meeting}/")
    tablet.context.set_offline(True)
    says(page, "Geen verbinding. Je ziet niet wat anderen doen.")

    tablet.context.set_offline(False)
    expect(page.locator("[data-blind]")).to_have_text("")


# --- refused ---


def test_what_waited_and_is_refused_is_shown_with_its_reason_and_comes_back_in_its_form(tablet: Tablet) -> None:
    page = tablet.open(NOTEREN)
    tablet.context.set_offline(True)
    note(page, "Voor welke groep?")
    says(page, "1 ding wacht op verbinding.")
    tablet.portal.seed(SECOND_GROUP.format(email=tablet.sanne))
    tablet.context.set_offline(False)

    says(page, "1 ding is niet aangenomen.")
    page.locator("[data-shelf] summary").click()
    says(page, "Niet aangenomen: Voor welke groep? Dit veld is verplicht.")
    page.get_by_role("link", name="Terug in het formulier").click()
    expect(text_of(page)).to_have_value("Voor welke groep?")
    page.get_by_role("button", name="Bewaar talentmoment").click()

    says(page, KEPT)
    expect(page.locator("[data-shelf]")).to_be_hidden()
    assert len(tablet.noted()) == 1


def test_what_is_refused_stays_where_it_was_typed_and_another_recording_goes(tablet: Tablet, tmp_path: Path) -> None:
    too_long = "Te lang. " * 1200
    page = tablet.open(EVALUATION)
    tops(page).fill(too_long)
    says(page, "tekens")
    page.reload()
    expect(tops(page)).to_have_value(re.compile("^Te lang. Te lang. "))

    tablet.open(NOTEREN, page)
    with page.expect_navigation():
        note(page, too_long)
    says(page, "tekens")
    expect(text_of(page)).to_have_value(re.compile("^Te lang. Te lang. "))
    assert tablet.noted() == []

    tablet.open("/fragmenten/{clip}/", page)
    photo = tmp_path / "IMG_0041.mov"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(4096))
    page.get_by_label("De opname").set_input_files(photo)
    says(page, "foto")
    chooses(page, make_film(tmp_path / "IMG_0042.mp4", seconds=1))
    page.get_by_role("button", name="Stuur de opname op").click()
    expect(page.get_by_text("Wie mag kijken?").first).to_be_visible(timeout=60_000)


def test_of_a_second_tab_nothing_is_lost_and_nothing_comes_twice(tablet: Tablet, tmp_path: Path) -> None:
    first, second = tablet.page, tablet.context.new_page()
    for tab in (first, second):
        tablet.open(EVALUATION, tab)
    tops(first).fill("Van de eerste")
    says(first, "Bewaard om")
    tops(second).fill("Van de tweede")
    says(second, "Van de eerste")
    expect(tops(second)).to_have_value("Van de tweede")

    for tab in (first, second):
        tablet.open(NOTEREN, tab)
    note(first, "In de eerste")
    note(second, "In de tweede")
    for tab in (first, second):
        says(tab, KEPT)
    assert sorted(tablet.noted()) == ["Sanne:In de eerste", "Sanne:In de tweede"]

    film = make_film(tmp_path / "IMG_0042.mp4", seconds=1)
    for tab in (first, second):
        tablet.open("/fragmenten/{clip}/", tab)
        chooses(tab, film)
    for tab in (first, second):
        tab.get_by_role("button", name="Stuur de opname op").click()
        expect(tab.get_by_text("Wie mag kijken?").first).to_be_visible(timeout=60_000)


def test_a_refused_token_shows_the_text_and_the_form_has_it_again(tablet: Tablet) -> None:
    """Where the question who is signed in came before another login."""
    page = tablet.open(NOTEREN)
    account = page.locator("body").get_attribute("data-user")
    answer = {"json": {"account": account, "token": "x" * 64}, "headers": {"X-From-Portal": "1"}}
    page.route("**/wie/", lambda route: route.fulfill(**answer))
    note(page, "Noor legde uit")

    says(page, "Er is niets verstuurd")
    expect(page.get_by_label("Tekst 1")).to_have_value("Noor legde uit")
    page.unroute("**/wie/")
    page.get_by_role("link", name="Terug naar het formulier").click()
    expect(text_of(page)).to_have_value("Noor legde uit")
    page.get_by_role("button", name="Bewaar talentmoment").click()
    says(page, KEPT)
    assert tablet.noted() == ["Sanne:Noor legde uit"]


def test_without_a_module_the_text_is_shown_too(tablet: Tablet, new_context: NewContext) -> None:
    context = new_context(java_script_enabled=False)
    context.add_cookies(tablet.context.cookies())  # type: ignore[arg-type]
    page = tablet.open(NOTEREN, context.new_page())
    text_of(page).fill("Zonder script")
    context.clear_cookies(name="csrftoken")

    page.get_by_role("button", name="Bewaar talentmoment").click()

    expect(page.get_by_label("Tekst 1")).to_have_value("Zonder script")


# --- one tablet, two people ---


def test_two_people_one_tablet_no_network(tablet: Tablet, watch: Watch) -> None:
    page = tablet.open(NOTEREN)
    page.evaluate(WORKER_IS_READY)
    tablet.context.set_offline(True)

    # Opened cold.
    page.close()
    page = tablet.tab(NOTEREN)
    says(page, "Je schrijft als Sanne Wolters")
    watch.check_accessible(page)
    note(page, "Van Sanne, koud")
    says(page, "1 ding wacht op verbinding.")

    # Her session ends by itself, and Yusuf is the next.
    tablet.context.clear_cookies(name="sessionid")
    tablet.context.set_offline(False)
    tablet.signs_in(tablet.yusuf, page)
    does_not_say(page, "wacht op verbinding")
    tablet.open(NOTEREN, page)
    does_not_say(page, "Van Sanne, koud")
    tablet.context.set_offline(True)
    note(page, "Van Yusuf")
    says(page, "1 ding wacht op verbinding.")
    tablet.context.set_offline(False)
    expect(page.locator("[data-shelf]")).to_be_hidden(timeout=15_000)
    assert tablet.noted() == ["Yusuf:Van Yusuf"]

    # And Sanne again.
    page.locator("[data-menu] summary").first.click()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/account/login/")
    says(page, "Op dit apparaat wacht nog iets van iemand.")
    tablet.signs_in(tablet.sanne, page)
    says(page, "Wat wachtte, is verstuurd.")
    assert tablet.noted() == ["Sanne:Van Sanne, koud", "Yusuf:Van Yusuf"]


LEFT = """async () => {
  const database = await new Promise((done) => {
    const request = indexedDB.open("netwerkleren");
    request.onsuccess = () => done(request.result);
  });
  const all = (name) => new Promise((done) => {
    const request = database.transaction(name).objectStore(name).getAll();
    request.onsuccess = () => done(request.result);
  });
  const found = [...(await all("outbox")), ...(await all("device"))];
  database.close();
  const typed = Object.keys(sessionStorage).filter((key) => key.startsWith("typed:"));
  return [...found.map((item) => item.text ?? item.name), ...typed];
}"""


@pytest.mark.parametrize("answer", ["Verstuur", "Wis en log uit"])
def test_who_signs_out_leaves_nothing_on_the_device(tablet: Tablet, watch: Watch, answer: str) -> None:
    page = tablet.open(NOTEREN)
    page.evaluate(WORKER_IS_READY)
    tablet.context.set_offline(True)
    note(page, "Wacht nog")
    says(page, "1 ding wacht op verbinding.")
    text_of(page).fill("Nog niet af")
    page.route(f"**{NOTEREN}", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    tablet.context.set_offline(False)

    page.locator("[data-menu] summary").first.click()
    page.get_by_role("button", name="Uitloggen").click()
    says(page, "Er wacht nog 1 notitie. Verstuur of wis haar eerst.")
    watch.check_accessible(page)
    page.unroute(f"**{NOTEREN}")
    page.get_by_role("button", name=answer, exact=True).click()

    page.wait_for_url("**/account/login/")
    assert page.evaluate(LEFT) == []
    tablet.context.set_offline(True)
    tablet.open(NOTEREN, page)
    says(page, "Log eerst in als er verbinding is.")
    tablet.context.set_offline(False)
    tablet.signs_in(tablet.yusuf, page)
    assert tablet.noted() == (["Sanne:Wacht nog"] if answer == "Verstuur" else [])


def test_after_seven_days_it_is_gone(tablet: Tablet) -> None:
    page = tablet.open(NOTEREN)
    tablet.context.set_offline(True)
    note(page, "Van vorige week")
    says(page, "1 ding wacht op verbinding.")

    page.clock.install()
    page.clock.fast_forward(7 * 24 * 3_600_000 + 60_000)
    tablet.context.set_offline(False)
    page.reload()

    expect(page.locator("[data-shelf]")).to_be_hidden()
    assert tablet.noted() == []
