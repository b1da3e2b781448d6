"""Each step of the method, where the portal has it: whose it is, how one clicks there from Vandaag, and what is there.

The numbers are those of the playbook: 2.3.1 and on, and its annexes. A click is the name of a route, for a page of an
explanation with its subject; the last one is the page. The meeting is the one of `at`, at that onderdeel; without an
onderdeel it is to come, and "held" is over.
"""

from collections.abc import Iterable
from dataclasses import dataclass

COACH, DEELNEMER = "coach", "participant"
BOTH = (COACH, DEELNEMER)


@dataclass(frozen=True)
class Step:
    where: str
    who: tuple[str, ...]
    at: str
    """The kind of the meeting, and the onderdeel that is on."""
    clicks: str
    role: str
    name: str
    """What its name begins with."""

    def __str__(self) -> str:
        return f"{self.where} ({', '.join(self.who)}): {self.name}"


LEIDEN = "meetings:detail meetings:lead"
NOW = "meetings:detail meetings:now"
ASKED = "meetings:detail leervragen:leervragen"
FILMS = "video_feedback:overview"
CHECKLIST = "meetings:detail meetings:preparation"
DECK = "meetings:detail meetings:preparation method:slides"
EXPLAINED = "method:subjects method:subject="
MEETLAT = "meetings:detail leervragen:meetlat"
GROUP_OF_COACH = "roof:groups roof:group"
PAPERS_OF_MEETING = "meetings:detail reports:print_meeting"
PAPERS = f"{GROUP_OF_COACH} reports:print_group"
GROUP = "roof:groups"


def _room(where: str, at: str, of_coach: tuple[str, str], of_deelnemer: tuple[str, str] | None) -> Iterable[Step]:
    """What Leiden shows to who leads, and the phone to who follows."""
    yield Step(where, (COACH,), at, LEIDEN, *of_coach)
    if of_deelnemer:
        yield Step(where, (DEELNEMER,), at, NOW, *of_deelnemer)


