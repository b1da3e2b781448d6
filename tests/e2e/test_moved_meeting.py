"""After publishing a meeting is moved, one is added and one is taken out: what each person gets, and nothing twice."""

from collections import Counter

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.servers import Portal, SmtpSink

SEED = """
from datetime import timedelta
from django.utils import timezone
from meetings.services import planning
from tests.factories import make_group, make_member, make_session

group = make_group("De verzetters")
coach, *members = make_member(group, coach=True), make_member(group), make_member(group)
noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
dates = [noon + timedelta(days=days) for days in (21, 56, 91)]
traject = planning.plan_meetings(
    actor=coach.user, group=group, introduction_at=noon + timedelta(days=7), network_count=2, dates=dates
)
people = [one.user.email for one in (coach, *members)]
print("SEEDED", make_session(coach.user), group.pk, traject[1].pk, traject[2].pk, *people)
"""


LATER = "([day, by]) => `${new Date(Date.parse(day) + by * 864e5).toISOString().slice(0, 10)}T15:30`"


def _letters(sink: SmtpSink, people: list[str]) -> Counter[tuple[str, str]]:
    """By reader and subject."""
    return Counter((to, str(mail.message["Subject"])) for mail in sink.mails for to in mail.recipients if to in people)


def _press(page: Page, words: str) -> None:
    """As many people press: twice."""
    page.get_by_role("button", name=words).dblclick()


def test_each_change_is_seen_beforehand_and_told_once_to_each(
    portal: Portal, smtp_sink: SmtpSink, new_context: NewContext
) -> None:
    session, group, first, second, *people = portal.seed(SEED)
    context = new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    page = context.new_page()

    page.goto(f"/bijeenkomsten/{first}/verzet/")
    date = page.get_by_label("Begin")
    day = date.input_value()
    date.fill(
        page.evaluate("(day) => `${new Date(Date.parse(day) + 7 * 864e5).toISOString().slice(0, 10)}T15:30`", day)
    )
    expect(page.locator("[data-words]")).to_contain_text("15.30 uur")
    _press(page, "Kijk wat er verandert")
    expect(page.get_by_text("2 deelnemers krijgen een mail")).to_be_visible()
    assert not _letters(smtp_sink, people)
    _press(page, "Verzet haar")
    expect(page.get_by_text("De bijeenkomst is verzet.")).to_be_visible()

    page.goto(f"/bijeenkomsten/erbij/{group}/")
    page.get_by_label("Na welke bijeenkomst?").select_option(label="Bijeenkomst 1")
    page.get_by_label("Begin").fill(page.evaluate(LATER, [day, 21]))
    _press(page, "Kijk wat er verandert")
    expect(page.get_by_text("Bijeenkomst 2 heet daarna Bijeenkomst 3.")).to_be_visible()
    _press(page, "Zet haar erbij")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bijeenkomst 2")

    page.goto(f"/bijeenkomsten/{second}/weghalen/")
    expect(page.get_by_text("Daarom gaat ze helemaal weg")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    _press(page, "Haal weg")
    expect(page.get_by_text("De bijeenkomst is weg.")).to_be_visible()

    subjects = ["Gewijzigd: Bijeenkomst 1", "Zet in je agenda: Bijeenkomst 2", "Gaat niet door: Bijeenkomst 3"]
    wanted = Counter((to, subject) for to in people for subject in subjects)
    for _wait in range(100):
        if sum(_letters(smtp_sink, people).values()) >= len(wanted):
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(700)  # in which a second one of some mail would come
    assert _letters(smtp_sink, people) == wanted
