"""What a change of the agenda leaves behind, so that its coach can put it back."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from groups.models import user_of
from netwerkleren.base.access import Actor
from netwerkleren.base.templatetags.ui import clock

from ..models import AgendaChange, AgendaItem, Meeting

Kind = AgendaChange.Kind
MOST_KEPT = 60


def record_change(
    *,
    actor: Actor,
    meeting: Meeting,
    kind: str,
    item: AgendaItem | None = None,
    value: str = "",
    before: Sequence[dict[str, Any]] = (),
    after: Sequence[dict[str, Any]] = (),
) -> None:
    """Within the transaction of the change itself. The oldest go: nobody puts back what was done sixty changes ago."""
    if kind == Kind.RETIMED:
        value = str(after[0]["minutes"])
    if kind == Kind.FIXED:
        value = clock(time.fromisoformat(after[0]["fixed_start"]))
    AgendaChange.objects.create(
        meeting=meeting,
        by=user_of(actor),
        kind=kind,
        title=item.title if item else "",
        value=value,
        before=list(before),
        after=list(after),
    )
    kept = meeting.agenda_changes.order_by("-pk").values_list("pk", flat=True)[:MOST_KEPT]
    if len(kept) == MOST_KEPT:
        meeting.agenda_changes.filter(pk__lt=min(kept)).delete()
