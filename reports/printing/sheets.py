"""The sheets that there are: what each is, for whom, and whether it belongs to the Printpakket of a meeting."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting

from . import facts
from .facts import On

INTRODUCTION, NETWORK, CLOSING = Meeting.Kind.INTRODUCTION, Meeting.Kind.NETWORK, Meeting.Kind.CLOSING
EVERY_MEETING = (INTRODUCTION, NETWORK, CLOSING)


@dataclass(frozen=True)
class Sheet:
    """One kind of paper. `meetings`: at which kinds of meeting it is offered; `packed`: at which it is in the pack.

    `of_traject`: it is offered for the traject too. `for_leader`: only who leads the meeting prints it.
    """

    code: str
    title: Promise
    about: Promise
    facts: Callable[[On], dict[str, Any]]
    meetings: tuple[str, ...] = ()
    packed: tuple[str, ...] = ()
    of_traject: bool = False
    for_leader: bool = False
    needs: Callable[[On], bool] = lambda on: True
    """Whether there is anything to print."""

    @property
    def template(self) -> str:
        return f"reports/print/{self.code}.html"

    @property
    def label(self) -> str:
        return f"{self.title}: {self.about}"


PAPERS_OFFERED = (
    Sheet(
        "run_sheet",
        _("Draaiboek"),
        _("met kloktijden, spiekbriefje en ruimte voor notities"),
        facts.run_sheet,
        EVERY_MEETING,
        EVERY_MEETING,
        for_leader=True,
    ),
    Sheet("agenda", _("Agenda"), _("om uit te delen of op te hangen"), facts.agenda, EVERY_MEETING, EVERY_MEETING),
    Sheet(
        "checklist",
        _("Checklist"),
        _("wat je voorbereidt"),
        facts.checklist,
        EVERY_MEETING,
        (INTRODUCTION,),
        for_leader=True,
    ),
    Sheet(
        "attendance",
        _("Wie is er?"),
        _("de aanwezigheidslijst"),
        facts.attendance,
        EVERY_MEETING,
        EVERY_MEETING,
        for_leader=True,
    ),
    Sheet(
        "strips",
        _("Stroken"),
        _("elke leervraag op een A4"),
        facts.strips,
        (NETWORK,),
        (NETWORK,),
        needs=lambda on: bool(facts.strips(on)["strips"]),
    ),
    Sheet(
        "cards", _("Kaarten 1 tot en met 10"), _("voor de meetlat, twee op een A4"), facts.cards, (NETWORK,), (NETWORK,)
    ),
    Sheet("parking_a4", _("P op twee A4"), _("om aan elkaar te plakken"), facts.nothing_more, (NETWORK,), (NETWORK,)),
    Sheet("parking_a3", _("P op A3"), _("als je printer A3 heeft"), facts.nothing_more, (NETWORK,)),
    Sheet(
        "protocol",
        _("Interview"),
        _("de vragen, met ruimte om te schrijven"),
        facts.protocol,
        (CLOSING,),
        (CLOSING,),
        of_traject=True,
    ),
    Sheet(
        "protocol_filled",
        _("Mijn interview"),
        _("met wat er al is opgeschreven, voor jou alleen"),
        facts.protocol_filled,
        (CLOSING,),
        of_traject=True,
        needs=lambda on: facts.interview_of(on) is not None,
    ),
    Sheet(
        "line_form",
        _("Leeg lijnformulier"),
        _("met de momenten van dit traject"),
        facts.line_form,
        (CLOSING,),
        (CLOSING,),
        of_traject=True,
    ),
    Sheet(
        "goal_form",
        _("Leerdoel en observatie"),
        _("voor een gefilmde les, op één A4"),
        facts.nothing_more,
        (INTRODUCTION, NETWORK),
        (INTRODUCTION,),
        of_traject=True,
    ),
    Sheet(
        "activation_card",
        _("Activeringskaart"),
        _("zo lok je talentmomenten uit"),
        facts.nothing_more,
        (INTRODUCTION, NETWORK),
        (INTRODUCTION,),
        of_traject=True,
    ),
    Sheet(
        "working_agreements",
        _("Zo werken wij"),
        _("de afspraken van de groep"),
        facts.working_agreements,
        EVERY_MEETING,
        (INTRODUCTION,),
        of_traject=True,
    ),
    Sheet(
        "afternoon",
        _("Middag in één beeld"),
        _("het traject en de tijd op schaal, om op te hangen"),
        facts.afternoon,
        EVERY_MEETING,
        of_traject=True,
    ),
    Sheet(
        "school_leader",
        _("Voor je schoolleider"),
        _("wat het is, hoeveel uur, en wat de school regelt"),
        facts.school_leader,
        (INTRODUCTION,),
        of_traject=True,
    ),
)

BY_CODE = {sheet.code: sheet for sheet in PAPERS_OFFERED}


def sheets_for(on: On, *, leads: bool) -> list[Sheet]:
    """What this member can print, of a meeting or of the traject, in order."""
    return [
        sheet
        for sheet in PAPERS_OFFERED
        if (sheet.of_traject if on.meeting is None else on.meeting.kind in sheet.meetings)
        and (leads or not sheet.for_leader)
        and sheet.needs(on)
    ]


def pack_of(on: On, sheets: Iterable[Sheet]) -> list[str]:
    """The codes of those that are in the Printpakket of the meeting; of a traject, none."""
    return [sheet.code for sheet in sheets if on.meeting is not None and on.meeting.kind in sheet.packed]
