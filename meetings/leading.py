"""What "Bijeenkomst leiden" says: who did what last, the way on in words; and how a tool knows that it is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.forms import BaseForm
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netwerkleren.base.access import Actor

from .models import AgendaItem, LastAct, Meeting

F = TypeVar("F", bound=BaseForm)

TOLD_FOR = timedelta(minutes=3)
"""How long it is said who did what: after that everybody has seen it."""

WAYS = {
    AgendaItem.Kind.START: gettext_lazy("Naar de start"),
    AgendaItem.Kind.LEARNING: gettext_lazy("Naar het netwerkleren"),
    AgendaItem.Kind.TALENT: gettext_lazy("Naar de talentmomenten"),
    AgendaItem.Kind.PITCH: gettext_lazy("Naar de pitch van de expert"),
    AgendaItem.Kind.BREAK: gettext_lazy("Naar de pauze"),
    AgendaItem.Kind.MEETLAT: gettext_lazy("Naar de meetlat"),
    AgendaItem.Kind.ANSWERING: gettext_lazy("Naar het beantwoorden"),
    AgendaItem.Kind.VIDEO: gettext_lazy("Naar de videovoorbeelden"),
    AgendaItem.Kind.PREPARATION: gettext_lazy("Naar de voorbereiding"),
    AgendaItem.Kind.EVALUATION: gettext_lazy("Naar de evaluatie"),
    AgendaItem.Kind.STORIES: gettext_lazy("Naar de verhalen"),
    AgendaItem.Kind.GRAPH: gettext_lazy("Naar de lijnen"),
    AgendaItem.Kind.CLOSING: gettext_lazy("Naar de afsluiting"),
}

PLACES_OF_THE_GROUP = {
    AgendaItem.Kind.START: gettext_lazy("De groep is bij de start"),
    AgendaItem.Kind.LEARNING: gettext_lazy("De groep is bij het netwerkleren"),
    AgendaItem.Kind.TALENT: gettext_lazy("De groep is bij de talentmomenten"),
    AgendaItem.Kind.PITCH: gettext_lazy("De groep is bij de pitch"),
    AgendaItem.Kind.BREAK: gettext_lazy("De groep heeft pauze"),
    AgendaItem.Kind.MEETLAT: gettext_lazy("De groep is bij de meetlat"),
    AgendaItem.Kind.ANSWERING: gettext_lazy("De groep beantwoordt de leervragen"),
    AgendaItem.Kind.VIDEO: gettext_lazy("De groep is bij de videovoorbeelden"),
    AgendaItem.Kind.PREPARATION: gettext_lazy("De groep is bij de voorbereiding"),
    AgendaItem.Kind.EVALUATION: gettext_lazy("De groep is bij de evaluatie"),
    AgendaItem.Kind.STORIES: gettext_lazy("De groep is bij de verhalen"),
    AgendaItem.Kind.GRAPH: gettext_lazy("De groep is bij de lijnen"),
    AgendaItem.Kind.CLOSING: gettext_lazy("De groep is bij de afsluiting"),
}


def _has_own_name(item: AgendaItem) -> bool:
    """Whoever gave an onderdeel a name of its own, reads that name."""
    return item.kind == AgendaItem.Kind.OTHER or item.title != str(AgendaItem.Kind(item.kind).label)


def way_to(item: AgendaItem) -> str:
    """ "Naar de pauze"."""
    if _has_own_name(item):
        return _("Naar “%(title)s”") % {"title": item.title}
    return str(WAYS[AgendaItem.Kind(item.kind)])


def place_of(item: AgendaItem) -> str:
    """ "De groep is bij de meetlat"."""
    if _has_own_name(item):
        return _("De groep is bij “%(title)s”") % {"title": item.title}
    return str(PLACES_OF_THE_GROUP[AgendaItem.Kind(item.kind)])


def act_of_another(meeting: Meeting, actor: Actor) -> str:
    """In words what another did last, until everybody has seen it; "" when there is nothing to tell.

    Asks nothing of a meeting that was read with its `last_act` and whose that was.
    """
    act: LastAct | None = getattr(meeting, "last_act", None)
    if act is None or act.by_id == actor.pk or timezone.now() - act.at > TOLD_FOR:
        return ""
    return act.words


@dataclass(frozen=True)
class Leading:
    """A look at Leiden: its tools may do more there than on the phones that follow."""

    refused: Sequence[BaseForm] = ()
    query: str = ""
    """What stands after the "?": of the tool that has a page of its own."""

    def refused_form(self, kind: type[F]) -> F | None:
        """The form of this kind that says no, as it was sent."""
        return next((form for form in self.refused if isinstance(form, kind)), None)

    def form(self, kind: type[F], fresh: F) -> F:
        """The form of this kind that says no; else the fresh one."""
        return self.refused_form(kind) or fresh


def lead_in(item: AgendaItem, leading: Leading) -> None:
    vars(item)["_leading"] = leading


def leading_of(item: AgendaItem) -> Leading | None:
    """None on a phone that follows."""
    found: Leading | None = vars(item).get("_leading")
    return found
