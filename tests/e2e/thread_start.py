"""Steps 1 to 3: the coach plans, deelnemers join and choose each other, an expert is asked."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from PIL import Image

from tests.e2e.people import PASSWORD, Person
from tests.servers import Portal, ReceivedMail, SmtpSink

COACH = ("Hanneke Dijkstra", "hanneke@coach.example")
MEMBERS = {
    "marijke": ("Marijke Hoekstra", "marijke@lindenhof.example", "obs De Lindenhof", "groep 5"),
    "yusuf": ("Yusuf Demir", "yusuf@vuurtoren.example", "sbo De Vuurtoren", "groep 6/7"),
    "anouk": ("Anouk Bosma", "anouk@kompas.example", "cbs Het Kompas", "intern begeleider"),
    "tom": ("Tom Veenstra", "tom@lindenhof.example", "obs De Lindenhof", "onderwijsassistent"),
    "fatima": ("Fatima el Idrissi", "fatima@vuurtoren.example", "sbo De Vuurtoren", "groep 3"),
    "ruben": ("Ruben de Groot", "ruben@kompas.example", "cbs Het Kompas", "vakleerkracht gym"),
}
EXPERT = ("Lotte Meijerink", "lotte@praktijk.example")
TOPIC = "Contact met klasgenoten"


@dataclass
class Walk:
    """What the steps hand to each other."""

    portal: Portal
    sink: SmtpSink
    new_person: Callable[[str], Person]
    folder: Path
    people: dict[str, Person] = field(default_factory=dict)
    group_url: str = ""
    meeting_url: str = ""
    clip_url: str = ""
    answered: str = ""
    answer: str = ""

    def person(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = self.new_person(name)
        return self.people[name]

    @property
    def coach(self) -> Person:
        return self.person("coach")

    @property
    def marijke(self) -> Person:
        return self.person("marijke")

    @property
    def yusuf(self) -> Person:
        return self.person("yusuf")

    @property
    def expert(self) -> Person:
        return self.person("expert")


def link_in(mail: ReceivedMail, part: str) -> str:
    """The address in a mail's text that holds `part`."""
    found = re.search(rf"https?://\S*{part}\S*", mail.text)
    assert found, f"no link with {part} in:\n{mail.text}"
    return found.group()


def mail_to(address: str, part: str = "") -> Callable[[ReceivedMail], bool]:
    """Whether a mail goes to this address and holds `part`."""
    return lambda mail: address in mail.recipients and part in mail.text


