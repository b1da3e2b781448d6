"""The demo's accounts: fictional people of three schools."""

from dataclasses import dataclass

PASSWORD = "samen-leren-2026"  # noqa: S105  (shown on the login page of the demo, and nowhere else of use)
DOMAIN = "netwerkleren.example"


@dataclass(frozen=True)
class DemoPerson:
    key: str
    name: str
    school: tuple[str, str] | None = None
    discipline: str = ""
    is_coach: bool = False
    is_staff: bool = False
    telephone: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"

    @property
    def role(self) -> str:
        if self.is_staff:
            return "beheerder"
        return "coach" if self.is_coach else "deelnemer"


LINDENHOF = ("obs De Lindenhof", "Assen")
VUURTOREN = ("sbo De Vuurtoren", "Gieten")
KOMPAS = ("cbs Het Kompas", "Rolde")

COACH = DemoPerson("hanneke", "Hanneke Dijkstra", is_coach=True, telephone="06 12 34 56 78")
BEHEERDER = DemoPerson("bea", "Bea Heerema", is_staff=True)
MEMBERS = [
    DemoPerson("marijke", "Marijke Hoekstra", LINDENHOF, "groep 5"),
    DemoPerson("yusuf", "Yusuf Demir", VUURTOREN, "groep 6/7"),
    DemoPerson("anouk", "Anouk Bosma", KOMPAS, "intern begeleider"),
    DemoPerson("tom", "Tom Veenstra", LINDENHOF, "onderwijsassistent"),
    DemoPerson("fatima", "Fatima el Idrissi", VUURTOREN, "groep 3"),
    DemoPerson("ruben", "Ruben de Groot", KOMPAS, "vakleerkracht gym"),
    DemoPerson("sanne", "Sanne Wolters", LINDENHOF, "groep 1/2"),
]
EVERYONE = [COACH, *MEMBERS, BEHEERDER]
ON_THE_LOGIN_PAGE = [COACH, MEMBERS[0], MEMBERS[1], BEHEERDER]
