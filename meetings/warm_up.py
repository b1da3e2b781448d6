"""The two lines before the talk: the form, and what the group reads together."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel
from netwerkleren.base.forms import SharedTextForm

from .forms import ServiceForm
from .leading import leading_of
from .models import AgendaItem, Evaluation, Meeting, WarmUp


class WarmUpForm(SharedTextForm, ServiceForm[WarmUp]):
    class Meta:
        model = WarmUp
        fields = ["went_well", "otherwise"]
        labels = {"went_well": _("Wat ging goed?"), "otherwise": _("Wat doen we anders?")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version


@dataclass(frozen=True)
class WarmedUp:
    """What was written, without a name and in no order that tells who."""

    went_well: list[str]
    otherwise: list[str]


def read_together(meeting: Meeting) -> WarmedUp:
    """In one query."""
    written = meeting.warm_ups.order_by().values_list("went_well", "otherwise")
    return WarmedUp(sorted(one for one, _other in written if one), sorted(other for _one, other in written if other))


def asks_first(meeting: Meeting) -> bool:
    return Evaluation.objects.filter(meeting=meeting, asks_first=True).exists()


def warm_up_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """On the phones while the group looks back, once it is asked for. Leiden has it with the talk."""
    if leading_of(item) is not None:
        return None
    if item.kind not in (AgendaItem.Kind.EVALUATION, AgendaItem.Kind.CLOSING) or not asks_first(item.meeting):
        return None
    return Panel("meetings/_warm_up_tool.html", {"meeting": item.meeting})
