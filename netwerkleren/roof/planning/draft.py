"""What the coach has typed so far: in the session, as text, per step."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy as _

from groups.forms import WITHOUT_BAD, NetworkGroupForm, PeopleForm
from groups.models import user_of
from netwerkleren.base.access import Actor
from netwerkleren.base.text import plain

from .forms import DatesForm, MeetingsForm

SESSION_KEY = "plan"
PLAN_STEPS = {"group": _("De groep"), "people": _("Mensen"), "meetings": _("Bijeenkomsten"), "dates": _("Data")}
CHECK = "check"
IN_ADDRESS = {
    "group": "groep",
    "people": "mensen",
    "meetings": "bijeenkomsten",
    "dates": "data",
    CHECK: "controleren",
}
"""How an address calls each step."""


class Draft:
    """A traject that is not made yet. It has the id that its group will get, so that two clicks make one group."""

    def __init__(self, session: SessionBase, actor: Actor) -> None:
        self.session = session
        self.actor = actor
        self.kept: dict[str, Any] = session.get(SESSION_KEY) or self._empty()
        # What was typed before the steps had English names is not lost either.
        english = {word: step for step, word in IN_ADDRESS.items()}
        self.kept["steps"] = {english.get(step, step): typed for step, typed in self.kept["steps"].items()}

    @staticmethod
    def _empty() -> dict[str, Any]:
        return {"group_id": str(uuid4()), "steps": {}}

    @property
    def group_id(self) -> UUID:
        return UUID(self.kept["group_id"])

    def keep(self, step: str, typed: Mapping[str, Any]) -> None:
        """Keeps what was typed, right or wrong; how much that can be, is limited by the size of a request."""
        names = [*self.form(step).fields, WITHOUT_BAD]
        self.kept["steps"][step] = {name: plain(str(typed[name])) for name in names if name in typed}
        self.session[SESSION_KEY] = self.kept

    def forget(self, made: UUID | None = None) -> None:
        """Starts anew; remembers what was made of it, for a second click that comes later."""
        self.kept = {**self._empty(), "made": str(made) if made else ""}
        self.session[SESSION_KEY] = self.kept

    @property
    def just_made(self) -> str:
        """The id of the group that was made last, as long as nothing new was typed; else empty."""
        return "" if self.kept["steps"] else self.kept.get("made", "")

    def form(self, step: str, *, check: bool = False) -> forms.BaseForm:
        """The form of a step with what was typed; with `check` it also says what is wrong."""
        typed = self.kept["steps"].get(step)
        values: dict[str, Any] = {"data": typed or {}} if check else {"initial": typed}
        if step == "group":
            return NetworkGroupForm(**values)
        if step == "people":
            return PeopleForm(**values, own_email=user_of(self.actor).email, required=False)
        if step == "meetings":
            return MeetingsForm(**values)
        meetings = self.form("meetings", check=True)
        if not meetings.is_valid():
            raise StepMissing("meetings")
        return DatesForm(
            **values,
            introduction_at=meetings.cleaned_data["introduction_at"],
            network_count=meetings.cleaned_data["network_count"],
        )

    def checked(self) -> dict[str, Any]:
        """Everything, cleaned. Raises StepMissing for the first step that is not right yet."""
        cleaned: dict[str, Any] = {}
        for step in PLAN_STEPS:
            form = self.form(step, check=True)
            if step not in self.kept["steps"] or not form.is_valid():
                raise StepMissing(step)
            cleaned |= form.cleaned_data
        return cleaned


class StepMissing(Exception):
    """A step that must be done first."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step
