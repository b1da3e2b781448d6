"""The three standard agendas: order and minutes exactly the playbook's (docs/domain.md#agendas), the words our own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import AgendaItem, Meeting

Kind = AgendaItem.Kind


@dataclass(frozen=True)
class StandardItem:
    """An onderdeel as the playbook gives it: `means` is middelen, `purpose` is doel/verloop."""

    kind: str
    title: str | Promise
    minutes: int
    means: str | Promise = ""
    purpose: str | Promise = ""


INTRODUCTION = (
    StandardItem(
        Kind.START,
        _("Start"),
        30,
        _("Kies zelf een werkvorm"),
        _("Jullie maken kennis met elkaar en zien wat er vandaag gaat gebeuren."),
    ),
    StandardItem(
        Kind.LEARNING,
        _("Netwerkleren"),
        30,
        _("Presentatie en filmpjes, voorbeelden van leervragen en leerdoelen"),
        _("Jullie zien hoe netwerkleren werkt, wat TalentKracht is en hoe je een leervraag en een leerdoel maakt."),
    ),
    StandardItem(Kind.BREAK, _("Pauze"), 10),
    StandardItem(
        Kind.VIDEO,
        _("Videovoorbeelden en collegiale feedback"),
        30,
        _("Presentatie en dit portaal"),
        _("Iedereen weet hoe je filmt, een fragment plaatst en feedback geeft. Wat nog ontbreekt, regelen jullie nu."),
    ),
    StandardItem(
        Kind.PREPARATION,
        _("Voorbereiding volgende bijeenkomst"),
        20,
        _("Startvragen"),
        _("Jullie eerste leervragen en leerdoelen, en de onderwerpen voor de komende bijeenkomsten."),
    ),
    StandardItem(
        Kind.CLOSING,
        _("Afsluiting"),
        20,
        "",
        _("Jullie leggen afspraken, data en deadlines vast."),
    ),
)

NETWORK = (
    StandardItem(
        Kind.START,
        _("Start"),
        15,
        _("Kies zelf een ijsbreker"),
        _("Welkom, op gang komen, en zien hoe de middag loopt."),
    ),
    StandardItem(
        Kind.TALENT,
        _("Talentmomenten"),
        15,
        _("Dit portaal"),
        _("Vertel elkaar welke talentmomenten je zag, als het kan met een stukje film erbij."),
    ),
    StandardItem(
        Kind.PITCH,
        _("Pitch van de expert"),
        15,
        _("De pitch"),
        _("Meer weten over het onderwerp van vandaag."),
    ),
    StandardItem(Kind.BREAK, _("Pauze"), 10),
    StandardItem(
        Kind.MEETLAT,
        _("Leervragen langs de meetlat"),
        10,
        _("Leervragen, meetlat en parkeerplaats"),
        _("Leg de leervragen van minst naar meest complex."),
    ),
    StandardItem(
        Kind.ANSWERING,
        _("Leervragen beantwoorden"),
        45,
        "",
        _("Deel wat je weet en vind samen antwoorden. Begin met de minst complexe vraag."),
    ),
    StandardItem(Kind.BREAK, _("Pauze"), 5),
    StandardItem(
        Kind.EVALUATION,
        _("Evaluatie video, feedback en leeromgeving"),
        15,
        _("Dit portaal"),
        _("Hoe gaat het filmen, de feedback en het portaal? Wat zat tegen, en wat helpt?"),
    ),
    StandardItem(
        Kind.CLOSING,
        _("Afsluiting"),
        10,
        "",
        _("Afspraken en deadlines, en wat jullie de volgende keer anders doen."),
    ),
)

CLOSING = (
    StandardItem(
        Kind.START,
        _("Start"),
        10,
        _("Kies zelf een ijsbreker"),
        _("Welkom, op gang komen, en zien hoe de middag loopt."),
    ),
    StandardItem(
        Kind.TALENT,
        _("Talentmomenten"),
        15,
        _("Dit portaal"),
        _("Vertel elkaar welke talentmomenten je zag, als het kan met een stukje film erbij."),
    ),
    StandardItem(
        Kind.VIDEO,
        _("Videovoorbeelden en collegiale feedback"),
        10,
        _("Dit portaal"),
        _("Hoe ging het filmen en het feedback geven, en wat viel op?"),
    ),
    StandardItem(
        Kind.STORIES,
        _("Waardecreatieverhalen"),
        20,
        _("Interview: kies vooraf welke delen jullie doen"),
        _("Interview elkaar: wat leverde het netwerk je op?"),
    ),
    StandardItem(Kind.BREAK, _("Pauze"), 15),
    StandardItem(
        Kind.GRAPH,
        _("Gedragspatroongrafiek"),
        15,
        _("Papier en pennen, of dit portaal"),
        _("Teken je lijn van succeservaringen en praat erover."),
    ),
    StandardItem(
        Kind.CLOSING,
        _("Afsluiting"),
        20,
        "",
        _("Hoe gaan jullie verder, en wat kan een volgende keer beter?"),
    ),
)

STANDARD: dict[str, tuple[StandardItem, ...]] = {
    Meeting.Kind.INTRODUCTION: INTRODUCTION,
    Meeting.Kind.NETWORK: NETWORK,
    Meeting.Kind.CLOSING: CLOSING,
}


def standard_agenda(meeting: Meeting) -> list[AgendaItem]:
    """The onderdelen of the meeting's kind, in order from 1, not saved yet."""
    return [
        AgendaItem(
            meeting=meeting,
            position=position,
            kind=item.kind,
            title=str(item.title),
            minutes=item.minutes,
            means=str(item.means),
            purpose=str(item.purpose),
        )
        for position, item in enumerate(STANDARD[meeting.kind], start=1)
    ]


def is_fixed_part(meeting: Meeting, item: AgendaItem) -> bool:
    """Whether the method has this onderdeel in the meeting: introductie and afsluiting are fairly fixed, a
    netwerkbijeenkomst is free, and a pause or one of the coach's own is nobody's.
    """
    parts = {part.kind for part in STANDARD[meeting.kind]} - {Kind.BREAK}
    return meeting.kind != Meeting.Kind.NETWORK and item.kind in parts


def missing_parts(meeting: Meeting, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The fixed onderdelen that are no longer on the agenda, in the order of the method, not saved yet."""
    present = {item.kind for item in items}
    parts = standard_agenda(meeting)
    return [part for part in parts if is_fixed_part(meeting, part) and part.kind not in present]


def standard_part(meeting: Meeting, kind: str) -> StandardItem | None:
    """What the method says of a kind of onderdeel: first in this kind of meeting, else in another."""
    own = STANDARD[meeting.kind]
    others = [part for parts in STANDARD.values() for part in parts]
    return next((part for part in (*own, *others) if part.kind == kind), None)


def minutes_of(kind: str) -> int:
    """How long the standard agenda of this kind takes."""
    return sum(item.minutes for item in STANDARD[kind])
