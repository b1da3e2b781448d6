"""What is new in the browser after a meeting: a question a key from paper, and three sentences to paste."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import NewContext, Watch
from tests.servers import Portal

SEED = """
from datetime import timedelta
from django.utils import timezone
from leervragen.models import Leervraag
from tests.factories import make_group, make_meeting, make_member, make_session
group = make_group("Van papier")
coach, asker = make_member(group, "Hanneke Dijkstra", coach=True), make_member(group, "Marijke Hoekstra")
meeting = make_meeting(group, position=1, starts_at=timezone.now() - timedelta(days=1))
for number in range(3):
    Leervraag.objects.create(meeting=meeting, author=asker, text=f"Hoe wacht ik {number}?")
print("SEEDED", meeting.pk, make_session(coach.user), make_session(asker.user))
"""


@pytest.fixture
def seeded(portal: Portal) -> list[str]:
    return portal.seed(SEED)


def signed_in(context: BrowserContext, portal: Portal, session: str) -> BrowserContext:
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    return context


def test_a_meeting_on_paper_is_typed_over_by_keys_and_shared_by_a_press(
    seeded: list[str], portal: Portal, new_context: NewContext, watch: Watch
) -> None:
    meeting, coach, asker = seeded
    page = signed_in(new_context(viewport={"width": 390, "height": 844}), portal, coach).new_page()
    page.goto(f"{portal.url}/bijeenkomsten/{meeting}/achteraf/")
    watch.check_accessible(page)
    places = page.locator("[data-place]")
    places.first.focus()
    for key in "30p":
        page.keyboard.press(key)
    assert [place.input_value() for place in places.all()] == ["3", "10", "P"]

    page.get_by_role("button", name="Bewaar, de bijeenkomst is geweest").click()
    page.get_by_role("button", name="Ja, bewaar").click()
    expect(page.get_by_text("Achteraf ingevuld door Hanneke")).to_be_visible()

    context = signed_in(new_context(permissions=["clipboard-read", "clipboard-write"]), portal, asker)
    own = context.new_page()
    own.goto(f"{portal.url}/bijeenkomsten/{meeting}/deel-met-je-team/")
    watch.check_accessible(own)
    own.get_by_role("button", name="Kopieer de drie zinnen").click()
    expect(own.get_by_text("Gekopieerd")).to_be_visible()
    assert "Mijn vraag was: Hoe wacht ik 0?" in str(own.evaluate("navigator.clipboard.readText()"))
    own.get_by_label("In drie zinnen").fill("Hanneke zei: wacht.")
    expect(own.get_by_text("Er staat een naam van iemand uit de groep in: Hanneke")).to_be_visible()
