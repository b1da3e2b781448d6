"""Forms, and what they say when a service refuses: one way for all pages.

A view binds its form and hands the service to `accepted`; a button without fields hands it to `told`. What stands in a
ValidationError is shown in full, beside the field that it names, else above the form. A page that says no answers 422,
and one that shows what someone else wrote meanwhile 409.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from .conflicts import WrittenMeanwhile
from .limits import TooMany
from .templatetags.ui import long_moment

T = TypeVar("T")
M = TypeVar("M", bound=Model)

TOO_MANY = "too_many"
"""The code of a refusal because of a limit: what was typed stays in its form, which says when to go on."""


@dataclass(frozen=True)
class Saved(Generic[T]):
    """The service took it. `row` is what it answered; the object itself is always true."""

    row: T


def accepted(form: forms.BaseForm, save: Callable[[], T]) -> Saved[T] | None:
    """Saves when the form is right; None when it, or the service, says no, and then the form says why.

    None too when someone else wrote meanwhile in what a SharedTextForm holds: then the form shows both texts.
    """
    if not form.is_valid():
        return None
    try:
        return Saved(save())
    except ValidationError as problem:
        show_refusal(form, problem)
    except TooMany as problem:
        form.add_error(None, ValidationError(str(problem), code=TOO_MANY))
    except WrittenMeanwhile as conflict:
        if not isinstance(form, SharedTextForm):
            raise
        form.show_theirs(conflict.current)
    return None


def show_refusal(form: forms.BaseForm, problem: ValidationError) -> None:
    """Every sentence of the refusal, beside the field that it is about, else above the form."""
    by_field = problem.error_dict if hasattr(problem, "error_dict") else {NON_FIELD_ERRORS: problem.error_list}
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)


def told(request: HttpRequest, save: Callable[[], T]) -> Saved[T] | None:
    """For a button: None when the service says no, and then the next page says why."""
    try:
        return Saved(save())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    except TooMany as problem:
        messages.error(request, str(problem))
    return None


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is a POST too."""
    return request.POST if request.method == "POST" else None


def is_about(request: HttpRequest, mark: object) -> bool:
    """Whether what was sent says that it is about what has this mark (`components/about.html`).

    Who has no account holds one thing at a time: a link that is opened in a second tab takes the place of the first.
    What comes from the first tab is then about something else, and changes nothing. Nor does what says nothing: nobody
    knows which page it came from.
    """
    return request.POST.get("about") == str(mark)


def status_of(*shown: forms.BaseForm) -> int:
    """The status of the page that shows these forms: 422 when one of them says no, 409 when one shows two texts, 429
    when it was asked too often."""
    if any(isinstance(form, SharedTextForm) and form.meanwhile for form in shown):
        return 409
    if any(form.is_bound and form.has_error(NON_FIELD_ERRORS, TOO_MANY) for form in shown):
        return 429
    return 422 if any(form.is_bound and form.errors for form in shown) else 200


class RowField(forms.ModelChoiceField[M]):
    """The choice of one row, each under the words that `named` makes of it."""

    def __init__(self, queryset: QuerySet[M], *, named: Callable[[M], str] = str, **options: Any) -> None:
        super().__init__(queryset, **options)
        self._named = named

    def label_from_instance(self, obj: M) -> str:
        return self._named(obj)


def rows_of(form: forms.BaseForm, name: str) -> forms.ModelChoiceField[Any]:
    """The field of a form that offers rows, whose queryset depends on who asks."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    return field


class KeyField(forms.UUIDField):
    """The key that the new row gets, hidden in its form: the same form posted twice makes one thing (`once.py`)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, initial=uuid4, **options)


class TypedTextField(forms.CharField):
    """What someone types over more than one line."""

    widget = forms.Textarea


@dataclass(frozen=True)
class Meanwhile:
    """What someone else wrote: `theirs` by the name of its field, and the version to save on top of after all."""

    version: str
    theirs: dict[str, Any]


class SharedTextForm(forms.Form):
    """Texts that someone else, or the same person elsewhere, may be writing too, with the dates and choices that stand
    in the same form: the visible fields.

    `version` is what the writer started from, the `version` of the row that holds the texts. The service saves what was
    written on top of the version that stands there, or what stands there already; else it raises WrittenMeanwhile with
    that row, and the form shows both texts (`components/written_meanwhile.html`). What was typed stays in its field.
    """

    version = forms.CharField(widget=forms.HiddenInput, max_length=16)
    meanwhile: Meanwhile | None = None
    free: Sequence[Mapping[str, str]] = ()
    """The free weeks of a group, where a date in one gets a word: each its `name`, and its days `from` and `to`."""
    holds_many_facts = False

    def show_theirs(self, current: Any) -> None:
        self.meanwhile = Meanwhile(self.version_in(current), self.theirs_of(current))

    def version_in(self, current: Any) -> str:
        version: str = current.version
        return version

    def theirs_of(self, current: Any) -> dict[str, Any]:
        return {field.name: getattr(current, field.name) for field in self.visible_fields()}

    def beside(self) -> Iterator[tuple[forms.BoundField, str]]:
        """Each field with what the other wrote in it, as it is read; with nothing while there is no conflict, for the
        module that may have to show one. A form of many facts, which no module sends, has those in which they differ.
        """
        theirs = self.meanwhile.theirs if self.meanwhile else {}
        for field in self.visible_fields():
            value = theirs.get(field.name, "")
            differs = field.name in theirs and value != self.cleaned_data.get(field.name)
            if differs or not self.holds_many_facts:
                yield field, _as_read(field.field, value)


def _as_read(field: forms.Field, value: Any) -> str:
    """What stands in a field, in words."""
    if isinstance(value, datetime):
        return long_moment(value)
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(value) if value else ""
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    values = value if isinstance(value, list) else [value]
    return ", ".join(choices.get(str(one), "" if one is None else str(one)) for one in values)
