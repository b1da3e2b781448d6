"""Two who write down the answer to one question, each in a browser of their own, and the press that goes on."""

from playwright.sync_api import expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import Person
from tests.servers import Portal

SEED = """
from leervragen.models import Leervraag
from leervragen.services import laying
from meetings.models import Meeting
from tests.factories import make_group, make_meeting, make_member, make_session
group = make_group("De twee pennen")
first, second = make_member(group, "Yusuf Demir"), make_member(group, "Marijke Hoekstra")
meeting = make_meeting(group, position=1, state=Meeting.State.RUNNING)
asked = [Leervraag.objects.create(meeting=meeting, author=first, text=text) for text in ("Hoe wacht ik?", "En dan?")]
for number, strip in enumerate(asked, start=1):
    laying.lay_strip(actor=first.user, strip=strip, version=0, number=number)
print("SEEDED", make_session(first.user), make_session(second.user), asked[0].pk)
"""
THEIRS, MINE = "Tel tot drie, en kijk eerst.", "Lotte: benoem wat je ziet."


def test_both_texts_stay_and_one_press_goes_on_to_the_next_question(
    portal: Portal, new_context: NewContext, watch: Watch
) -> None:
    *sessions, question = portal.seed(SEED)
    people = []
    for name, session in zip(("yusuf", "marijke"), sessions, strict=True):
        context = new_context()
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        people.append(Person(name, context, watch, portal.url))
    yusuf, marijke = people
    address = f"/leervragen/{question}/antwoord/"
    for person in people:
        person.go(address)

    # Both from an empty field, one a moment after the other, and each types on.
    for person, text in ((yusuf, THEIRS), (marijke, MINE)):
        field = person.page.get_by_label("Het antwoord")
        field.press_sequentially(text[:5])
        person.sees("Bewaard om")
        field.press_sequentially(text[5:])

    marijke.press("Beantwoord, volgende vraag")
    marijke.sees("Vraag 2 van 2")
    marijke.sees("En dan?")

    # The other's press ends nothing more: the group is at the next question already.
    yusuf.press("Beantwoord, volgende vraag")
    yusuf.sees("En dan?")
    expect(yusuf.page.get_by_text("Vraag 2 van 2")).to_be_visible()

    marijke.go(address)
    expect(marijke.page.get_by_label("Wat jij opschreef")).to_have_value(MINE)
    marijke.sees(THEIRS)
    yusuf.go(address)
    expect(yusuf.page.get_by_label("Het antwoord")).to_have_value(THEIRS)
    yusuf.sees(MINE)
    # What another wrote stands there as text, not as a strip that another is carried to.
    beside = yusuf.page.get_by_role("region", name="Dit is ook geschreven").locator("xpath=..")
    expect(beside).to_have_css("outline-style", "none")
    yusuf.sees("Marijke, schreef ook mee")
