"""The interview of the waardecreatieverhalen: parts, titles and minutes exactly the playbook's
(docs/domain.md#interview), the sentences our own.

Part B is about the activities that the teller named in part A. `{thema}` becomes the traject's theme, or the words
that the coach chose for it. A traject may have a copy of its own, with other questions, minutes and order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.models import AgendaItem, Meeting

from ..models import Protocol

SLOT_MINUTES = 20
"""What the playbook's closing meeting keeps for the stories: everyone must be heard in it, in a ring of three too."""

THEME_WORD = "{thema}"
"""Where a question names the theme."""


@dataclass(frozen=True)
class Part:
    code: str
    title: Promise
    about: Promise
    minutes: int
    question_text: Promise | str
    follow_up_texts: tuple[Promise | str, ...]

    def question(self, theme: str) -> str:
        return str(self.question_text).replace(THEME_WORD, theme)

    def follow_ups(self, theme: str) -> list[str]:
        return [str(text).replace(THEME_WORD, theme) for text in self.follow_up_texts]


PARTS = (
    Part(
        "A",
        _("Wat was waardevol?"),
        _("de momenten die er voor jou uitsprongen"),
        8,
        _("Welke momenten van dit traject waren voor jou het meest waardevol, en waarom juist die?"),
        (
            _("Denk aan bijeenkomsten, coaching, lessen, filmen met je maatje of een gesprek op school."),
            _("Kwam je er verder mee bij een leerdoel? Welk leerdoel, en hoe ging dat?"),
            _("Hielp het je met je eigen leervraag?"),
            _("Vertel over één keer. Wat gebeurde er, en waarom is dat blijven hangen?"),
            _("Met wie werkte je samen, binnen je school en daarbuiten?"),
        ),
    ),
    Part(
        "B1",
        _("Hoe was het?"),
        _("hoe het voelde om mee te doen"),
        2,
        _("Hoe was het voor jou om daaraan mee te doen?"),
        (
            _("Wat maakte het leuk, of de moeite waard?"),
            _("Waarom weet je dit nu nog?"),
            _("Voelde je je gesteund?"),
            _("Wat herkende je bij een ander? En voelde jij je gezien?"),
        ),
    ),
    Part(
        "B2",
        _("Wat had je eraan?"),
        _("materiaal, tips en inzicht"),
        2,
        _("Welk materiaal, welke tip of welk inzicht heb je eraan overgehouden?"),
        (
            _("Wat was het precies: een boek of artikel, een fragment, een werkvorm, iets uit dit portaal?"),
            _("Wat kon je ermee in je werk?"),
            _("Wat begreep je ineens beter?"),
        ),
    ),
    Part(
        "B3",
        _("Wat doe je anders?"),
        _("ruimte, structuur en ondersteuning in je werk"),
        5,
        _("Wat doe je daardoor nu anders in je werk?"),
        (
            _("Hoe geef je meer ruimte? Denk aan open vragen, aanmoedigen en even wachten."),
            _("Hoe bied je structuur? Denk aan onderzoeken in stappen of aan een heldere uitleg."),
            _("Wanneer gaf je net genoeg steun om een leerling zelf verder te laten komen?"),
            _("Welke tip of welk advies heb je uitgeprobeerd? Hoe pakte je dat aan?"),
            _("Wie uit je netwerk heb je erbij gevraagd?"),
            _("Wat veranderde er in je aanpak rond {thema}?"),
        ),
    ),
    Part(
        "B4",
        _("Wat zie je ervan?"),
        _("bij jou, je leerlingen en de school"),
        2,
        _("Wat zie je ervan terug: bij jezelf, bij je leerlingen, op school?"),
        (
            _("Waaraan merk je dat?"),
            _("Wat zouden anderen op school erover zeggen?"),
        ),
    ),
    Part(
        "B5",
        _("Wat weet je nu?"),
        _("over je werk, over jezelf, over je kijk"),
        5,
        _("Wat weet je nu over {thema} dat je eerst niet wist?"),
        (
            _("Waar kijk je anders naar dan voor het traject?"),
            _("Kijk je anders naar jezelf in je werk?"),
            _("Wat vind jij nu dat goed onderwijs hierbij nodig heeft?"),
        ),
    ),
    Part(
        "B6",
        _("Hoe verder?"),
        _("wat je nodig hebt en met wie je het deelt"),
        5,
        _("Hoe ga je hiermee door, en hoe krijgen anderen er iets aan?"),
        (
            _("Wil je verder met netwerkleren? In welke vorm?"),
            _("Waar zou je je dan op richten?"),
            _("Wat heb je nodig om te blijven doen wat je leerde?"),
            _("Hoe vertel je het verder in je team, en daarbuiten?"),
        ),
    ),
)

