"""What the portal explains of the method, and where each subject comes from (docs/domain.md).

The words of a page stand in its template, `method/subject_<key>.html`: ours, and none of the playbook's sentences.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import drawings
from .shapes import Drawing

PLAYBOOK = _("Draaiboek TalentKrachtig Netwerkleren, Hanzehogeschool Groningen, april 2018")


@dataclass(frozen=True)
class Subject:
    key: str
    title: str | Promise
    lead: str | Promise
    """What one knows after reading it."""
    drawings: tuple[Drawing, ...]
    own_word: str | Promise
    """What the method itself calls it, said once beside our word."""
    source: str | Promise
    """Where in the playbook it stands."""
    literature: tuple[str | Promise, ...] = ()
    others: tuple[tuple[str | Promise, str], ...] = field(default=())
    """What others show of it, with an address that may have moved."""

    @property
    def template(self) -> str:
        return f"method/subject_{self.key}.html"


_HANZE = "https://www.hanze.nl/autisme"
_CURIOUS = "https://www.hanze.nl/curiousminds"
_TALENT = "https://www.talentenkrachtgroningen.nl"
_VEENKER = _("Veenker en anderen, Talentgerichte ontwikkeling op de basisschool, 2017")
_WETZELS = _("Wetzels, 2015")

_ALL = (
    Subject(
        "network",
        _("Netwerkleren"),
        _("Je leert van elkaars vragen, en iedereen weet iets."),
        (drawings.ROUND_TABLE,),
        _("TalentKrachtig Netwerkleren"),
        _("hoofdstuk 1.2 en 2"),
        (_("Korenhof, De Kruif en De Laat, 2013"), _("Veenhoven, 2017"), _("Geveke, 2018")),
        (
            (_("Animatie “TalentKrachtig Netwerkleren”"), _HANZE),
            (_("Presentaties bij het draaiboek"), _HANZE),
        ),
    ),
    Subject(
        "talent",
        _("TalentKracht"),
        _("Talent ontstaat tussen kind, volwassene en taak."),
        (drawings.TALENT,),
        _("talentendriehoek"),
        _("hoofdstuk 1.2 en bijlage 2"),
        (_VEENKER, _("Steenbeek en Uittenbogaart, 2009")),
        (
            (_("Animatie van Curious Minds over talent ontwikkelen"), _HANZE),
            (_("Onderzoek van Curious Minds"), _CURIOUS),
            (_("TalentenKracht Groningen"), _TALENT),
        ),
    ),
    Subject(
        "moments",
        _("Talentmomenten"),
        _("Aan zes dingen zie je dat er talent te zien is."),
        (drawings.MOMENTS,),
        _("talentmoment, of talentvol gedrag"),
        _("bijlage 2"),
        (_VEENKER,),
    ),
    Subject(
        "space",
        _("Ruimte, structuur en steun"),
        _("Met drie dingen lok je talent uit."),
        (drawings.SPACE,),
        _("ruimte, structuur en flexibele ondersteuning (scaffolding)"),
        _("bijlage 2"),
        (_WETZELS, _("Van Geert en Steenbeek, 2005"), _("Wood en Wood, 1996")),
        ((_("Activeringskaart voor leraren"), _HANZE),),
    ),
    Subject(
        "question",
        _("Een goede leervraag"),
        _("Van waar je tegenaan loopt naar een vraag die de groep verder helpt."),
        (drawings.TWO_STRIPS,),
        _("leervraag"),
        _("hoofdstuk 2.3.2 en bijlage 3"),
        (_("Korenhof, De Kruif en De Laat, 2013"),),
    ),
    Subject(
        "goal",
        _("Een leerdoel dat je ziet"),
        _("Schrijf op wat jij doet, zodat je maatje het kan zien."),
        (drawings.GOAL,),
        _("coachbaar leerdoel"),
        _("bijlage 4"),
        (_WETZELS,),
    ),
    Subject(
        "filming",
        _("Filmen in je les"),
        _("Geluid, licht, plek, toestemming en knippen."),
        (drawings.FILMING,),
        _("werken met videovoorbeelden"),
        _("hoofdstuk 2.4.1 en bijlage 4"),
        (_WETZELS, _("Van den Heijkant en anderen, 2004")),
        ((_("TalentenKracht Groningen, over filmen en coachen"), _TALENT),),
    ),
    Subject(
        "feedback",
        _("Feedback geven"),
        _("Drie keer iets goeds, één keer iets om te proberen."),
        (drawings.FEEDBACK,),
        _("collegiale feedback"),
        _("bijlage 4"),
        (_WETZELS, _("Keizer, 2018")),
    ),
    Subject(
        "ruler",
        _("De meetlat"),
        _("Leg de vragen van makkelijk naar lastig, en begin bij de makkelijkste."),
        (drawings.RULER,),
        _("meetlat en parkeerplaats"),
        _("bijlage 3"),
    ),
    Subject(
        "expert",
        _("De expert"),
        _("Iemand die veel van het onderwerp weet, en daarna gewoon meepraat."),
        (drawings.EXPERT,),
        _("expert"),
        _("hoofdstuk 2.2.3"),
    ),
    Subject(
        "stories",
        _("Verhalen"),
        _("Je vertelt aan een ander wat het netwerk je bracht."),
        (drawings.STORIES,),
        _("waardecreatieverhaal"),
        _("bijlage 5"),
        (_("De Kruif, De Laat, Simons en Van Zuylen, 2013"), _("Veenhoven, 2017")),
    ),
    Subject(
        "line",
        _("De lijn"),
        _("Je tekent hoe vaak iets je lukte, van begin tot eind."),
        (drawings.RISING_LINE,),
        _("gedragspatroongrafiek"),
        _("bijlage 6"),
        (_("Jutten, 2003"),),
    ),
    Subject(
        "portal",
        _("Dit portaal"),
        _("Vijf bladzijden, wat we bewaren en wie het ziet."),
        drawings.PORTAL,
        _("digitale leeromgeving"),
        _("hoofdstuk 2.3.1"),
    ),
)
SUBJECTS = {subject.key: subject for subject in _ALL}
SUBJECTS_IN_ADDRESS = {
    "network": "netwerkleren",
    "talent": "talentkracht",
    "moments": "talentmomenten",
    "space": "ruimte-structuur-steun",
    "question": "leervraag",
    "goal": "leerdoel",
    "filming": "filmen",
    "feedback": "feedback",
    "ruler": "meetlat",
    "expert": "expert",
    "stories": "verhalen",
    "line": "lijn",
    "portal": "portaal",
}