STEPS = [
    # 2.3.1, the introductie: preparation.
    Step("2.3.1 prep 1", (COACH,), "introduction", CHECKLIST, "button", "Dit portaal uitgeprobeerd"),
    Step("2.3.1 prep 2", (COACH,), "introduction", "roof:groups roof:group groups:edit", "textbox", "Thema"),
    Step("2.3.1 prep 2", (DEELNEMER,), "introduction", f"{GROUP} meetings:wishes", "heading", "Thema"),
    Step("2.3.1 prep 3", (COACH,), "introduction", CHECKLIST, "link", "Open: Presentatie klaar"),
    Step("2.3.1 prep 3", (COACH,), "introduction", DECK, "link", "PowerPoint"),
    *(
        Step(f"2.3.1 prep 3, subject {number}", (COACH,), "introduction", DECK, "heading", title)
        for number, title in enumerate(
            (
                "Netwerkleren",
                "TalentKracht",
                "Filmen in je les",
                "Dit portaal",
                "Een goede leervraag",
                "Onderwerpen en experts",
                "Wat lever je wanneer in?",
            ),
            1,
        )
    ),
    *(
        Step(f"2.3.1 prep 3, subject {number}", BOTH, "introduction", EXPLAINED + key, "heading", title)
        for number, key, title in (
            (1, "network", "Netwerkleren"),
            (2, "talent", "TalentKracht"),
            (3, "filming", "Filmen in je les"),
            (3, "feedback", "Feedback geven"),
            (4, "portal", "Dit portaal"),
            (5, "question", "Een goede leervraag"),
            (5, "goal", "Een leerdoel dat je ziet"),
        )
    ),
    Step("2.3.1 prep 3, subject 6", (DEELNEMER,), "introduction", f"{GROUP} meetings:wishes", "heading", "Onderwerp"),
    # 2.3.1, as it goes.
    *_room("2.3.1 step 1", "introduction start", ("heading", "IJsbreker"), ("heading", "IJsbreker")),
    *_room("2.3.1 step 2", "introduction learning", ("button", "Volgende dia"), ("link", "Kijk mee met de dia’s")),
    Step("2.3.1 step 2", (DEELNEMER,), "introduction learning", f"{NOW} method:slides", "heading", "TalentKracht"),
    Step("2.3.1 step 2", BOTH, "introduction", f"{EXPLAINED}network", "link", "Animatie “TalentKrachtig Netwerkleren”"),
    Step("2.3.1 step 2", BOTH, "introduction", f"{EXPLAINED}talent", "link", "Animatie van Curious Minds"),
    *_room("2.3.1 step 3", "introduction break", ("heading", "Pauze"), ("heading", "Pauze")),
    *_room("2.3.1 step 4", "introduction video", ("link", "Oefen met filmen"), ("link", "Oefenfragment")),
    Step("2.3.1 step 4, place", BOTH, "introduction video", "video_feedback:overview", "link", "Plaats een fragment"),
    Step(
        "2.3.1 step 4, goal", (DEELNEMER,), "introduction video", GROUP, "textbox", "Wat wil je leren in dit traject?"
    ),
    Step(
        "2.3.1 step 4, Startvragen",
        (DEELNEMER,),
        "introduction video",
        f"{NOW} meetings:inventory",
        "textbox",
        "Waar loop je",
    ),
    Step("2.3.1 step 4, consent", BOTH, "introduction video", f"{EXPLAINED}filming", "heading", "Mag het?"),
    *_room(
        "2.3.1 step 5",
        "introduction preparation",
        ("link", "Lees samen de Startvragen"),
        ("link", "Vul de Startvragen in"),
    ),
    Step("2.3.1 step 5, each other", (COACH,), "introduction start", LEIDEN, "textbox", "Nieuwe afspraak"),
    Step("2.3.1 step 5, each other", (DEELNEMER,), "introduction start", GROUP, "heading", "Zo werken wij"),
    *_room(
        "2.3.1 step 5, dates",
        "introduction closing",
        ("button", "Leg vast en nodig uit"),
        ("heading", "Wanneer zien jullie elkaar weer?"),
    ),
    Step(
        "2.3.1 step 5, deadlines",
        (COACH,),
        "network",
        "meetings:detail meetings:edit",
        "textbox",
        "Leervragen inleveren",
    ),
    *_room(
        "2.3.1 step 6",
        "introduction closing",
        ("textbox", "Met welke vragen zitten jullie nog?"),
        ("link", "Schrijf op wat de groep zegt"),
    ),
    # 2.3.2, a netwerkbijeenkomst: preparation.
    Step("2.3.2 prep, expert", (COACH,), "network", "meetings:detail meetings:invite_expert", "heading", "De expert"),
    Step(
        "2.3.2 prep, mail",
        (COACH,),
        "network",
        ASKED,
        "button",
        "Stuur nu naar de expert",
    ),
    Step("2.3.2 prep, materials", (COACH,), "network", CHECKLIST, "button", "Stroken met leervragen geprint"),
    Step("2.3.2 prep, leervragen", (DEELNEMER,), "network", ASKED, "button", "Lever in"),
    Step("2.3.2 prep, fragments", BOTH, "network", "video_feedback:overview", "heading", "Met jou gedeeld"),
    Step("2.3.2 prep, talentmomenten", BOTH, "network", "", "textbox", "Wat zag je?"),
    # 2.3.2, as it goes.
    *_room("2.3.2 step 1", "network start", ("heading", "IJsbreker"), ("heading", "IJsbreker")),
    *_room("2.3.2 step 2", "network talent", ("heading", "Wat zagen jullie?"), ("heading", "Wat zagen jullie?")),
    *_room(
        "2.3.2 step 3", "network pitch", ("heading", "De vragen bij de pitch"), ("link", "Luister mee met de vragen")
    ),
    *_room("2.3.2 step 4", "network meetlat", ("link", "Open de meetlat"), ("link", "Open de meetlat")),
    *_room("2.3.2 step 5", "network answering", ("heading", "Op het Scherm"), ("link", "Open de meetlat")),
    *_room(
        "2.3.2 step 6",
        "network evaluation",
        ("textbox", "Hoe was het om feedback te geven?"),
        ("link", "Schrijf op wat de groep zegt"),
    ),
    Step(
        "2.3.2 step 6",
        (DEELNEMER,),
        "network evaluation",
        f"{NOW} meetings:evaluation",
        "textbox",
        "Hoe ging het filmen, en hoe werkte het portaal?",
    ),
    *_room(
        "2.3.2 step 7",
        "network closing",
        ("textbox", "Wat gaat de volgende keer anders?"),
        ("heading", "Wanneer zien jullie elkaar weer?"),
    ),
    Step("2.3.2 step 7, afspraken", (COACH,), "network closing", LEIDEN, "textbox", "Wat spreken jullie af?"),
    # 2.3.3, the afsluiting.
    Step(
        "2.3.3 prep, protocol",
        (COACH,),
        "closing",
        f"{CHECKLIST} reports:interviews",
        "heading",
        "Wat doen jullie in de bijeenkomst?",
    ),
    Step("2.3.3 prep, paper", (COACH,), "closing", CHECKLIST, "button", "Papier en pennen klaar voor de lijnen"),
    *_room("2.3.3 step 1", "closing start", ("heading", "IJsbreker"), ("heading", "IJsbreker")),
    *_room("2.3.3 step 2", "closing talent", ("heading", "Wat zagen jullie?"), ("heading", "Wat zagen jullie?")),
    *_room(
        "2.3.3 step 3",
        "closing video",
        ("heading", "Videovoorbeelden en collegiale feedback"),
        ("heading", "Videovoorbeelden en collegiale feedback"),
    ),
    *_room("2.3.3 step 4", "closing stories", ("heading", "Wie interviewt wie?"), ("heading", "Wie interviewt wie?")),
    *_room("2.3.3 step 5", "closing break", ("heading", "Pauze"), ("heading", "Pauze")),
    *_room("2.3.3 step 6", "closing graph", ("link", "De lijnen van de groep"), ("link", "Teken mijn lijn")),
    *_room(
        "2.3.3 step 7",
        "closing closing",
        ("textbox", "Hoe gaan we verder?"),
        ("link", "Schrijf op wat de groep zegt"),
    ),
    # 2.4, between the meetings.
    Step("2.4.1", (COACH,), "network", f"{GROUP_OF_COACH} groups:pairs", "heading", "Wie filmen elkaar?"),
    Step("2.4.1", (DEELNEMER,), "network", f"{GROUP} groups:pairs", "heading", "Wie filmen elkaar?"),
    Step(
        "2.4.1",
        (DEELNEMER,),
        "network",
        f"{FILMS} video_feedback:detail",
        "heading",
        "Drie tellen wachten",
    ),
    Step("2.4.2", (DEELNEMER,), "network held", "meetings:detail leervragen:team", "heading", "Deel met je team"),
    # Annex 1: the three agendas.
    *(
        Step("annex 1", BOTH, kind, "meetings:detail", "heading", "Agenda")
        for kind in ("introduction", "network", "closing")
    ),
    Step("annex 1", (COACH,), "network", "meetings:detail meetings:agenda", "heading", "Agenda"),
    # Annex 2: talentmomenten and TalentKracht.
    Step("annex 2, triangle", BOTH, "network", f"{EXPLAINED}talent", "img", "Een driehoek met op de hoeken het kind"),
    Step("annex 2, signs", BOTH, "network", f"{EXPLAINED}moments", "img", "Zes kaartjes: enthousiast"),
    Step("annex 2, principles", BOTH, "network", f"{EXPLAINED}space", "heading", "Ruimte, structuur en steun"),
    Step("annex 2, principle 1", BOTH, "network", f"{EXPLAINED}space", "heading", "Ruimte"),
    Step("annex 2, principle 2", BOTH, "network", f"{EXPLAINED}space", "heading", "Structuur"),
    Step("annex 2, principle 3", BOTH, "network", f"{EXPLAINED}space", "heading", "Steun die meebeweegt"),
    Step("annex 2, noting", BOTH, "network", "video_feedback:talentmomenten", "button", "Bewaar talentmoment"),
    # Annex 3: the meetlat.
    *(
        Step(f"annex 3, step {number}", BOTH, "network meetlat", f"{NOW} leervragen:meetlat", "link", title)
        for number, title in enumerate(("Leggen", "Controleren", "Beantwoorden", "Afronden", "Terugkijken"), 1)
    ),
    Step("annex 3, parkeerplaats", BOTH, "network meetlat", f"{NOW} leervragen:meetlat", "heading", "Parkeerplaats"),
    Step("annex 3, explained", BOTH, "network", f"{EXPLAINED}ruler", "img", "Een houten meetlat van 1 tot 10"),
    # Annex 4: filming in pairs.
    Step(
        "annex 4, before",
        (DEELNEMER,),
        "network",
        f"{GROUP} groups:add_lesson_goal",
        "textbox",
        "Wat ga jij doen dat je maatje kan zien?",
    ),
    Step(
        "annex 4, during",
        (DEELNEMER,),
        "network",
        f"{FILMS} video_feedback:observer_notes",
        "textbox",
        "Wat zie je?",
    ),
    Step(
        "annex 4, after",
        (DEELNEMER,),
        "network",
        f"{FILMS} video_feedback:add_clip",
        "button",
        "Verder naar",
    ),
    Step("annex 4, three to one", BOTH, "network", f"{EXPLAINED}feedback", "heading", "Drie op één"),
    # Annex 5: the interview, in the words of the portal.
    Step("annex 5", (COACH,), "closing", f"{CHECKLIST} reports:interviews", "textbox", "Het thema in jullie woorden"),
    Step("annex 5, A", (DEELNEMER,), "closing stories", f"{NOW} reports:interview=A", "heading", "Wat was waardevol?"),
    *(
        Step(
            f"annex 5, B{number}",
            (DEELNEMER,),
            "closing stories",
            f"{NOW} reports:interview=A reports:interview=B{number}",
            "heading",
            title,
        )
        for number, title in enumerate(
            (
                "Hoe was het?",
                "Wat had je eraan?",
                "Wat doe je anders?",
                "Wat zie je ervan?",
                "Wat weet je nu?",
                "Hoe verder?",
            ),
            1,
        )
    ),
    Step(
        "annex 5, told",
        (DEELNEMER,),
        "closing",
        "reports:overview reports:my_story",
        "textbox",
        "Wat het netwerk mij bracht",
    ),
    # Annex 6: the line.
    Step(
        "annex 4, nagesprek",
        (DEELNEMER,),
        "network",
        f"{FILMS} video_feedback:film_cycles video_feedback:film_cycle",
        "heading",
        "Nagesprek",
    ),
    Step("annex 6", (DEELNEMER,), "closing", "reports:overview reports:my_line", "button", "Bewaar mijn lijn"),
    Step("annex 6, in words", (DEELNEMER,), "closing", "reports:overview reports:my_line", "textbox", "Waarom hier?"),
    Step(
        "annex 6, moments", (COACH,), "closing", "roof:groups roof:group reports:harvest", "link", "Bekijk de momenten"
    ),
    *(
        Step(f"annex 3, {what} on paper", (COACH,), "network", PAPERS_OF_MEETING, "button", f"Alleen dit: {title}")
        for what, title in (("cards", "Kaarten 1 tot en met 10"), ("strips", "Stroken"), ("P", "P op A3"))
    ),
    # Paper: each on its own button, and together in the Printpakket.
    *(
        Step(where, (COACH,), "closing", PAPERS, "button", f"Alleen dit: {title}")
        for where, title in (
            ("2.3.3 prep, protocol on paper", "Interview"),
            ("annex 2, activeringskaart", "Activeringskaart"),
            ("annex 4, goal on paper", "Leerdoel en observatie"),
            ("annex 6, empty form", "Leeg lijnformulier"),
        )
    ),
]

MISSING = {
    "2.3.3 step 3, looking back on the film work": "the afsluiting asks nothing about it at its own onderdeel",
}
"""What the portal has not yet, by name."""
