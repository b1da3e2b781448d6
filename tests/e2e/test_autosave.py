"""Saving while someone types, in a real browser: what is refused, what another wrote, who is signed out, who leaves."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import PASSWORD
from tests.servers import Portal

SEED = f"""
from reports.models import Interview
from tests.factories import make_group, make_meeting, make_member, make_session
group = make_group("De schrijvers")
sanne, yusuf = make_member(group, "Sanne Wolters"), make_member(group, "Yusuf Kaya")
sanne.user.set_password("{PASSWORD}")
sanne.user.save()
meeting = make_meeting(group, position=1)
interview = Interview.objects.create(group=group, teller=sanne, interviewer=yusuf)
sessions = make_session(sanne.user), make_session(yusuf.user)
print("SEEDED", *sessions, group.pk, meeting.pk, interview.pk, sanne.user.email)
"""
END_SESSION = "from django.contrib.sessions.models import Session\nSession.objects.filter(pk='{session}').delete()\n"
PAUSE_MS = 2_000  # longer than the module waits before it saves
RETRY_MS = 6_500  # longer than it waits before it tries again


@dataclass
class Room:
    """Two members of one group, each with a browser of their own."""

    portal: Portal
    sanne: Page
    yusuf: Page
    session: str
    group: str
    meeting: str
    interview: str
    email: str

    def end_session(self) -> None:
        """Sanne's."""
        self.portal.run(END_SESSION.format(session=self.session))

    def sign_in_again(self) -> None:
        """By the link that stands beside Sanne's text."""
        self.sanne.get_by_role("link", name="Log weer in").click()
        self.sanne.get_by_label("E-mail").fill(self.email)
        self.sanne.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        self.sanne.locator("form[action*=login] button.primary").click()

    def open(self, path: str, *pages: Page) -> None:
        for page in pages:
            page.goto(self.portal.url + path.format(meeting=self.meeting, group=self.group, interview=self.interview))


@pytest.fixture
def room(portal: Portal, new_context: NewContext) -> Room:
    first, second, group, meeting, interview, email = portal.seed(SEED)

    def signed_in(session: str) -> Page:
        context = new_context()
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        return context.new_page()

    return Room(portal, signed_in(first), signed_in(second), first, group, meeting, interview, email)


