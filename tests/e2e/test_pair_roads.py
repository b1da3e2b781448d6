"""Equal roads of a round: with a stand and the maatjes at home, of three who are together; and wholly on paper, with
the roles swapped, in a group that dropped a step.
"""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import Person
from tests.e2e.thread_between import share
from tests.servers import Portal

SEED = """
from groups.models import Pair
from tests.factories import make_group, make_member, make_session
from tests.video_feedback.factories import make_clip
group = make_group("Met zijn drieën")
coach, pair = make_member(group, "Hanneke Dijkstra", coach=True), Pair.objects.create(group=group)
members = [make_member(group, name, pair=pair) for name in ("Sanne Wolters", "Yusuf Kaya", "Femke Postma")[:%d]]
make_clip(members[0], title="De kring")
print("SEEDED", group.pk, *[make_session(member.user) for member in (coach, *members)])
"""
NAMES = ("coach", "sanne", "yusuf", "femke")


@pytest.fixture
def people(request: pytest.FixtureRequest, portal: Portal, new_context: NewContext, watch: Watch) -> list[Person]:
    """A coach, and so many who are together, each on a page of their own: that of the rounds."""
    group, *sessions = portal.seed(SEED % request.param)
    found = []
    for name, session in zip(NAMES, sessions, strict=False):
        context = new_context(viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        person = Person(name, context, watch, portal.url)
        person.go(f"/groepen/{group}/samen-filmen/")
        found.append(person)
    return found


@pytest.mark.parametrize("people", [3], indirect=True)
def test_with_a_stand_the_two_others_look_at_home(people: list[Person]) -> None:
    _coach, sanne, yusuf, femke = people
    rounds = sanne.page.url
    sanne.follow("Kies je doel")
    sanne.fill("Wat ga jij doen dat je maatje kan zien?", "Na elke vraag tel ik stil tot vijf.")
    sanne.choose("ik zelf, met een statief")
    sanne.press("Geef aan mijn maatje")
    sanne.sees("Zet je telefoon stevig neer")
    sanne.press("Gedaan")
    sanne.page.get_by_text("Kies een fragment dat er al staat").click()
    sanne.press("Hoort erbij")
    yusuf.page.reload()
    yusuf.follow("Ga verder")
    yusuf.does_not_see("De kring")  # The gate comes first.
    sanne.follow("De kring")
    share(sanne, "mijn maatje", "toestemming gaven")
    sanne.go(rounds)
    sanne.follow("Ga verder")
    sanne.press("Gedaan")

    femke.page.reload()
    femke.follow("Ga verder")
    femke.follow("De kring")
    form = femke.page.locator("form[data-respond]")
    form.get_by_label("Op moment").fill("0:01")
    form.get_by_label("Top", exact=True).check(force=True)
    form.get_by_label("Wat wil je zeggen?").fill("Je wachtte, en toen kwam het.")
    femke.press("Bewaar bij mijn feedback", within=form)
    femke.sees("Je wachtte, en toen kwam het.")
    femke.press("Verstuur naar Sanne")
    yusuf.page.reload()
    yusuf.press("Mondeling")  # By telephone, with all three.
    sanne.page.reload()
    sanne.press("Bewaar en sluit de ronde")
    sanne.sees("Ruil nu van rol: Yusuf Kaya en Femke Postma kiest een doel, en jij kijkt mee.")


@pytest.mark.parametrize("people", [2], indirect=True)
def test_wholly_on_paper_in_a_group_that_dropped_a_step_and_then_the_roles_swap(people: list[Person]) -> None:
    coach, sanne, yusuf = people
    coach.follow("Pas de stappen aan")
    coach.page.get_by_label("Fragmenten doen we").uncheck()
    coach.press("Bewaar")
    sanne.follow("Kies je doel")
    sanne.press("Geef aan mijn maatje")
    for _step in ("Doel", "Filmen", "Nagesprek", "Bijstellen"):
        sanne.press("Op papier", within=sanne.page.locator(".cycle-step.next"))
    sanne.sees("Deze ronde is klaar")
    expect(sanne.page.locator(".cycle-step")).to_have_count(4)

    yusuf.page.reload()
    yusuf.follow("Kies je doel")
    yusuf.fill("Wat ga jij doen dat je maatje kan zien?", "Ik vraag door.")
    yusuf.press("Geef aan mijn maatje")
    sanne.go("/")
    sanne.sees("De ronde van Yusuf: Filmen")