PARTS_BY_CODE = {part.code: part for part in PARTS}


@dataclass(frozen=True)
class InterviewPlan:
    """When the parts are done. Every part may be done at some time; the coach chooses which fit in the meeting."""

    now: tuple[Part, ...]
    before: tuple[Part, ...]
    later: tuple[Part, ...]
    slot: int
    turns: int
    """How many interviews are held one after another: two in a pair, three in a ring of three."""

    @property
    def room(self) -> int:
        """The minutes that there are for one teller."""
        return self.slot // self.turns

    @property
    def minutes(self) -> int:
        """What one teller needs in the meeting."""
        return sum(part.minutes for part in self.now)

    @property
    def both_minutes(self) -> int:
        return 2 * self.minutes

    @property
    def all_minutes(self) -> int:
        """Until everyone is heard."""
        return self.turns * self.minutes

    @property
    def fits(self) -> bool:
        return self.minutes <= self.room

    @property
    def in_order(self) -> tuple[Part, ...]:
        return (*self.before, *self.now, *self.later)


def plan(
    chosen: Iterable[str],
    *,
    part_a_before: bool,
    slot: int = SLOT_MINUTES,
    turns: int = 2,
    parts: Sequence[Part] = PARTS,
) -> InterviewPlan:
    """The plan of a group. Nothing chosen means the whole interview, which does not fit: 29 minutes a teller."""
    chosen = set(chosen) or set(PARTS_BY_CODE)
    before = {"A"} if part_a_before else set()
    return InterviewPlan(
        now=tuple(part for part in parts if part.code in chosen - before),
        before=tuple(part for part in parts if part.code in before),
        later=tuple(part for part in parts if part.code not in chosen | before),
        slot=slot,
        turns=turns,
    )


def plan_of(chosen: Protocol | None, *, slot: int = SLOT_MINUTES, turns: int = 2) -> InterviewPlan:
    """What the coach chose; until then what fits."""
    parts = parts_of(chosen)
    if chosen is None or not chosen.parts:
        return plan_that_fits(slot=slot, turns=turns, parts=parts)
    return plan(chosen.parts, part_a_before=chosen.part_a_before, slot=slot, turns=turns, parts=parts)


def plan_that_fits(*, slot: int, turns: int, parts: Sequence[Part] = PARTS) -> InterviewPlan:
    """Part A and of B what goes in the time of one teller, in order; where A does not go in, it is done before."""
    room = slot // turns
    part_a, *others = parts
    part_a_before = part_a.minutes > room
    chosen, taken = [part_a.code], 0 if part_a_before else part_a.minutes
    for part in others:
        if taken + part.minutes <= room:
            chosen.append(part.code)
            taken += part.minutes
    return plan(chosen, part_a_before=part_a_before, slot=slot, turns=turns, parts=parts)


def parts_of(chosen: Protocol | None) -> tuple[Part, ...]:
    """The parts as this traject has them: the coach's copy, in its order, or the standard."""
    return tuple(_as_written(row) for row in chosen.script) if chosen and chosen.script else PARTS


def _as_written(row: Mapping[str, Any]) -> Part:
    return replace(
        PARTS_BY_CODE[row["code"]],
        minutes=row["minutes"],
        question_text=row["question"],
        follow_up_texts=tuple(row["follow_ups"]),
    )


def slot_of(group_id: UUID) -> int:
    """The minutes for the stories on the agenda of the group's afsluiting; the playbook's while there is none."""
    stories = AgendaItem.objects.filter(
        meeting__group=group_id, meeting__kind=Meeting.Kind.CLOSING, kind=AgendaItem.Kind.STORIES
    )
    return stories.aggregate(minutes=Sum("minutes"))["minutes"] or SLOT_MINUTES
