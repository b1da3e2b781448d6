"""One's own phone in a real browser: the session is over, a talentmoment is noted, the rest asks to log in."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.tablet import NAMES, seed_of
from tests.servers import Portal

SEEN = """
from video_feedback.models import ObserverNote, Talentmoment
noted = [moment.author for moment in Talentmoment.objects.filter(text="Zij telde hardop.")]
noted += [note.observer for note in ObserverNote.objects.filter(text="telt tot drie")]
print("SEEDED", *[member.user.email for member in noted])
"""


def test_it_notes_while_nobody_is_signed_in_and_shows_nothing_of_others(
    page: Page, portal: Portal, watch: Watch
) -> None:
    room = dict(zip(NAMES, portal.seed(seed_of(1)), strict=True))
    page.set_viewport_size({"width": 390, "height": 844})
    page.context.add_cookies([{"name": "sessionid", "value": room["session"], "url": portal.url}])
    page.goto(f"{portal.url}/account/sessions/")
    page.get_by_role("button", name="Dit is mijn eigen telefoon").click()
    expect(page.get_by_text("Op deze telefoon kun je nu 60 dagen noteren zonder in te loggen.")).to_be_visible()
    page.goto(f"{portal.url}/talentmomenten/")
    page.get_by_label("Wat zag je?").fill("Zij telde hardop.")

    # The page stays open while the session ends.
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Bewaar talentmoment").click()

    expect(page.get_by_text("Je schrijft als Sanne Wolters.")).to_be_visible()
    expect(page.get_by_text("Zij telde hardop.")).to_be_visible()
    watch.check_accessible(page)
    page.get_by_role("link", name="Noteer wat je ziet").click()
    page.get_by_label("Wat zie je?").fill("telt tot drie")
    page.get_by_role("button", name="Top").click()
    expect(page.get_by_text("Top: telt tot drie")).to_be_visible()
    watch.check_accessible(page)
    for address in (f"/talentmomenten/bijeenkomst/{room['meeting']}/", f"/fragmenten/{room['shared']}/"):
        page.goto(portal.url + address)
        expect(page).to_have_url(re.compile("/account/login/"))
    page.get_by_role("link", name="Noteer een talentmoment").click()
    page.get_by_role("button", name="Dit is mijn telefoon niet meer").click()
    page.get_by_role("button", name="Ja, vergeet deze telefoon").click()
    expect(page).to_have_url(re.compile("/account/login/"))
    page.goto(f"{portal.url}/talentmomenten/")
    expect(page).to_have_url(re.compile("/account/login/"))
    assert list(portal.seed(SEEN)) == [room["sanne"], room["sanne"]]
