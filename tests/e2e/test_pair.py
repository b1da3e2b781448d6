"""A pair from a goal to a talk, by two phones: one has no network in the lesson, and the server is killed meanwhile."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import Person
from tests.servers import Portal

SEED = """
from groups.models import Pair
from tests.factories import make_group, make_member, make_session
from tests.video_feedback.factories import make_clip
from video_feedback.services import consent
group = make_group("Samen kijken")
pair = Pair.objects.create(group=group)
sanne, yusuf = make_member(group, "Sanne Wolters", pair=pair), make_member(group, "Yusuf Kaya", pair=pair)
clip = make_clip(sanne, title="De kring")
consent.share_clip(actor=sanne.user, clip=clip, audience="maatje", scope="all_parents")
print("SEEDED", group.pk, make_session(sanne.user), make_session(yusuf.user))
"""
NOTED = """
from video_feedback.models import ObserverNote
notes = ObserverNote.objects.filter(observed__group=%r)
print("SEEDED", *[f"{note.kind}:{note.text}" for note in notes.order_by("seen_at")])
"""
GOAL = "Na elke vraag tel ik stil tot vijf."
NEXT = "Ik tel tot vijf, ook na een fout."


class Phones:
    """Of the two, who each have signed in."""

    def __init__(self, portal: Portal, new_context: NewContext, watch: Watch) -> None:
        self.group, *sessions = portal.seed(SEED)
        self.people = [
            self._person(name, session, portal, new_context, watch)
            for name, session in zip(["sanne", "yusuf"], sessions, strict=True)
        ]

    def _person(self, name: str, session: str, portal: Portal, new_context: NewContext, watch: Watch) -> Person:
        context = new_context(viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        return Person(name, context, watch, portal.url, slow=name == "yusuf")


@pytest.fixture
def phones(portal: Portal, new_context: NewContext, watch: Watch) -> Phones:
    for words in ("Failed to load resource", "net::ERR_INTERNET_DISCONNECTED", "net::ERR_CONNECTION_REFUSED"):
        watch.allow(words)
    return Phones(portal, new_context, watch)


def notes(yusuf: Person, words: str, kind: str) -> None:
    yusuf.fill("Wat zie je?", words)
    yusuf.press(kind)


def test_from_a_goal_to_a_talk_by_two_phones_of_which_one_was_offline(portal: Portal, phones: Phones) -> None:
    sanne, yusuf = phones.people
    rounds = f"/groepen/{phones.group}/samen-filmen/"
    sanne.go(rounds)
    sanne.looks_around("samen-filmen")
    sanne.follow("Kies je doel")
    sanne.fill("Wat ga jij doen dat je maatje kan zien?", GOAL)
    sanne.fill("Waar?", "lokaal 12")
    sanne.press("Geef aan mijn maatje")
    sanne.sees("Yusuf Kaya filmt")

    yusuf.go(rounds)
    yusuf.follow("Ga verder")
    yusuf.sees(GOAL)
    yusuf.looks_around("filmronde")
    yusuf.follow("Noteer wat je ziet")
    yusuf.context.set_offline(True)
    notes(yusuf, "wachttijd", "Top")
    notes(yusuf, "doorvragen", "Top")
    notes(yusuf, "kring", "Tip")
    yusuf.sees("3 dingen wachten op verbinding.")

    portal.kill_web()
    yusuf.context.set_offline(False)
    expect(yusuf.page.locator("[data-shelf]")).to_be_hidden(timeout=30_000)
    assert portal.seed(NOTED % phones.group) == ["top:wachttijd", "top:doorvragen", "tip:kring"]

    yusuf.go(rounds)
    yusuf.follow("Ga verder")
    yusuf.press("Gedaan")
    yusuf.page.get_by_text("Kies een fragment dat er al staat").click()
    yusuf.press("Hoort erbij")
    yusuf.press("Gedaan")
    sanne.sees("Open het nagesprek")  # Her page was open all the while.

    yusuf.follow("Open het nagesprek")
    yusuf.sees("De kring")
    yusuf.looks_around("nagesprek")
    yusuf.fill("Wat ging goed?", "Je wachtte vier keer.")
    yusuf.press("Bewaar het nagesprek")
    yusuf.sees("Jullie nagesprek is bewaard.")

    sanne.fill("Je leerdoel voor de volgende keer", NEXT)
    sanne.press("Bewaar en sluit de ronde")
    sanne.sees("Yusuf Kaya kiest een doel, en jij kijkt mee.")
    yusuf.follow("Kies jouw doel")
    yusuf.sees("Geef aan mijn maatje")

    # Of what else she saw: a tap to begin, one in the field, a sentence, and a tap to keep it.
    sanne.follow("Noteren")
    sanne.page.get_by_label("Wat zag je?").click()
    sanne.page.keyboard.type("Een leerling legde uit waarom het klopt.")
    sanne.page.get_by_role("button", name="Bewaar talentmoment").click()
    sanne.sees("Een leerling legde uit waarom het klopt.")
