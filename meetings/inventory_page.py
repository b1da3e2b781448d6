"""The Startvragen read together: per question what was answered, never by whom."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from groups.models import NetworkGroup

from .models import ALWAYS, BECOMES_WISH, QUESTIONS, TO_ARRANGE, Agreement, Half, Inventory, Meeting, label_of


@dataclass(frozen=True)
class ReadQuestion:
    name: str
    label: str
    answers: list[tuple[Inventory, str]]
    """Each answer with its row, which the page shows by no name."""
    is_wish: bool


@dataclass(frozen=True)
class ToArrange:
    """Something that is "nog niet" for someone."""

    name: str
    text: str
    is_agreed: bool


@dataclass(frozen=True)
class ReadTogether:
    questions: list[ReadQuestion]
    to_arrange: list[ToArrange]
    needs: list[str]
    """In the deelnemers' own words."""


def read_together(group: NetworkGroup, open_halves: list[Half]) -> ReadTogether:
    """In three queries. A question whose half is not open yet is left out."""
    rows = list(Inventory.objects.of_group(group.pk))
    agreed = set(
        Agreement.objects.filter(meeting__group=group, meeting__kind=Meeting.Kind.INTRODUCTION).values_list(
            "text", flat=True
        )
    )
    names = [*ALWAYS, *(QUESTIONS[Half.LEARNING] if Half.LEARNING in open_halves else ())]
    if Half.FILM in open_halves:
        names.append("filming")
    not_yet = [name for name in TO_ARRANGE if any(getattr(row, name) == "not_yet" for row in rows)]
    return ReadTogether(
        questions=[_question(name, rows) for name in names],
        to_arrange=[ToArrange(name, str(TO_ARRANGE[name]), str(TO_ARRANGE[name]) in agreed) for name in not_yet],
        needs=[row.film_note for row in rows if row.film_note],
    )


def _question(name: str, rows: list[Inventory]) -> ReadQuestion:
    label = label_of(name)
    answers = [(row, getattr(row, name)) for row in rows if getattr(row, name)]
    return ReadQuestion(name, label, answers, name in BECOMES_WISH)


def title_of(half: Half) -> str:
    return _("Vragen over leren") if half == Half.LEARNING else _("Vragen over filmen")