def posts_of(page: Page) -> list[Request]:
    """Fills up with what the page posts from now on."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    return sent


def says(where: Page | Locator, text: str) -> None:
    expect(where.locator("[data-said]")).to_contain_text(text)


def whole(page: Page) -> Locator:
    """Of looking back the form of the meeting as a whole: every part has its own."""
    return page.locator("#terugkijken-whole")


def fold(page: Page) -> Locator:
    """That this form stands in, to press."""
    return page.locator("details", has=whole(page)).locator("summary")


def tops(page: Page) -> Locator:
    return whole(page).get_by_label("Tops: wat ging goed?")


EVALUATION = "/bijeenkomsten/{meeting}/evaluatie/"


def test_what_is_refused_is_asked_once_and_again_when_something_else_is_typed(room: Room, watch: Watch) -> None:
    watch.allow("status of 422")
    page = room.sanne
    room.open(EVALUATION, page)
    sent = posts_of(page)

    tops(page).fill("é" * 4_001)
    says(whole(page), "niet meer dan 4000 tekens")
    page.get_by_role("textbox", name="Dit doen we anders").focus()
    page.wait_for_timeout(RETRY_MS)
    assert len(sent) == 1

    tops(page).fill("Open sfeer")
    says(whole(page), "Bewaard om")
    assert len(sent) == 2


def test_of_two_texts_the_writer_chooses_one(room: Room, watch: Watch) -> None:
    watch.allow("status of 409")
    room.open(EVALUATION, room.sanne, room.yusuf)
    tops(room.yusuf).fill("Van Yusuf")
    says(whole(room.yusuf), "Bewaard om")

    page = room.sanne
    tops(page).fill("Van Sanne")
    both = whole(page).get_by_role("alert")
    expect(both).to_contain_text("Er is intussen iets anders opgeschreven")
    expect(both.locator("[data-theirs=tops]")).to_have_text("Van Yusuf")
    watch.check_accessible(page)
    sent = posts_of(page)
    tops(page).press_sequentially("!")
    page.wait_for_timeout(PAUSE_MS)
    assert sent == [], "until she chose, nothing is saved by itself"

    both.get_by_role("button", name="Neem over").click()
    says(whole(page), "Bewaard om")
    expect(both).to_be_hidden()
    assert len(sent) == 1

    # Yusuf's page still starts from his own text.
    page, sent = room.yusuf, posts_of(room.yusuf)
    tops(page).fill("Toch van Yusuf")
    both = whole(page).get_by_role("alert")
    expect(both.locator("[data-theirs=tops]")).to_have_text("Van Sanne!")
    both.get_by_text("Laat die van de ander staan").click()
    expect(tops(page)).to_have_value("Van Sanne!")
    expect(both).to_be_hidden()
    page.wait_for_timeout(PAUSE_MS)
    assert len(sent) == 1, "her text stands there already"

    tops(page).press("End")
    tops(page).press_sequentially(" En van Yusuf.")
    says(whole(page), "Bewaard om")
    room.open(EVALUATION, room.sanne)
    expect(tops(room.sanne)).to_have_value("Van Sanne! En van Yusuf.")


def test_a_part_that_was_folded_opens_for_two_texts_and_for_what_is_refused(room: Room, watch: Watch) -> None:
    watch.allow("status of 409")
    watch.allow("status of 422")
    room.open(EVALUATION, room.sanne, room.yusuf)
    tops(room.yusuf).fill("Van Yusuf")
    says(whole(room.yusuf), "Bewaard om")

    fold(room.yusuf).click()
    expect(tops(room.yusuf)).to_be_hidden()
    tops(room.sanne).fill("Van Sanne")
    fold(room.sanne).click()
    both = whole(room.sanne).get_by_role("alert")
    expect(both.locator("[data-theirs=tops]")).to_have_text("Van Yusuf")
    expect(both).to_be_visible()

    page = room.yusuf
    fold(page).click()
    tops(page).fill("é" * 4_001)
    fold(page).click()
    says(whole(page), "niet meer dan 4000 tekens")
    expect(tops(page)).to_be_visible()


def test_the_button_chooses_nothing_and_the_page_shows_both_texts_too(room: Room, watch: Watch) -> None:
    watch.allow("status of 409")
    room.open(EVALUATION, room.sanne, room.yusuf)
    tops(room.yusuf).fill("Van Yusuf")
    says(whole(room.yusuf), "Bewaard om")

    page = room.sanne
    tops(page).fill("Van Sanne")
    with page.expect_navigation():
        whole(page).get_by_role("button", name="Bewaar", exact=True).click()
    both = whole(page).get_by_role("alert")
    expect(both.locator("[data-theirs=tops]")).to_have_text("Van Yusuf")
    expect(tops(page)).to_have_value("Van Sanne")
    with page.expect_navigation():
        both.get_by_role("button", name="Neem over").click()
    expect(tops(page)).to_have_value("Van Sanne")
    expect(whole(page).get_by_role("alert")).to_be_hidden()


def test_who_is_signed_out_keeps_the_text_and_goes_on_after_the_login(room: Room, watch: Watch) -> None:
    watch.allow("status of 401")
    page = room.sanne
    room.open(EVALUATION, page)
    sent = posts_of(page)
    room.end_session()

    tops(page).fill("Bijna kwijt")
    says(whole(page), "Je bent uitgelogd. Je tekst staat nog hier.")
    page.wait_for_timeout(RETRY_MS)
    assert len(sent) == 1

    room.sign_in_again()
    expect(tops(page)).to_have_value("Bijna kwijt")
    says(whole(page), "Bewaard om")


def test_who_comes_back_from_the_login_to_another_text_chooses_too(room: Room, watch: Watch) -> None:
    watch.allow("status of 401")
    watch.allow("status of 409")
    page = room.sanne
    room.open(EVALUATION, page, room.yusuf)
    room.end_session()
    tops(page).fill("Van Sanne")
    says(whole(page), "Je bent uitgelogd.")
    tops(room.yusuf).fill("Van Yusuf")
    says(whole(room.yusuf), "Bewaard om")

    room.sign_in_again()
    both = whole(page).get_by_role("alert")
    for _reload in range(2):
        expect(both.locator("[data-theirs=tops]")).to_have_text("Van Yusuf")
        expect(tops(page)).to_have_value("Van Sanne")
        page.reload()
    both.get_by_text("Laat die van de ander staan").click()
    page.reload()
    expect(tops(page)).to_have_value("Van Yusuf")


def test_leaving_the_page_within_the_pause_saves(room: Room) -> None:
    page = room.sanne
    room.open(EVALUATION, page)
    tops(page).press_sequentially("Nog net")
    room.open("/", page)

    room.open(EVALUATION, page)
    expect(tops(page)).to_have_value("Nog net")


def test_without_a_network_it_waits_and_saves_at_once_when_that_is_back(room: Room, watch: Watch) -> None:
    watch.allow("net::ERR_INTERNET_DISCONNECTED")
    page = room.sanne
    room.open(EVALUATION, page)

    page.context.set_offline(True)
    tops(page).fill("In de trein")
    says(whole(page), "Nog niet bewaard. We proberen het zo weer.")
    page.context.set_offline(False)
    says(whole(page), "Bewaard om")


def test_the_two_of_an_interview_go_on_from_each_others_words(room: Room, watch: Watch) -> None:
    room.open("/oogst/interviews/{interview}/B3/", room.sanne, room.yusuf)
    notes = [page.get_by_label("Aantekeningen") for page in (room.sanne, room.yusuf)]

    notes[0].fill("Ik wacht langer.")
    says(room.sanne, "Bewaard om")
    expect(notes[1]).to_have_value("Ik wacht langer.", timeout=15_000)
    notes[1].press("End")
    notes[1].press_sequentially(" Drie tellen.")
    says(room.yusuf, "Bewaard om")
    expect(notes[0]).to_have_value("Ik wacht langer. Drie tellen.", timeout=15_000)


def test_of_two_decisions_about_a_story_the_one_that_fewer_read_stands_ready(
    room: Room, watch: Watch, new_context: NewContext
) -> None:
    """Sanne on two devices."""
    watch.allow("status of 409")
    elsewhere = new_context()
    elsewhere.add_cookies([{"name": "sessionid", "value": room.session, "url": room.portal.url}])
    phone, laptop = elsewhere.new_page(), room.sanne
    room.open("/oogst/{group}/mijn-verhaal/", phone, laptop)
    story = laptop.get_by_role("textbox", name="Wat het netwerk mij bracht")
    phone.get_by_role("textbox", name="Wat het netwerk mij bracht").fill("Van de telefoon")
    says(phone, "Bewaard om")

    laptop.get_by_label("Mijn groep mag het lezen", exact=True).check()
    says(laptop, "Dan geldt je keuze.")
    story.fill("Van de laptop")
    both = laptop.get_by_role("alert")
    expect(both.locator("[data-theirs=decision]")).to_have_text("Alleen ik lees dit")
    both.get_by_role("button", name="Neem over").click()
    says(laptop, "Bewaard om")
    expect(laptop.get_by_label("Alleen ik lees dit")).to_be_checked()
    laptop.reload()
    expect(story).to_have_value("Van de laptop")


def test_a_line_saves_itself_while_it_is_drawn(room: Room) -> None:
    page = room.sanne
    room.open("/oogst/{group}/mijn-lijn/", page)
    page.get_by_role("slider").first.press("ArrowUp")
    says(page, "Bewaard om")

    page.reload()
    expect(page.locator("table select").first).to_have_value("55")
