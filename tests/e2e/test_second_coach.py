"""A group gets a second coach, and the first one hands it over; everyone double-clicks."""

from tests.e2e.conftest import NewContext, Watch
from tests.e2e.people import Person
from tests.servers import Portal

SEED = """
from tests.factories import make_group, make_meeting, make_member, make_session
group = make_group("De overdracht")
coach, member = make_member(group, "Hanneke Dijkstra", coach=True), make_member(group, "Sanne Wolters")
meeting = make_meeting(group, position=1)
print("SEEDED", make_session(coach.user), make_session(member.user), group.pk, meeting.pk)
"""


def test_a_second_coach_takes_the_group_over(portal: Portal, new_context: NewContext, watch: Watch) -> None:
    first, second, group, meeting = portal.seed(SEED)

    def person(name: str, session: str) -> Person:
        context = new_context(viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        return Person(name, context, watch, portal.url)

    hanneke, sanne = person("hanneke", first), person("sanne", second)

    sanne.go(f"/bijeenkomsten/{meeting}/")
    sanne.press("Ik kan niet")
    sanne.sees("Je bent afgemeld")
    sanne.press("Ik kan toch")
    sanne.sees("Ik kan niet")

    hanneke.go(f"/groepen/{group}/coaches/")
    watch.check_accessible(hanneke.page)
    hanneke.page.get_by_role("link", name="Maak coach").click()
    watch.check_accessible(hanneke.page)
    hanneke.press("Maak coach")
    hanneke.sees("Sanne Wolters is nu ook coach")
    hanneke.page.get_by_role("link", name="Treed terug").click()
    watch.check_accessible(hanneke.page)
    hanneke.press("Ga verder als deelnemer")
    hanneke.sees("Je bent geen coach meer")

    sanne.go(f"/groepen/{group}/")
    sanne.page.get_by_role("link", name="Sluit de groep af").click()
    sanne.sees("Er komen nog bijeenkomsten")
    watch.check_accessible(sanne.page)
