"""The introductie: Startvragen on four phones, read together on the laptop, and a topic that the room agrees on."""

from playwright.sync_api import expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import Person
from tests.servers import Portal

SEED = """
from django.utils import timezone
from meetings.models import Meeting
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_session
group = make_group("De wensen")
names = ("Hanneke Bos", "Sanne Wolters", "Ruben Smit", "Ines Kok", "Tom Vos")
people = [make_member(group, name, coach=name == "Hanneke Bos") for name in names]
now = timezone.now()
meeting = make_meeting(group, "introduction", position=0, state="running", started_at=now)
item = make_agenda_item(meeting, "learning", 30, started_at=now)
Meeting.objects.filter(pk=meeting.pk).update(current_item=item)
print("SEEDED", *[make_session(person.user) for person in people], meeting.pk, group.pk)
"""
PHONE = {"width": 390, "height": 844}


def test_the_room_answers_the_startvragen_and_agrees_on_a_topic(
    portal: Portal, new_context: NewContext, watch: Watch
) -> None:
    *sessions, meeting, group = portal.seed(SEED)
    people: list[Person] = []
    for name, session in zip(("hanneke", "sanne", "ruben", "ines", "tom"), sessions, strict=True):
        context = new_context() if name == "hanneke" else new_context(viewport=PHONE)
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        people.append(Person(name, context, watch, portal.url))
    hanneke, *phones = people
    sanne, ruben, ines, tom = phones

    # A phone goes there from the page of the meeting, and each writes; what is typed is saved by itself.
    wishes = ("Rust in de gang", "Prikkels", "Samen lezen", "De overgangen")
    for phone, wish in zip(phones, wishes, strict=True):
        phone.go(f"/bijeenkomsten/{meeting}/" if phone is sanne else f"/groepen/{group}/startvragen/")
        if phone is sanne:
            phone.page.get_by_role("link", name="Vul de Startvragen in").click()
        phone.page.get_by_label("Over welke onderwerpen").fill(wish)
    for phone in phones:
        phone.sees("Bewaard om")

    # The coach comes from Leiden, reads all four without names, and puts one on the list.
    hanneke.go(f"/bijeenkomsten/{meeting}/leiden/")
    hanneke.page.get_by_text("Lees wat jullie schreven").click()
    for wish in wishes:
        hanneke.sees(wish)
    hanneke.go(f"/groepen/{group}/startvragen/samen/")
    shown = hanneke.page.locator("main").inner_text()
    assert [name for name in ("Sanne", "Ruben", "Ines", "Tom") if name in shown] == []
    line = hanneke.page.get_by_role("listitem").filter(has_text="Rust in de gang")
    hanneke.press("Zet bij de wensen", within=line)
    hanneke.sees("Dit staat nu op de lijst")

    # The phones follow the list, and three want it too; the laptop sees that by itself.
    for phone in phones:
        phone.go(f"/groepen/{group}/wensen/")
    hanneke.page.get_by_role("link", name="Naar de wensen").click()
    hanneke.sees("Rust in de gang")
    for phone in (ruben, ines, tom):
        phone.press("Dit wil ik ook")
    for name in ("Ruben Smit", "Ines Kok", "Tom Vos"):
        hanneke.sees(name)
    hanneke.press("Dit spraken we af")

    for phone in phones:
        phone.sees("Nog geen bijeenkomst")
        assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(tom.page.get_by_role("button", name="Dit spraken we af")).to_have_count(0)
    watch.check_accessible(ruben.page)
