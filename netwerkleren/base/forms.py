"""Forms, and what they say when a service refuses: one way for all pages.

A view binds its form and hands the service to `accepted`; a button without fields hands it to `told`. What stands in a
ValidationError is shown in full, beside the field that it names, else above the form. A page that says no answers 422.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict

T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Saved(Generic[T]):
    """The service took it. `row` is what it answered; the object itself is always true."""

    row: T


def accepted(form: forms.BaseForm, save: Callable[[], T]) -> Saved[T] | None:
    """Saves when the form is right; None when it, or the service, says no, and then the form says why."""
    if not form.is_valid():
        return None
    try:
        return Saved(save())
    except ValidationError as problem:
        show_refusal(form, problem)
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
        return None


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is a POST too."""
    return request.POST if request.method == "POST" else None


def status_of(*shown: forms.BaseForm) -> int:
    """The status of the page that shows these forms: 422 when one of them says no."""
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
