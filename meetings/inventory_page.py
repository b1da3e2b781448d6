"""The Startvragen read together: per question what was answered, never by whom."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup
from groups.rules import membership_of
from netwerkleren.base.access import Actor

from .models import (
    ALWAYS,
    BECOMES_WISH,
    QUESTIONS,
    TO_ARRANGE,
    Agreement,
    Half,
    Inventory,
    InventoryOpening,
    Meeting,
    label_of,
)


@dataclass(frozen=True)
class ReadQuestion:
    name: str
    label: str
    answers: list[tuple[Inventory | None, str]]
    """Each answer with its row, which the page shows by no name; what was written on joining has none."""
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
    """In the deelnemers' own words; what two of them need stands there once."""
    people: list[Membership]
    """Who can arrange something: everyone in the group, in the order of joining."""


def read_together(group: NetworkGroup, open_halves: list[Half]) -> ReadTogether:
    """In two queries. A question whose half is not open yet is left out.

    Answers stand in an order that says nothing of whose they are, which is not that of the names.
    """
    people = list(Membership.objects.current().filter(group=group).select_related("user", "inventory"))
    people.sort(key=lambda member: (member.joined, member.pk))
    writers = sorted((member for member in people if not member.is_coach), key=lambda member: member.pk)
    rows = [member.inventory for member in writers if hasattr(member, "inventory")]
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
        questions=[_question(name, rows, writers) for name in names],
        to_arrange=[ToArrange(name, str(TO_ARRANGE[name]), str(TO_ARRANGE[name]) in agreed) for name in not_yet],
        needs=list({row.film_note.casefold(): row.film_note for row in rows if row.film_note}.values()),
        people=people,
    )


def _question(name: str, rows: list[Inventory], writers: list[Membership]) -> ReadQuestion:
    answers: list[tuple[Inventory | None, str]] = [(row, getattr(row, name)) for row in rows if getattr(row, name)]
    if name in ALWAYS:
        # On joining the same was asked, for one sentence.
        written = {text for _row, text in answers}
        thoughts = dict.fromkeys(member.first_thought for member in writers if member.first_thought)
        answers += [(None, thought) for thought in thoughts if thought not in written]
    return ReadQuestion(name, label_of(name), answers, name in BECOMES_WISH)


def asks_now(actor: Actor, group: NetworkGroup) -> bool:
    """Whether the Startvragen are what a deelnemer does next: open, and nothing answered. Two queries at most."""
    own = membership_of(actor, group)
    if own is None or own.is_coach or group.closed_at is not None:
        return False
    return Inventory.objects.has_unanswered(own, InventoryOpening.objects.open_halves(group))


def title_of(half: Half) -> str:
    return _("Vragen over leren") if half == Half.LEARNING else _("Vragen over filmen")
