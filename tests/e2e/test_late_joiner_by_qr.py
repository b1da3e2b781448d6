"""Who never opened the mail scans the QR on the Scherm, waits, and is let in by the coach."""

from io import BytesIO

import qrcode
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from netwerkleren.base.qr import QUIET
from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import PASSWORD
from tests.servers import Portal

SEED = """
from groups.models import Invitation
from meetings.services import planning, running
from meetings.models import Meeting
from tests.factories import local, make_group, make_member, make_session
group = make_group("De Reest")
coach = make_member(group, "Hanneke Dijkstra", coach=True)
make_member(group, "Yusuf Demir", discipline="groep 8")
at = local(2099, 1, 14, 15, 30)
planning.plan_meetings(
    actor=coach.user, group=group, introduction_at=at, network_count=3, dates=[None] * 4, place="Het Kompas"
)
meeting = group.meetings.get(kind=Meeting.Kind.INTRODUCTION)
running.start_meeting(actor=coach.user, meeting=meeting)
Invitation.objects.create(group=group, email="anna.reest@school.example", name="Anna Jansen", invited_by=coach.user)
print("SEEDED", make_session(coach.user), meeting.pk)
"""
PHONE = {"width": 390, "height": 844}


def _is_within(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def _shows_as_code(screen: Page, address: str) -> None:
    """Every square as a camera meets it is that of the code of this address, with its white edge."""
    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    squares = code.get_matrix()
    drawn = screen.get_by_role("img", name="QR-code om binnen te komen")
    picture = Image.open(BytesIO(drawn.screenshot())).convert("L")
    size = picture.width / len(squares)
    assert size > 6, "too small for the back of a room"
    middle = [(number + 0.5) * size for number in range(len(squares))]
    seen = [[picture.getpixel((round(x), round(y))) == 0 for x in middle] for y in middle]
    assert seen == squares


def _is_above_the_agenda(poster: Locator, agenda: Locator) -> None:
    """Nothing of it goes under what stands below."""
    top = agenda.evaluate("shown => shown.getBoundingClientRect().top")
    lows = poster.locator("*").evaluate_all("all => all.map((one) => one.getBoundingClientRect().bottom)")
    assert max(lows) <= top


def test_a_late_joiner_comes_in_by_the_qr(portal: Portal, new_context: NewContext, watch: Watch) -> None:
    session, meeting = portal.seed(SEED)
    desk = new_context(viewport={"width": 1280, "height": 800})
    desk.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    beamer = new_context(viewport={"width": 1920, "height": 1080})
    beamer.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    lead, screen = desk.new_page(), beamer.new_page()
    phone = new_context(viewport=PHONE).new_page()

    screen.goto(f"/bijeenkomsten/{meeting}/scherm/")
    lead.goto(f"/bijeenkomsten/{meeting}/leiden/")
    lead.get_by_role("button", name="Zet de QR op het Scherm").press("Enter")
    expect(lead.get_by_text("De QR staat op het Scherm.")).to_be_visible()
    shown = screen.get_by_role("region", name="Kom binnen")
    expect(shown).to_be_visible()
    address = f"{portal.url.split('//')[0]}//{shown.locator('.beamer-address').inner_text()}/"
    _shows_as_code(screen, address)
    watch.check_accessible(screen)
    _is_above_the_agenda(shown, screen.locator("footer"))
    assert screen.evaluate("document.documentElement.scrollHeight <= window.innerHeight")

    phone.goto(address)
    expect(phone.get_by_text("De Reest")).to_have_count(0)
    watch.check_accessible(phone)
    _is_within(phone)
    phone.get_by_label("Je naam").fill("Anna Jansen")
    phone.get_by_label("Je e-mailadres").fill("anna.reest@school.example")
    phone.get_by_role("button", name="Vraag om binnen te komen").click()
    expect(phone.get_by_role("heading", name="Je wacht even")).to_be_visible()
    watch.check_accessible(phone)
    _is_within(phone)

    waits = lead.get_by_role("region", name="Er wacht iemand om binnen te komen")
    expect(waits.get_by_text("anna.reest@school.example")).to_be_visible()
    expect(screen.get_by_text("Anna")).to_have_count(0)
    watch.check_accessible(lead)
    _is_within(lead)
    waits.get_by_role("button", name="Laat binnen").click()
    expect(waits).to_have_count(0)

    # The phone goes on by itself.
    expect(phone.get_by_role("heading", name="Doe mee met De Reest")).to_be_visible(timeout=10_000)
    phone.get_by_label("Je school", exact=True).select_option(index=1)
    phone.get_by_label("Wat doe je daar?").fill("leerkracht groep 5")
    phone.get_by_label("Kies een wachtwoord").fill(PASSWORD)
    phone.get_by_role("button", name="Doe mee").click()
    phone.get_by_role("link", name="Nu niet").click()
    expect(phone.get_by_role("region", name="Welkom bij De Reest")).to_be_visible()

    lead.get_by_role("button", name="Haal de QR van het Scherm").click()
    expect(shown).to_have_count(0)
    watch.allow("404")
    phone.goto(address.replace("/binnen/", "/binnen/0"))
    expect(phone.get_by_role("heading", name="Hier kun je nu niet binnen")).to_be_visible()