def plan_the_traject(walk: Walk) -> None:
    coach = walk.coach
    walk.portal.env["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
    walk.portal.manage("createsuperuser", "--noinput", "--email", COACH[1], "--name", COACH[0])
    coach.logs_in(COACH[1])
    coach.sees("Begin met een traject")
    coach.looks_around("vandaag-coach-leeg")
    coach.follow("Plan een traject")

    coach.fill("Naam van de groep", "De Hondsrug")
    coach.fill("Thema", "Leerlingen met autisme in de klas")
    coach.looks_around("plannen-groep")
    coach.press("Verder")

    pasted = "; ".join(f"{name} <{email}>" for name, email, *_ in MEMBERS.values())
    coach.fill("E-mailadressen", pasted + "; dit is geen adres; " + COACH[1])
    coach.watch.allow("status of 422")  # this paste, and a date further on
    coach.press("Verder")
    coach.sees("dit is geen adres")
    coach.looks_around("plannen-mensen-fout")
    coach.fill("E-mailadressen", pasted)
    coach.press("Verder")

    introduction = date.today() + timedelta(days=2)
    coach.fill("Hoeveel netwerkbijeenkomsten?", "2")
    coach.fill("Datum van de introductie", introduction.isoformat())
    coach.fill("Begint om", "15:30")
    coach.fill("Waar?", "Obs De Lindenhof, lokaal 12")
    coach.looks_around("plannen-bijeenkomsten")
    coach.press("Verder")

    # A date before the introductie is named beside the field; nothing that was typed is lost.
    coach.page.locator("[name=date_0]").fill((introduction - timedelta(days=30)).isoformat())
    coach.press("Verder")
    coach.sees("maar moet na")
    coach.page.locator("[name=date_0]").fill((introduction + timedelta(days=28)).isoformat())
    coach.looks_around("plannen-data")
    coach.press("Verder")

    coach.sees("6 uitnodigingen")
    coach.looks_around("plannen-controleren")
    assert [email for _name, email, *_ in MEMBERS.values() if walk.sink.to(email)] == []
    coach.press("Maak als concept")
    coach.sees("Concept: alleen jij ziet deze groep")
    walk.group_url = coach.page.url
    coach.press("Publiceer en nodig uit")
    for _name, email, *_ in MEMBERS.values():
        walk.sink.wait_for(mail_to(email, "uitnodiging"))
    coach.looks_around("groep-coach")


def accept_the_invitations(walk: Walk) -> None:
    photo = walk.folder / "foto.png"
    Image.new("RGB", (900, 600), "#7F9C8E").save(photo)
    for key, (name, email, school, discipline) in MEMBERS.items():
        person = walk.person(key)
        mail = walk.sink.wait_for(mail_to(email))
        assert mail.message["Reply-To"] == COACH[1]
        person.go(link_in(mail, "uitnodiging"))
        person.looks_around("uitnodiging")
        person.fill("Je naam", name)
        _say_school(person, school)
        person.fill("Wat doe je daar?", discipline)
        person.fill("Kies een wachtwoord", PASSWORD)
        if key == "marijke":
            person.page.get_by_label("Foto van jezelf").set_input_files(photo)
        person.press("Doe mee")
        person.page.wait_for_url(f"{walk.portal.url}/welkom/")
        person.looks_around("welkom")
        person.follow("Nu niet")
        person.sees(f"Dag {name.split()[0]}")
    walk.marijke.looks_around("vandaag-deelnemer")
    walk.coach.go(walk.group_url)
    walk.coach.sees("Fatima el Idrissi")

    # The link worked once.
    late = walk.new_person("late")
    late.watch.allow("410")
    late.watch.allow("404")
    first = walk.sink.wait_for(lambda mail: MEMBERS["marijke"][1] in mail.recipients)
    late.go(link_in(first, "uitnodiging"))
    late.looks_around("uitnodiging-gebruikt")
    assert late.page.get_by_role("button", name="Doe mee").count() == 0


def _say_school(person: Person, school: str) -> None:
    listed = person.page.locator("select[name=school]")
    if listed.count() and listed.locator("option", has_text=school).count():
        listed.select_option(label=f"{school}, Assen")
        return
    if listed.count():
        person.page.get_by_text("Mijn school staat er niet bij").click()
    person.fill("Naam van de school", school)
    person.fill("Plaats", "Assen")


def hold_the_introductie(walk: Walk) -> None:
    coach = walk.coach
    coach.go("/bijeenkomsten/")
    coach.looks_around("bijeenkomsten")
    coach.follow("Introductie")
    coach.looks_around("introductie")
    coach.follow("Bijeenkomst leiden")
    coach.press("Begin de bijeenkomst")
    coach.agree()
    coach.sees("Nu, onderdeel 1 van 6")
    coach.open_more()
    coach.press("Rond de bijeenkomst af")
    coach.agree()
    coach.sees("De bijeenkomst is afgerond")


def choose_maatjes(walk: Walk) -> None:
    for who, whom in [("marijke", "Yusuf Demir"), ("yusuf", "Marijke Hoekstra"), ("anouk", "Tom Veenstra")]:
        person = walk.person(who)
        person.go("/groepen/")
        person.follow("Kies je maatje")
        person.page.get_by_label(whom).check()
        person.looks_around("maatjes-deelnemer")
        person.press("Kies als maatje")
    coach = walk.coach
    coach.go(walk.group_url)
    coach.follow("Maak de tweetallen af")
    coach.looks_around("maatjes-coach")
    coach.press("Bevestig dit tweetal")
    for two in [("Anouk Bosma", "Tom Veenstra"), ("Fatima el Idrissi", "Ruben de Groot")]:
        for name in two:
            coach.page.get_by_role("checkbox", name=re.compile(f"^{name}")).check()
        coach.press("Zet bij elkaar")
    walk.marijke.go(walk.group_url)
    walk.marijke.sees("Yusuf Demir")
    walk.marijke.looks_around("groep-deelnemer")


def invite_the_expert(walk: Walk) -> None:
    """Step 3: a topic, an expert by mail, and an answer by link without an account."""
    coach, expert = walk.coach, walk.expert
    coach.go("/bijeenkomsten/")
    coach.follow("Bijeenkomst 1")
    walk.meeting_url = coach.page.url
    coach.looks_around("bijeenkomst-leeg")
    coach.follow("Vraag een expert")
    coach.fill("Onderwerp", TOPIC)
    coach.page.locator("[name=name]").fill(EXPERT[0])
    coach.page.locator("[name=email]").fill(EXPERT[1])
    coach.looks_around("expert-vragen")
    coach.press("Stuur de uitnodiging")
    mail = walk.sink.wait_for(lambda mail: EXPERT[1] in mail.recipients)
    assert TOPIC in mail.text
    assert "15" in mail.text
    assert b"METHOD:REQUEST" in mail.attachment("text/calendar")

    expert.go(link_in(mail, "expert"))
    expert.looks_around("expert-link")
    expert.press("Ja, ik kom")
    expert.page.wait_for_url(f"{walk.portal.url}/expert/")
    expert.looks_around("expert")
    expert.sees("Fijn dat je komt!")
    walk.sink.wait_for(lambda mail: COACH[1] in mail.recipients and EXPERT[0] in mail.text)
    coach.go(walk.meeting_url)
    coach.sees("Komt")
    assert expert.context.request.get(walk.portal.url + "/groepen/", max_redirects=0).status == 302
