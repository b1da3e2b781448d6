"""What holds for every field of every form, ours, allauth's and the admin's alike (the setting FORM_RENDERER)."""

import json
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .text import one_line, only_seen, plain


class PlainBoundField(BoundField):
    """A field with what was sent for it: the text is plain before any form reads it, and the first fault has focus."""

    @property
    def data(self) -> Any:
        return self._cleaned(super().data)

    def _cleaned(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [self._cleaned(part) for part in value]
        if not isinstance(value, str):
            return value
        if isinstance(self.field, forms.JSONField) and _is_beyond_reading(value):
            return NO_JSON
        if isinstance(self.field, forms.EmailField | forms.URLField):
            return only_seen(value)
        if isinstance(self.field.widget, forms.Textarea | forms.HiddenInput | forms.PasswordInput):
            # A password with a tab in it, pasted out of a sheet, stays the password that it was.
            return plain(value)
        return one_line(value)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if most := (widget or self.field.widget).attrs.get("maxlength"):
            # A browser cuts what is pasted beyond it, without a word. Here the page counts, and the form says no.
            built |= {"maxlength": False, "data-most": most}
        if self.errors and first_fault(self.form) == self.name:
            # The page comes anew: without this its reader begins at the top, and looks for what is wrong.
            built["autofocus"] = True
        return built


NO_JSON = "?"


def _is_beyond_reading(text: str) -> bool:
    """JSON that the field takes for a fault of ours: a number of over 4,300 digits, or a thousand lists in lists."""
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False  # The field says so itself.
    except (ValueError, RecursionError):
        return True
    return False


INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in ("date", "datetime", "email", "hidden", "number", "password", "tel", "text", "time", "url")
)
"""Those are all `input.html`."""
TEXTAREA = "django/forms/widgets/textarea.html"


class Renderer(TemplatesSetting):
    """By the project's templates, so that templates/django/forms/ comes before Django's own.

    Nearly all fields are an input or a textarea: those are written out, for a template in a template for each of them
    took a page with a few forms a tenth of its time.
    """

    bound_field_class = PlainBoundField

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name in INPUTS:
            return _input(context["widget"])
        if template_name == TEXTAREA:
            return _textarea(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: dict[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, flatatt(widget["attrs"])
    )


def _textarea(widget: dict[str, Any]) -> SafeString:
    value = widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], flatatt(widget["attrs"]), value)


def at_most(most: int, words: object) -> dict[str, Any]:
    """Attributes for the widget of a file of so many bytes at most: the page says it before such a file is sent
    (`static/js/app/file-size.js`), in the words of the server, which refuses a body before it reads a field of it."""
    return {"data-most-bytes": str(most), "data-too-large": words}


def first_fault(form: forms.BaseForm) -> str | None:
    """The name of the first field that a person can mend; None where there is none."""
    return next((field.name for field in form.visible_fields() if field.errors), None)
