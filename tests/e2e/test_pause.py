"""Between the pitch and the answers: a tick in pencil, what the asker says, skipping and back, stopping early."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import Person
from tests.servers import Portal

SEED = """
from leervragen.models import Leervraag
from meetings.services import running
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session
group = make_group("De luisteraars")
coach, asker = make_member(group, coach=True), make_member(group, "Sanne Wolters")
listener = make_member(group, "Yusuf Demir")
meeting = make_meeting(group, position=1)
make_meeting(group, position=2)
make_agenda_item(meeting, kind="pitch", minutes=30, title="Pitch")
for text, who in [("Hoe begin ik?", asker), ("Hoe stop ik?", asker), ("Hoe ga ik door?", listener)]:
    Leervraag.objects.create(meeting=meeting, author=who, text=text)
running.start_meeting(actor=coach.user, meeting=meeting)
print("SEEDED", *(make_session(one.user) for one in (coach, asker, listener)), meeting.pk)
"""


@pytest.fixture
def room(portal: Portal, new_context: NewContext, watch: Watch) -> tuple[Person, Person, Person, str]:
    """The coach, who asks, who listens, and the address of the meeting."""
    *sessions, meeting = portal.seed(SEED)
    people = []
    for name, session in zip(("coach", "asker", "listener"), sessions, strict=True):
        width: dict[str, Any] = {"viewport": {"width": 390, "height": 844}} if name == "listener" else {}
        context = new_context(**width)
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        people.append(Person(name, context, watch, portal.url))
    return people[0], people[1], people[2], f"/bijeenkomsten/{meeting}/"


def strip_of(person: Person, text: str) -> Locator:
    return person.page.locator(".strip", has_text=text).first


def test_between_the_pitch_and_the_answers(room: tuple[Person, Person, Person, str]) -> None:
    coach, asker, listener, meeting = room

    # During the pitch one listener ticks two questions, which Leiden shows too.
    coach.go(f"{meeting}leiden/")
    coach.sees("Hoe begin ik?")
    listener.go(f"{meeting}meetlat/pitch/")
    strip_of(listener, "Hoe begin ik?").get_by_label("Een woord erbij").fill("De zandloper")
    listener.press("Misschien beantwoord", within=strip_of(listener, "Hoe begin ik?"))
    listener.press("Misschien beantwoord", within=strip_of(listener, "Hoe stop ik?"))
    expect(listener.page.get_by_role("button", name="Gum weg")).to_have_count(2)
    listener.looks_around("pitch")

    # The asker alone is told, and decides.
    asker.go(f"{meeting}meetlat/")
    asker.sees("Yusuf denkt: misschien beantwoord. ‘De zandloper’")
    asker.looks_around("na-de-pitch")
    asked = asker.page.locator(".after-pitch")
    asker.press("Ja, beantwoord", within=asked.locator(".strip", has_text="Hoe begin ik?"))
    expect(asker.page.locator("[data-place=pitch]")).to_contain_text("Hoe begin ik?")
    asker.press("Leg hem erbij", within=asked.locator(".strip", has_text="Hoe stop ik?"))
    expect(asked).to_have_count(0)
    expect(asker.page.locator("[data-place=tray]")).to_contain_text("Hoe stop ik?")

    # Skipping asks first, and is one click back.
    asker.press("Sla de meetlat over")
    asker.sees("Sla je de meetlat over voor de hele groep?")
    asker.agree()
    asker.sees("De meetlat is overgeslagen.")
    asker.press("Terug naar Leggen")
    asker.sees("Nog te leggen")

    # Two at once wait; a third is laid with what was chosen.
    asker.go(f"{meeting}meetlat/?step=2")
    asker.sees("Er is ruim tijd voor alle vragen.")
    asker.choose("Hoe stop ik?")
    asker.choose("Hoe ga ik door?")
    asker.looks_around("controleren")
    asker.page.get_by_label("Van de stapel: leg op").select_option("4")
    asker.press("Leg bij elkaar")
    asker.sees("De vragen liggen bij elkaar.")
    expect(asker.page.locator(".choosing .bracket")).to_contain_text("Hoe ga ik door?")

    # The meeting stops early: the meetlat is there to look at, and nothing is lost.
    coach.go(f"{meeting}leiden/")
    coach.open_more()
    coach.press("Rond de bijeenkomst af")
    coach.agree()
    asker.go(f"{meeting}meetlat/")
    asker.sees("Zo lagen de vragen")
    asker.looks_around("geweest")
    expect(asker.page.locator("live-region button")).to_have_count(0)

    # It goes on: all lies as it lay.
    coach.go(f"{meeting}leiden/")
    coach.press("Heropen")
    coach.agree()
    asker.go(f"{meeting}meetlat/")
    expect(asker.page.locator("[data-place='4'] .bracket")).to_contain_text("Hoe stop ik?")
    expect(asker.page.locator("[data-place=pitch]")).to_contain_text("Hoe begin ik?")
