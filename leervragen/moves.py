"""What was done last on a meetlat, so that everyone reads it, and who did it can put it back."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Membership
from meetings.models import Meeting

MOST_MOVES_KEPT = 60
"""Of one meetlat. The oldest go: nobody puts back what was done sixty moves ago."""


class MadeMove(NamedTuple):
    """A move, to be told of."""

    pk: int
    by_id: UUID | None
    can_undo: bool
    strip_id: UUID
    kind: str
    state: str
    number: int | None
    at_board: bool


def name_of_mover(at_board: bool, by: Membership | None, me: Membership | None) -> str:
    """As `me` reads it; of someone who left there is no name any more, and at the digibord it is anyone's hand."""
    if at_board:
        return _("Iemand aan het bord")
    if by is None:
        return _("Iemand")
    return _("Jij") if by == me else by.user.first_name


class StripMoveQuerySet(models.QuerySet["StripMove"]):
    def newest_first(self) -> "list[MadeMove]":
        """What was done, without where the strips lay."""
        columns = ("pk", "by", "can_undo", "strip", "kind", "state", "number", "at_board")
        return [MadeMove(*row) for row in self.order_by("-pk").values_list(*columns)[:MOST_MOVES_KEPT]]

    def to_put_back_by(self, member: Membership | None) -> "StripMoveQuerySet":
        """Their own, and what was laid on the digibord: that is nobody's, so who may lay puts it back."""
        return self.filter(Q(by=member, by__isnull=False) | Q(at_board=True), can_undo=True)

    def of_held_meetings(self) -> "StripMoveQuerySet":
        """Over, or their day has gone by."""
        return self.filter(meetlat__meeting__in=Meeting.objects.past().order_by())

    def trim(self) -> None:
        """Lets go of all but the last MOST_MOVES_KEPT of one meetlat."""
        kept = self.order_by("-pk").values_list("pk", flat=True)[:MOST_MOVES_KEPT]
        if len(kept) == MOST_MOVES_KEPT:
            self.filter(pk__lt=min(kept)).delete()


class StripMove(models.Model):
    """One move on the meetlat. It goes when its meeting is over, and is no history: it says what can still be put back.

    `before` and `after` hold where each strip that moved lay, as `Board.place_of` tells it. `version` is that of the
    live topic with this move: a page that shows the one before lacks nothing but this.
    """

    class Kind(models.TextChoices):
        LAID = "laid", gettext_lazy("gelegd")
        AWAY = "away", gettext_lazy("van de meetlat gehaald")
        GROUPED = "grouped", gettext_lazy("bij een andere vraag gelegd")
        APART = "apart", gettext_lazy("uit de groep gehaald")
        BACK = "back", gettext_lazy("teruggezet")

    meetlat = models.ForeignKey("leervragen.Meetlat", on_delete=models.CASCADE, related_name="moves")
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at_board = models.BooleanField(default=False, help_text="laid on the digibord, by whoever stood there")
    strip = models.ForeignKey("leervragen.Leervraag", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind)
    state = models.CharField(max_length=6, help_text="of the strip after it")
    number = models.PositiveSmallIntegerField(null=True, help_text="of the strip after it")
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    version = models.PositiveIntegerField()
    can_undo = models.BooleanField(default=True)

    objects = StripMoveQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("zet op de meetlat")
        verbose_name_plural = gettext_lazy("zetten op de meetlat")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"strip move {self.pk}"

    @property
    def touched(self) -> set[str]:
        """The keys of the strips that it is about: those that moved, and those that they lay with."""
        places = [*self.before, *self.after]
        return {key for place in places for key in (place["id"], *place["beside"])}

    @property
    def places(self) -> set[str]:
        """Where something lies otherwise since: numbers, and states off the meetlat."""
        return {str(place["number"] or place["state"]) for place in (*self.before, *self.after)}

    def still_stands(self, places: list[dict[str, Any]]) -> bool:
        """Everything that it moved still lies where it put it."""
        return [_facts(place) for place in places] == [_facts(place) for place in self.after]


def _facts(place: dict[str, Any]) -> tuple[Any, ...]:
    return place["id"], place["state"], place["number"], place["group"], place["outcome"]
