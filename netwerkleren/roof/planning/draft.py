"""What the coach has typed so far: in the session, as text, per step."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy as _

from groups.forms import WITHOUT_BAD, NetworkGroupForm, PeopleForm
from groups.models import user_of
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile, version_of
from netwerkleren.base.forms import Meanwhile
from netwerkleren.base.sessions import TYPED_PREFIX
from netwerkleren.base.text import plain

from .forms import DatesForm, MeetingsForm

SESSION_KEY = f"{TYPED_PREFIX}plan"
SESSION_KEY_BEFORE = "plan"
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
        self.kept: dict[str, Any] = session.get(SESSION_KEY) or session.get(SESSION_KEY_BEFORE) or self._empty()
        # What was typed before the steps had English names is not lost either.
        english = {word: step for step, word in IN_ADDRESS.items()}
        self.kept["steps"] = {english.get(step, step): typed for step, typed in self.kept["steps"].items()}

    @staticmethod
    def _empty() -> dict[str, Any]:
        return {"group_id": str(uuid4()), "steps": {}}

    @property
    def group_id(self) -> UUID:
        return UUID(self.kept["group_id"])

    def version(self, step: str) -> str:
        """What who fills in this step starts from, perhaps in two tabs."""
        return version_of(json.dumps(self.kept["steps"].get(step, {}), sort_keys=True))

    def keep(self, step: str, typed: Mapping[str, Any]) -> None:
        """Keeps what was typed, right or wrong; how much that can be, is limited by the size of a request.

        Raises WrittenMeanwhile, with what stands there by the name of its field, when another tab kept something else
        after this one was opened.
        """
        names = [*self.form(step).fields, WITHOUT_BAD]
        kept = {name: plain(str(typed[name])) for name in names if name in typed}
        stands = self.kept["steps"].get(step, {})
        if kept != stands and typed.get("version", self.version(step)) != self.version(step):
            raise WrittenMeanwhile(stands)
        self.kept["steps"][step] = kept
        self.session[SESSION_KEY] = self.kept

    def forget(self, made: UUID | None = None) -> None:
        """Starts anew; remembers what was made of it, for a second click that comes later."""
        self.kept = {**self._empty(), "made": str(made) if made else ""}
        self.session[SESSION_KEY] = self.kept

    @property
    def just_made(self) -> str:
        """The id of the group that was made last, as long as nothing new was typed; else empty."""
        return "" if self.kept["steps"] else self.kept.get("made", "")

    def form(self, step: str, *, check: bool = False, typed: Mapping[str, Any] | None = None) -> forms.BaseForm:
        """The form of a step with what was typed, or with `typed`; with `check` it also says what is wrong."""
        typed = self.kept["steps"].get(step) if typed is None else typed
        values: dict[str, Any] = {"data": typed or {}} if check else {"initial": typed}
        if step == "group":
            return NetworkGroupForm(**values)
        if step == "people":
            return PeopleForm(**values, own_email=user_of(self.actor).email, required=False)
        if step == "meetings":
            return MeetingsForm(**values, actor=self.actor)
        meetings = self.form("meetings", check=True)
        if not meetings.is_valid():
            raise StepMissing("meetings")
        return DatesForm(
            **values,
            actor=self.actor,
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


class BothTabs:
    """One step that two tabs filled in, for `components/written_meanwhile.html`: what the other one kept stands beside
    what was typed here.
    """

    def __init__(self, form: forms.BaseForm, stands: Mapping[str, str], version: str) -> None:
        self.form = form
        self.meanwhile = Meanwhile(version, dict(stands))
        self.version = {"html_name": "version"}

    def beside(self) -> Iterator[tuple[forms.BoundField, str]]:
        for field in self.form:
            theirs = self.meanwhile.theirs.get(field.name, "")
            if theirs != str(field.value() or ""):
                is_tick = isinstance(field.field, forms.BooleanField)
                yield field, str(_("ja") if theirs else _("nee")) if is_tick else theirs


class StepMissing(Exception):
    """A step that must be done first."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step
