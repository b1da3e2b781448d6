"""The filmopdracht of a round: written in the room for the meeting after it, and read until that one is over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.models import User
from netwerkleren.base.forms import SharedTextForm

from .models import Meeting, meetings_of


class FilmTaskForm(SharedTextForm):
    """It may be empty: a round without a filmopdracht is as good."""

    film_task = forms.CharField(
        label=_("Voor de volgende keer filmen we …"),
        max_length=500,
        required=False,
        help_text=_("Zoals: een moment waarop je wacht met helpen. Laat het leeg als iedereen zelf kiest."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        kwargs["initial"] = {"film_task": meeting.film_task, "version": meeting.version_of_film_task}
        super().__init__(*args, **kwargs)

    def version_in(self, current: Meeting) -> str:
        return current.version_of_film_task


def film_tasks_of(user: User) -> list[Meeting]:
    """Of each group of a person the meeting that the filmopdracht of now was agreed in, where there is one.

    It is that of the last meeting that was, or is on, as long as another follows.
    """
    before: dict[Any, Meeting] = {}
    is_followed = set()
    for meeting in sorted(meetings_of(user), key=lambda meeting: meeting.position):
        if meeting.is_planned and meeting.is_to_come:
            is_followed.add(meeting.group_id)
        elif meeting.group_id not in is_followed:
            before[meeting.group_id] = meeting
    return [meeting for group, meeting in before.items() if group in is_followed and meeting.film_task]
