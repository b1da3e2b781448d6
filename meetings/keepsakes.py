"""What a member sees of Geef door: the card to give, and the one that was given."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.rules import membership_of
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel
from netwerkleren.base.forms import SharedTextForm, TypedTextField

from .forms import ServiceForm
from .models import Keepsake, Meeting


@dataclass(frozen=True)
class OwnCards:
    """`is_dealt`: the group takes part. Of the cards of others nothing is known, not even whether they were written."""

    is_dealt: bool
    to_give: Keepsake | None
    received: Keepsake | None


def own_cards(meeting: Meeting, actor: Actor) -> OwnCards:
    """In two queries."""
    own = membership_of(actor, meeting)
    people = ("giver__user", "receiver__user")
    mine = list(Keepsake.objects.visible_to(actor).filter(meeting=meeting).select_related(*people))
    return OwnCards(
        is_dealt=bool(mine) or meeting.keepsakes.exists(),
        to_give=next((card for card in mine if own and card.giver_id == own.pk), None),
        received=next((card for card in mine if own and card.receiver_id == own.pk), None),
    )


class KeepsakeForm(SharedTextForm, ServiceForm[Keepsake]):
    class Meta:
        model = Keepsake
        fields = ["text"]
        field_classes = {"text": TypedTextField}
        labels = {"text": _("Dit nam ik van jou mee")}
        widgets = {"text": forms.Textarea(attrs={"class": "ruled", "rows": 5})}
        error_messages = {"text": {"required": _("Schrijf eerst wat je meenam. Een paar woorden zijn genoeg.")}}

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["text"].required = True
        self.initial["version"] = self.instance.version


def keepsakes_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """At the afsluiting, from its begin on: the way to Geef door."""
    if meeting.kind != Meeting.Kind.CLOSING or not meeting.has_begun:
        return None
    cards = own_cards(meeting, actor)
    if not cards.is_dealt and meeting.group.closed_at:
        return None
    return Panel("meetings/_keepsakes.html", {"meeting": meeting, "cards": cards})
