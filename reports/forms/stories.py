"""The form of Mijn verhaal."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from meetings.paper_forms import BoardPhotoField
from netwerkleren.base.forms import SharedTextForm, TypedTextField

from ..models import STORY, ValueStory


class StoryForm(SharedTextForm):
    """The teller's own text, which may be open on two devices, and who may read it."""

    text = TypedTextField(
        label=gettext_lazy("Jouw verhaal"),
        max_length=STORY,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 12}),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Wat doe je ermee?"),
        choices=ValueStory.Decision.choices,
        widget=forms.RadioSelect,
        initial=ValueStory.Decision.PRIVATE,
    )

    def __init__(self, *args: Any, story: ValueStory | None, notes: str, **kwargs: Any) -> None:
        """Before the first save, the story starts from the notes of the interview."""
        stored = story or ValueStory()
        text = stored.text_to_go_on_with if story else notes
        kwargs["initial"] = {"text": text, "decision": stored.decision, "version": stored.version}
        super().__init__(*args, **kwargs)

    def show_theirs(self, current: ValueStory) -> None:
        """Of two decisions the one that fewer read stands ready; the teller presses once more."""
        super().show_theirs(current)
        decisions = [self.cleaned_data["decision"], current.decision]
        assert isinstance(self.data, QueryDict)  # a form that was sent
        chosen = self.data.copy()
        chosen["decision"] = min(decisions, key=ValueStory.Decision.values.index)
        self.data = chosen

    def theirs_of(self, current: ValueStory) -> dict[str, str]:
        return {"text": current.text_to_go_on_with, "decision": current.decision}


class SheetForm(forms.Form):
    photo = BoardPhotoField(
        label=gettext_lazy("Foto van je blaadje"),
        help_text=gettext_lazy("Alleen jij ziet hem. Typ over wat je wilt bewaren; daarna wis je de foto."),
        error_messages={"required": gettext_lazy("Kies een foto.")},
    )
