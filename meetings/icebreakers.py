"""The ijsbreker on the Scherm: the coach's own, or one of ten of ours, the same one for a meeting each time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.models import LINE
from netwerkleren.base.forms import SharedTextForm

from .models import Meeting

ICEBREAKERS = (
    _("Wat deed een leerling deze week waar je om moest lachen?"),
    _("Welk geluid hoort voor jou bij je school?"),
    _("Wat heb je vandaag in je tas dat veel over je dag zegt?"),
    _("Van welke leraar van vroeger heb je nog iets in je?"),
    _("Wat lukte deze week beter dan je had gedacht?"),
    _("Wat zou je morgen doen als je een dag vrij had?"),
    _("Welk woord hoorde je deze week het vaakst op je werk?"),
    _("Wat wilde je worden toen je tien was?"),
    _("Waar in je school ben je het liefst, en waarom daar?"),
    _("Wat at je vandaag tussen de middag, en met wie?"),
)
"""Each is answered in one sentence, and asks about no pupil by name."""


def icebreaker_of(meeting: Meeting) -> str:
    return meeting.icebreaker or str(ICEBREAKERS[meeting.pk.int % len(ICEBREAKERS)])


def another_icebreaker(meeting: Meeting) -> str:
    """The one of ours after what stands there: ten presses later it is the same one again."""
    ours = [str(words) for words in ICEBREAKERS]
    now = icebreaker_of(meeting)
    place = ours.index(now) + 1 if now in ours else meeting.pk.int
    return ours[place % len(ours)]


class IcebreakerForm(SharedTextForm):
    """It may be empty: then one of ours stands there."""

    icebreaker = forms.CharField(
        label=_("Jullie ijsbreker"),
        max_length=LINE,
        required=False,
        help_text=_("Een vraag waar iedereen in één zin op antwoordt. Leeg: er staat er een van ons."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        kwargs["initial"] = {"icebreaker": meeting.icebreaker, "version": meeting.version_of_icebreaker}
        super().__init__(*args, **kwargs)

    def version_in(self, current: Meeting) -> str:
        return current.version_of_icebreaker
