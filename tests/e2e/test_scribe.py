"""The scribe's text: saved while it is typed, before another button, and kept when it could not be saved."""

from playwright.sync_api import expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import Person
from tests.servers import Portal, wait_until

SEED = """
from tests.factories import make_group, make_meeting, make_member, make_session
group = make_group("De schrijvers")
member = make_member(group, "Sanne Wolters")
print("SEEDED", make_session(member.user), make_meeting(group, position=1).pk)
"""


def test_no_word_of_the_scribe_is_lost(portal: Portal, new_context: NewContext, watch: Watch) -> None:
    session, meeting = portal.seed(SEED)
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    sanne = Person("sanne", context, watch, portal.url)
    tops = sanne.page.get_by_label("Tops")

    sanne.go(f"/bijeenkomsten/{meeting}/evaluatie/")
    tops.press_sequentially("Open")
    sanne.sees("Bewaard om")

    # Within the pause of saving, another form of the page leads away and back.
    sanne.page.get_by_role("textbox", name="Dit doen we anders").fill("Beamer testen")
    tops.press("End")
    tops.press_sequentially(" sfeer")
    sanne.press("Voeg toe")
    sanne.sees("Beamer testen")
    expect(tops).to_have_value("Open sfeer")

    # So does a link; the last words are saved when the page is gone.
    tops.press("End")
    tops.press_sequentially(", en gelachen")
    kept = sanne.page.evaluate("() => ({...sessionStorage})")
    sanne.page.locator(".crumb").first.click()
    address = f"{portal.url}/bijeenkomsten/{meeting}/evaluatie/"
    wait_until(lambda: ", en gelachen" in context.request.get(address).text(), "the save that outlives its page", 10)
    # Of what was saved then no answer came; and the own words of a minute ago are not another's.
    sanne.page.evaluate("(kept) => Object.assign(sessionStorage, kept)", kept)
    sanne.go(f"/bijeenkomsten/{meeting}/evaluatie/")
    expect(tops).to_have_value("Open sfeer, en gelachen")
    tops.fill("Open sfeer, en veel gelachen")
    sanne.sees("Bewaard om")

    # What cannot be saved stays in this tab, also where the server has an earlier text.
    watch.allow("net::ERR_FAILED")
    sanne.page.route(
        "**/evaluatie/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    tops.press("End")
    tops.press_sequentially(" samen")
    sanne.sees("Nog niet bewaard.")
    sanne.page.reload()
    expect(tops).to_have_value("Open sfeer, en veel gelachen samen")
    sanne.page.unroute("**/evaluatie/")
    sanne.press("Bewaar", within=sanne.page.locator("#terugkijken-whole"))
    sanne.sees("Bewaard om")
    sanne.page.reload()
    expect(tops).to_have_value("Open sfeer, en veel gelachen samen")
