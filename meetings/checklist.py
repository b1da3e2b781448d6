"""The preparation of a meeting (docs/domain.md#preparation): what the portal knows, and what a person ticks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netwerkleren.base.extend import Fact

from .models import ExpertInvitation, Meeting
from .points import line_addresses, meeting_facts

BY_HAND: dict[str, dict[str, str | Promise]] = {
    Meeting.Kind.INTRODUCTION: {
        "portal": gettext_lazy("Dit portaal uitgeprobeerd: een fragment plaatsen en feedback geven"),
        "presentation": gettext_lazy("Presentatie klaar"),
        "room": gettext_lazy("Lokaal en beamer geregeld"),
        "explain-network": gettext_lazy("In de presentatie: hoe netwerkleren werkt"),
        "explain-talent": gettext_lazy("In de presentatie: TalentKracht, met volwassene, kind en taak"),
        "explain-film": gettext_lazy("In de presentatie: filmen en feedback geven"),
        "explain-portal": gettext_lazy("In de presentatie: het portaal"),
        "explain-questions": gettext_lazy("In de presentatie: hoe je een leervraag en een leerdoel schrijft"),
        "explain-topics": gettext_lazy("Besproken: onderwerpen voor de komende bijeenkomsten"),
        "explain-dates": gettext_lazy("Besproken: data en deadlines"),
    },
    Meeting.Kind.NETWORK: {
        "icebreaker": gettext_lazy("IJsbreker gekozen"),
        "clips-seen": gettext_lazy("Fragmenten bekeken"),
        "strips": gettext_lazy("Stroken met leervragen geprint"),
        "meetlat": gettext_lazy("Meetlat en P klaargelegd"),
        "room": gettext_lazy("Lokaal en beamer geregeld"),
    },
    Meeting.Kind.CLOSING: {
        "icebreaker": gettext_lazy("IJsbreker gekozen"),
        "protocol": gettext_lazy("Interviewprotocol geprint"),
        "pens": gettext_lazy("Papier en pennen klaar voor de lijnen"),
        "room": gettext_lazy("Lokaal en beamer geregeld"),
    },
}
"""Lines that a person ticks: a key that is stored, and the words."""


@dataclass(frozen=True)
class Line:
    label: str
    done: bool
    detail: str = ""
    url: str = ""
    key: str = ""
    """Of a line that a person ticks; empty for what the portal knows by itself."""


@dataclass(frozen=True)
class Checklist:
    """What is still to do first, what is done after it."""

    lines: list[Line]

    @property
    def done(self) -> int:
        return sum(line.done for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def todo_lines(self) -> list[Line]:
        return [line for line in self.lines if not line.done]

    @property
    def done_lines(self) -> list[Line]:
        return [line for line in self.lines if line.done]


def checklist_of(meeting: Meeting, invitation: ExpertInvitation | None) -> Checklist:
    """For the coach. `meeting` comes with its topic and group, `invitation` is the one that stands now."""
    facts: list[Fact] = [*_own_facts(meeting, invitation), *meeting_facts.collect(meeting)]
    ticked = set(meeting.ticks.values_list("key", flat=True))
    addresses = {key: url for given in line_addresses.collect(meeting) for key, url in given.items()}
    by_hand = [
        Line(str(label), key in ticked, url=addresses.get(key, ""), key=key)
        for key, label in BY_HAND[meeting.kind].items()
    ]
    return Checklist([Line(fact.label, fact.done, fact.detail, fact.url) for fact in facts] + by_hand)


def _own_facts(meeting: Meeting, invitation: ExpertInvitation | None) -> Sequence[Fact]:
    edit = reverse("meetings:edit", args=[meeting.pk])
    facts = [
        Fact(_("Datum en uur staan vast"), meeting.starts_at is not None, url=edit),
        Fact(_("Plaats is bekend"), bool(meeting.place or meeting.online_url), url=edit),
    ]
    if meeting.kind == Meeting.Kind.INTRODUCTION:
        facts.append(Fact(_("Thema is gekozen"), bool(meeting.group.theme)))
    if meeting.kind == Meeting.Kind.NETWORK:
        expert = reverse("meetings:invite_expert", args=[meeting.pk])
        says_no = invitation is not None and invitation.answer == ExpertInvitation.Answer.NO
        asked = invitation is not None and invitation.is_asked
        comes = invitation is not None and invitation.answer == ExpertInvitation.Answer.YES
        facts += [
            Fact(_("Onderwerp ligt vast"), meeting.topic is not None, url=edit),
            Fact(
                _("Expert is gevraagd, met uitleg over de pitch"),
                asked,
                detail=_("Kan niet. Vraag iemand anders.") if says_no else "",
                url=expert,
            ),
            Fact(_("Expert komt"), comes, url=expert),
        ]
    return facts
