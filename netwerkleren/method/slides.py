"""The method as slides: few words on each, and a drawing. What is said beside them, the pages have."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import drawings
from .shapes import Drawing

WORDS_ON_SLIDE = 40
"""Of one slide, with its title and the words of its drawing: more is read, and then nobody listens."""
LONGEST_LINE = 18
"""Words of one line that someone typed; the rest stands in the portal."""
LONGEST_WORD = 60
"""Letters. What is longer is no word, and would push the others off the slide."""


@dataclass(frozen=True)
class Slide:
    title: str
    lines: tuple[str, ...] = ()
    drawing: Drawing | None = None

    @property
    def word_count(self) -> int:
        of_drawing = self.drawing.words if self.drawing else []
        return sum(len(text.split()) for text in (self.title, *self.lines, *of_drawing))


def shortened(text: str, most: int = LONGEST_LINE) -> str:
    """What someone typed, as far as it fits on a slide."""
    words = [word if len(word) <= LONGEST_WORD else f"{word[: LONGEST_WORD - 1]}…" for word in text.split()]
    return " ".join(words) if len(words) <= most else f"{' '.join(words[: most - 1])} …"


def spread(title: str, lines: Iterable[str], *, empty: str, most_lines: int = 6) -> Iterator[Slide]:
    """As many slides of one title as the lines ask, each with no more words and lines than are read at a glance."""
    shown: list[str] = []
    for line in map(shortened, lines):
        if shown and (len(shown) == most_lines or Slide(title, (*shown, line)).word_count > WORDS_ON_SLIDE):
            yield Slide(title, tuple(shown))
            shown = []
        shown.append(line)
    yield Slide(title, tuple(shown) or (empty,))


def slides_of(key: str) -> list[Slide]:
    """Of one subject."""
    return _SLIDES[key]()


def _network() -> list[Slide]:
    return [
        Slide(_("Netwerkleren"), (_("Leren van elkaars vragen."), _("Niemand is de baas.")), drawings.ROUND_TABLE),
        Slide(
            _("Zo gaat het"),
            (
                _("Eerst de introductie."),
                _("Dan bijeenkomsten, elk met een onderwerp en een expert."),
                _("Daartussen film je met je maatje."),
                _("Aan het eind vertel je wat het je bracht."),
            ),
        ),
        Slide(
            _("Wie doet wat?"),
            (
                _("Deelnemers brengen vragen en fragmenten mee."),
                _("De coach plant en let op de tijd."),
                _("De expert is één keer te gast."),
                _("Thuis deel je het met je team."),
            ),
        ),
    ]


def _talent() -> list[Slide]:
    return [
        Slide(_("TalentKracht"), (_("Talent ontstaat tussen drie hoeken."), _("Verander er een.")), drawings.TALENT),
    ]


def _moments() -> list[Slide]:
    return [
        Slide(_("Een talentmoment"), (_("Zie je het? Schrijf het meteen op."), _("Zonder naam.")), drawings.MOMENTS)
    ]


def _space() -> list[Slide]:
    return [
        Slide(_("Zo lok je talent uit"), (_("Stel een open vraag en tel tot drie."),), drawings.SPACE),
        Slide(
            _("Steun die meebeweegt"),
            (_("Zoek uit wat het kind al snapt."), _("Geef net genoeg hulp."), _("Werkt het? Doe een stapje terug.")),
        ),
    ]


def _question() -> list[Slide]:
    return [
        Slide(_("Een goede leervraag"), (_("Eerst waar je tegenaan loopt."), _("Dan de vraag.")), drawings.TWO_STRIPS),
        Slide(
            _("Zo wordt je vraag beter"),
            (_("Zet jezelf erin."), _("Houd hem klein."), _("Vraag niet naar ja of nee."), _("Laat weg wie het is.")),
        ),
    ]


def _goal() -> list[Slide]:
    return [Slide(_("Een leerdoel dat je ziet"), (_("Schrijf op wat jij doet."),), drawings.GOAL)]


def _filming() -> list[Slide]:
    return [
        Slide(_("Filmen in je les"), (_("Dichtbij, en met het raam in de rug."),), drawings.FILMING),
        Slide(
            _("Voor je filmt"),
            (
                _("Vraag het de ouders, via je school."),
                _("Film eerst tien tellen en luister terug."),
                _("Knip een kort stuk."),
                _("Wis daarna de opname."),
            ),
        ),
    ]


def _feedback() -> list[Slide]:
    return [
        Slide(_("Feedback: drie op één"), (_("Een afspraak, geen wet."), _("Niemand telt mee.")), drawings.FEEDBACK),
        Slide(
            _("Zo zeg je het"),
            (_("Noem wat je zag en hoorde."), _("Zeg wat het deed."), _("Maak je tip klein, voor morgen.")),
        ),
    ]


def _ruler() -> list[Slide]:
    return [
        Slide(_("De meetlat"), (_("Van makkelijk naar lastig."), _("Praat tot het klopt.")), drawings.RULER),
        Slide(
            _("Vijf stappen"),
            (_("Leggen"), _("Controleren"), _("Beantwoorden, de makkelijkste eerst"), _("Afronden"), _("Terugkijken")),
        ),
    ]


def _expert() -> list[Slide]:
    return [Slide(_("De expert"), (_("Leest jullie vragen en praat daarna gewoon mee."),), drawings.EXPERT)]


def _stories() -> list[Slide]:
    return [
        Slide(_("Verhalen"), (_("De een vraagt, de ander vertelt."),), drawings.STORIES),
        Slide(
            _("Zo vraag je door"),
            (_("Vraag naar één dag of les."), _("Wat gebeurde er precies?"), _("Wacht even. Er komt nog iets.")),
        ),
    ]


def _line() -> list[Slide]:
    return [
        Slide(_("Je lijn"), (_("Hoe vaak lukte het je?"),), drawings.RISING_LINE),
        Slide(_("Geen lijn is fout"), (_("Was je er niet? Laat een gat."), _("Het gesprek is waar het om gaat."))),
    ]


def _portal() -> list[Slide]:
    return [
        Slide(_("Dit portaal"), (_("Kijk eerst bij Vandaag."), _("Een knop per ding.")), drawings.PORTAL[0]),
        Slide(_("Je fragment"), (_("Eerst zie jij het alleen."), _("Jij kiest wie meekijkt.")), drawings.PORTAL[2]),
        Slide(
            _("Wie ziet wat?"),
            (
                _("De coach ziet dat er iets is."),
                _("De expert ziet geen film."),
                _("Je directeur ziet niets, tenzij jij het deelt."),
                _("Wissen kan altijd."),
            ),
        ),
    ]


_SLIDES = {
    "network": _network,
    "talent": _talent,
    "moments": _moments,
    "space": _space,
    "question": _question,
    "goal": _goal,
    "filming": _filming,
    "feedback": _feedback,
    "ruler": _ruler,
    "expert": _expert,
    "stories": _stories,
    "line": _line,
    "portal": _portal,
}
