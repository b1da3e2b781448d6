"""Deel met je team: what of a meeting a member may take along, and the text that we propose of it.

No name stands in it, by what it is made of: one's own questions and their answers, and what whose it is marked "mag
naar buiten". A text may name someone all the same, so the page says which names it holds.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from groups.models import Membership
from meetings.models import PAGE, SENTENCES, Agreement, Meeting, TeamText
from netwerkleren.base.access import Actor
from netwerkleren.base.permissions import has_perm

from .models import Leervraag

MOST_LISTED = 6
"""Answers of others, and afspraken, in what we propose: it stands on one A4, with room for what one adds."""


@dataclass(frozen=True)
class Markable:
    """An answer or an afspraak that the reader may mark; `about` is the question."""

    row: Leervraag | Agreement
    about: str
    text: str
    is_outside: bool

    @property
    def mark_view(self) -> str:
        """The route of its tick."""
        return "leervragen:mark_answer" if isinstance(self.row, Leervraag) else "leervragen:mark_agreement"


@dataclass(frozen=True)
class TeamPage:
    meeting: Meeting
    member: Membership
    leervragen: list[Leervraag]
    agreements: list[Agreement]

    @classmethod
    def of(cls, meeting: Meeting, member: Membership) -> "TeamPage":
        leervragen = meeting.leervragen.current().select_related("author", "outside_mark").order_by("created", "pk")
        agreements = meeting.agreements.select_related("owner", "outside_mark").order_by("created")
        return cls(meeting, member, list(leervragen), list(agreements))

    @property
    def proposal(self) -> TeamText:
        """What nobody changed yet; not saved."""
        own = [one for one in self.leervragen if one.author_id == self.member.pk]
        return TeamText(
            meeting=self.meeting,
            member=self.member,
            page=self._page(own)[:PAGE],
            sentences=self._three(own)[:SENTENCES],
        )

    def _page(self, own: list[Leervraag]) -> str:
        others = [one.answer for one in self.leervragen if one not in own and one.answer.strip() and _is_outside(one)]
        agreed = [one.text for one in self.agreements if _is_outside(one)]
        parts = [_("Waar het over ging: %(topic)s.") % {"topic": self.meeting.title}]
        for one in own:
            parts.append(_("Mijn vraag: %(question)s") % {"question": one.text})
            if one.answer.strip():
                parts.append(_("Wat we vonden: %(answer)s") % {"answer": one.answer.strip()})
        heard = [_first_sentence(answer) for answer in others]
        parts += _list(_("Wat ik nog meer meeneem:"), heard) + _list(_("Wat we afspraken:"), agreed)
        parts.append(_("Wat ik hiermee in mijn werk ga doen: …"))
        return "\n\n".join(parts)

    def _three(self, own: list[Leervraag]) -> str:
        told = [_("We praatten over “%(topic)s”.") % {"topic": self.meeting.title}]
        if own:
            told.append(_("Mijn vraag was: %(question)s") % {"question": own[0].text})
            if answer := own[0].answer.strip():
                told.append(_("Wat ik meeneem: %(answer)s") % {"answer": _first_sentence(answer)})
        return " ".join(told)

    def markable_by(self, actor: Actor) -> list[Markable]:
        answers = [
            Markable(one, one.text, one.answer, _is_outside(one))
            for one in self.leervragen
            if one.answer.strip() and has_perm("leervragen.mark_answer", actor, one)
        ]
        agreed = [
            Markable(one, "", one.text, _is_outside(one))
            for one in self.agreements
            if has_perm("leervragen.mark_agreement", actor, one)
        ]
        return answers + agreed


def _is_outside(row: Leervraag | Agreement) -> bool:
    return getattr(row, "outside_mark", None) is not None


def _list(title: str, texts: list[str]) -> list[str]:
    lines = "\n".join(f"- {' '.join(text.split())}" for text in texts[:MOST_LISTED])
    return [f"{title}\n{lines}"] if texts else []


def _first_sentence(text: str) -> str:
    found = re.match(r".+?[.!?](?=\s|$)", " ".join(text.split()))
    return found.group() if found else " ".join(text.split())


def names_in(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """Which of these first names stand in the texts, as a word."""
    words = set(re.findall(r"\w+", "\n".join(texts)))
    return sorted({name for name in names if name in words})


def first_names(meeting: Meeting) -> list[str]:
    """Of all who are or were in the group."""
    names = meeting.group.memberships.values_list("user__name", flat=True)
    return sorted({name.split()[0] for name in names if name.split()})
