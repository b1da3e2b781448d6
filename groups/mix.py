"""How mixed a group is: heterogeneity is a condition of the method, so the group sees it (docs/domain.md#people)."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Membership, School


@dataclass(frozen=True)
class Mix:
    """The deelnemers of each school, the school with the most first, and how many have each discipline."""

    schools: list[tuple[School, list[Membership]]]
    disciplines: list[tuple[str, int]]

    @property
    def is_one_school(self) -> bool:
        return len(self.schools) == 1 and len(self.schools[0][1]) > 1


def mix_of(members: Iterable[Membership]) -> Mix:
    """Of memberships with their school. Coaches lead and do not count; an empty field is not a kind of its own."""
    by_school: dict[School, list[Membership]] = {}
    disciplines: dict[str, list[str]] = {}
    for member in members:
        if member.is_coach:
            continue
        if member.school is not None:
            by_school.setdefault(member.school, []).append(member)
        if name := " ".join(member.discipline.split()):
            disciplines.setdefault(name.casefold(), []).append(name)
    return Mix(
        schools=sorted(by_school.items(), key=lambda item: (-len(item[1]), str(item[0]))),
        disciplines=sorted(
            ((names[0], len(names)) for names in disciplines.values()), key=lambda item: (-item[1], item[0])
        ),
    )
