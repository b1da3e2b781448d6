"""What came from paper, on the page of its meeting; and the way there."""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from groups.rules import is_coach_of, is_participant_of
from meetings.models import BoardPhoto, FilledIn, Meeting
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.extend import Panel

from .models import Leervraag

BECAME: dict[str, Any] = {
    Leervraag.Outcome.ANSWERED: gettext_lazy("%(count)d beantwoord"),
    Leervraag.Outcome.PARTLY: gettext_lazy("%(count)d voor een deel beantwoord"),
    Leervraag.Outcome.MOVED: gettext_lazy("%(count)d mee naar een volgende bijeenkomst"),
    Leervraag.Outcome.PARKED: gettext_lazy("%(count)d op de Parkeerplaats"),
    Leervraag.Outcome.LET_GO: gettext_lazy("%(count)d losgelaten"),
    Leervraag.Outcome.OPEN: gettext_lazy("%(count)d nog open"),
}


def paper_entry(meeting: Meeting) -> str:
    return reverse("leervragen:afterwards", args=[meeting.pk])


def questions_became(meeting: Meeting) -> str:
    """For the expert: how many questions there were, and what became of them. Nothing where there were none."""
    ends = Counter(meeting.leervragen.current().values_list("outcome", flat=True))
    if not ends:
        return ""
    words = [BECAME[outcome] % {"count": count} for outcome, count in ends.most_common() if outcome in BECAME]
    total = ngettext("Er was %(count)d leervraag", "Er waren %(count)d leervragen", ends.total())
    return f"{total % {'count': ends.total()}}: {', '.join(words)}."


def typing_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """For the coach, once its hour has passed and nobody led it here: the way to fill it in."""
    if not meeting.has_passed or not _fills_in(meeting, actor):
        return None
    return Panel("leervragen/_typing_panel.html", {"meeting": meeting})


def paper_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """Once it ended: who filled it in, and the photo of its meetlat. Its coach adds to it."""
    if not is_user(actor) or meeting.state != Meeting.State.ENDED:
        return None
    # The page of a meeting brings along whether there is any.
    has_paper, has_photo = (vars(meeting).get(known, True) for known in ("has_paper", "has_photo"))
    names = FilledIn.objects.names_of(meeting) if has_paper else ""
    photo = BoardPhoto.objects.filter(meeting=meeting).select_related("put_by__user").first() if has_photo else None
    fills_in = _fills_in(meeting, actor)
    if not (fills_in or names or photo):
        return None
    context = {"meeting": meeting, "names": names, "photo": photo, "fills_in": fills_in}
    return Panel("leervragen/_paper_panel.html", context)


def team_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """For a deelnemer, once it ended: what to take along to the own school."""
    if meeting.state != Meeting.State.ENDED or not is_participant_of(actor, meeting):
        return None
    return Panel("leervragen/_team_panel.html", {"meeting": meeting})


def _fills_in(meeting: Meeting, actor: Actor) -> bool:
    return is_coach_of(actor, meeting) and meeting.group.closed_at is None
