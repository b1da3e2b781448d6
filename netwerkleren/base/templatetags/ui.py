"""What templates draw and write: icons, discs, kinds of feedback, and dates and times the Dutch way.

A clock has a dot (17.05), a length has a colon (18:24). Moments are shown in the portal's time zone.
"""

import datetime as dt
import json
from functools import cache, lru_cache
from typing import Any

from django import template
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.utils import flatatt
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..fields import first_fault
from ..names import initials_of
from .plain import address_of

register = template.Library()

KINDS = ("top", "tip", "vraag", "talent")
KIND_OF = {"question": "vraag", "talentmoment": "talent"}
"""What the code calls a kind of feedback, where the drawing has another name."""

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@cache
def _sheet(path: str) -> str:
    """The hashed address of a sheet of drawings. It stays the same while a process runs, and a page asks it often."""
    return static(path)


@register.simple_tag
@cache
def icon(name: str, css: str = "") -> SafeString:
    """An icon of static/icons.txt, in the colour of the text. Decoration only: a word stands beside it."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f"i {css}".strip(),
        _sheet("vendor/icons.svg"),
        name,
    )


@register.simple_tag
@cache
def kind(name: str) -> SafeString:
    """The shape of a kind of feedback: top, tip, vraag or talent. Decoration only: the word stands near."""
    drawing = KIND_OF.get(name.lower(), name.lower())
    if drawing not in KINDS:
        raise template.TemplateSyntaxError(f"There is no drawing of the kind {name!r}.")
    return format_html(
        '<span class="kind k-{}"><svg aria-hidden="true"><use href="{}#{}"></use></svg></span>',
        drawing,
        _sheet("img/kinds.svg"),
        drawing,
    )


@register.simple_tag
def disc(person: Any, css: str = "") -> SafeString:
    """A round photo or initials. `person` is a name, or has `initials` or `name`, and perhaps a `photo_url`."""
    classes = f"disc {css}".strip()
    photo = getattr(person, "photo_url", "")
    if photo:
        return format_html('<img class="{}" src="{}" alt="" loading="lazy">', classes, photo)
    letters = getattr(person, "initials", "") or initials_of(str(getattr(person, "name", person)))
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, letters)


@register.simple_tag
def optional() -> SafeString:
    """What stands after the name of a field that may stay empty."""
    return format_html('<span class="optional">{}</span>', _("(hoeft niet)"))


@register.simple_tag
def person(who: Any, detail: object = "", css: str = "") -> SafeString:
    """Who it is: a disc, the name, and a detail under it."""
    small = format_html("<small>{}</small>", detail) if detail else ""
    name = getattr(who, "name", "") or who
    return format_html('<span class="person">{}<span><b>{}</b>{}</span></span>', disc(who, css), name, small)


@register.simple_block_tag(takes_context=True)
def post_button(
    context: Context,
    content: SafeString,
    view: str,
    *args: object,
    css: str = "btn",
    form_css: str = "",
    id: str = "",
    row: object = None,
    name: str = "",
    value: object = "",
    label: str = "",
    confirm: str = "",
    yes: str = "",
    calm: bool = False,
    target: str = "",
    swap: str = "",
) -> SafeString:
    """`{% post_button "meetings:step" meeting.pk "end" css="btn sm" %}words{% endpost_button %}`: a form of one button.

    `view` and what follows it are as in `{% url %}`; the words between the tags may hold an icon. `confirm` is what is
    asked first, `yes` the word for yes; `calm` says that nothing is lost. `name` and `value` go along with the press.
    In a list the key of the `row` follows the `id`. With `target` or `swap` htmx posts.
    """
    action = address_of(view, args) or reverse(view, args=args)
    form = {
        "class": form_css or None,
        "data-confirm": confirm or None,
        "data-confirm-yes": (confirm and yes) or None,
        "data-confirm-calm": bool(confirm and calm),
        "hx-post": action if target or swap else None,
        "hx-target": target or None,
        "hx-swap": swap or None,
    }
    button = {
        "class": css,
        "id": (f"{id}-{row}" if row else id) or None,
        "name": name or None,
        "value": value if name else None,
        "aria-label": label or None,
    }
    return format_html(
        '<form{} method="post" action="{}">{}<button{}>{}</button></form>',
        flatatt(form),
        action,
        _csrf_field(context),
        flatatt(button),
        SafeString(content.strip()),
    )


def _csrf_field(context: Context) -> str:
    """What `{% csrf_token %}` writes."""
    return str(CsrfTokenNode().render(context))


FAULTS = ('aria-invalid="true"', "data-form-errors", 'class="field bad', 'class="error"')
"""How a page says that something in it is wrong: our components, and Django's widgets."""


@register.simple_block_tag(takes_context=True)
def fold(
    context: Context,
    content: SafeString,
    summary: str,
    *,
    open: object = False,
    when: object = True,
    css: str = "more",
    hook: str = "",
) -> SafeString:
    """`{% fold title %}fields{% endfold %}`: what most readers may pass by, behind its title.

    A fold that holds a fault stands open, whichever field it is in: nobody looks for what is wrong behind a title.
    `open` says when it does besides; `hook` is the attribute that a module looks for. Where `when` is not true, its
    content stands there without a fold.
    """
    if not when:
        return content
    opened = bool(open) or any(fault in content for fault in FAULTS)
    component = context.template.engine.get_template("components/fold.html")  # type: ignore[union-attr]
    with context.push(summary=summary, words=SafeString(content.strip()), open=opened, css=css, hook=SafeString(hook)):
        return SafeString(component.render(context).strip())


register.filter(first_fault)


@register.simple_tag
def chips(field: BoundField) -> SafeString:
    """The choices of a field as chips. Written out, for Django makes each of them from two templates."""
    boxes = format_html_join(
        "\n",
        '<label class="chip"><input type="{}" name="{}" value="{}"{}>{}</label>',
        (
            (box["type"], box["name"], str(box["value"]), flatatt(box["attrs"]), box["label"])
            for box in (choice.data for choice in field)
        ),
    )
    return format_html('<div class="chips">\n{}\n</div>', boxes)


@register.filter
def attributes(attrs: dict[str, Any]) -> SafeString:
    """The HTML attributes of a form's widget, each with a space before it; True is a bare name, False is left out."""
    return flatatt(attrs)


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    is_aware = isinstance(value, dt.datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if is_aware else value  # type: ignore[arg-type]


def _written(value: dt.date | dt.datetime | None, pattern: str) -> str:
    if not value:
        return ""
    local = _local(value)
    return _day(local.date() if isinstance(local, dt.datetime) else local, pattern)


@lru_cache(maxsize=1024)
def _day(day: dt.date, pattern: str) -> str:
    """Remembered: a page writes the same few days again and again, and Django reads the pattern anew each time."""
    return format_date(day, pattern)


@register.filter
def long_date(value: dt.date | dt.datetime | None) -> str:
    """woensdag 18 november"""
    return _written(value, "l j F")


@register.filter
def full_date(value: dt.date | dt.datetime | None) -> str:
    """18 november 2026"""
    return _written(value, "j F Y")


@register.filter
def short_date(value: dt.date | dt.datetime | None) -> str:
    """wo 18 nov"""
    return _written(value, "D j b")


@register.filter
def short_day(value: dt.date | dt.datetime | None) -> str:
    """wo 18"""
    return _written(value, "D j")


@register.filter
def short_month(value: dt.date | dt.datetime | None) -> str:
    """nov"""
    return _written(value, "b")


@register.filter
def clock(value: dt.time | dt.datetime | None) -> str:
    """17.05"""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).time() if timezone.is_aware(value) else value.time()
    return f"{value:%H.%M}" if value else ""


@register.filter
def clock_until(starts_at: dt.datetime | None, ends_at: dt.datetime | None) -> str:
    """15.30 tot 17.50, or 15.30 alone where no later end is known"""
    if not (starts_at and ends_at and ends_at > starts_at):
        return clock(starts_at)
    return f"{clock(starts_at)} {_('tot')} {clock(ends_at)}"


@register.filter
def long_moment(value: dt.datetime | None) -> str:
    """maandag 9 november, 20.00 uur"""
    return _("%(date)s, %(clock)s uur") % {"date": long_date(value), "clock": clock(value)} if value else ""


@register.filter
def date_in_words(field: BoundField) -> str:
    """Which day stands in a field, also in one that was refused: maandag 9 november, 20.00 uur. "" for no date."""
    value = field.value()
    if isinstance(value, str):
        try:
            value = field.field.to_python(value)
        except ValidationError:
            # Beside it stands what is wrong with it.
            return ""
    words = long_moment(value) if isinstance(value, dt.datetime) else long_date(value)
    holiday = _holiday_on(value, getattr(field.form, "free", ()))
    return _("%(date)s: valt in de %(holiday)s") % {"date": words, "holiday": holiday} if holiday else words


@register.filter
def holiday(value: dt.date | dt.datetime | None, free: Any) -> str:
    """The name of the free week in which it falls, or ""."""
    return _holiday_on(value, free)


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute that a module reads."""
    return json.dumps(value)


def _holiday_on(value: dt.date | dt.datetime | None, free: Any) -> str:
    """`free` are the free weeks of a form, as its page gives them to the module that says so while one types."""
    day = _local(value).strftime("%Y-%m-%d") if value else ""
    return next((week["name"] for week in free if day and week["from"] <= day <= week["to"]), "")


@register.filter
def short_moment(value: dt.datetime | None) -> str:
    """ma 9 nov, 20.00"""
    return f"{short_date(value)}, {clock(value)}" if value else ""


@register.filter
def about_hours(minutes: int) -> str:
    """11 uur, anderhalf uur, 2 en een half uur: minutes to the nearest half hour, as one says it; "" for none."""
    hours, half = divmod((minutes + 15) // 30, 2)
    if not half:
        return _("%(hours)d uur") % {"hours": hours} if hours else ""
    if hours < 2:
        return _("anderhalf uur") if hours else _("een half uur")
    return _("%(hours)d en een half uur") % {"hours": hours}


@register.filter
def duration_ms(value: int | None) -> str:
    """Milliseconds as 18:24, from an hour on as 1:02:03: the moments in a film are kept in ms."""
    if value is None:
        return ""
    minutes, seconds = divmod(value // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.filter
def duration_ms_until(start: int | None, end: int | None) -> str:
    """1:12 tot 1:20, or 1:12 alone: a moment in a film that may have an end"""
    return f"{duration_ms(start)} {_('tot')} {duration_ms(end)}" if end else duration_ms(start)


@register.filter
def in_ms(value: dt.datetime | dt.timedelta | None) -> str:
    """What our modules count in: an aware moment as milliseconds since 1970, a length as milliseconds."""
    if value is None:
        return ""
    length = value - EPOCH if isinstance(value, dt.datetime) else value
    return str(length // dt.timedelta(milliseconds=1))


@register.filter
def in_days(value: dt.date | dt.datetime | None) -> str:
    """over 13 dagen, morgen, vandaag, gisteren, 3 dagen geleden"""
    if not value:
        return ""
    local = _local(value)
    day = local.date() if isinstance(local, dt.datetime) else local
    days = (day - timezone.localdate()).days
    near = {-1: _("gisteren"), 0: _("vandaag"), 1: _("morgen")}
    if days in near:
        return near[days]
    if days > 0:
        return ngettext("over %(days)s dag", "over %(days)s dagen", days) % {"days": days}
    return ngettext("%(days)s dag geleden", "%(days)s dagen geleden", -days) % {"days": -days}


@register.simple_tag
def listed(*facts: object) -> str:
    """coach, groep 8, De Linde: what there is of these, with a comma between."""
    return ", ".join(str(fact) for fact in facts if fact)


@register.filter
def names(people: Any) -> str:
    """Marijke, Ruben en Ingrid: of names, or of whoever has a `name`."""
    *others, last = [str(getattr(person, "name", person)) for person in people] or [""]
    return _("%(others)s en %(last)s") % {"others": ", ".join(others), "last": last} if others else last


@register.filter
def dialled(number: str) -> str:
    """+31612345678 for "+31 6 12345678": what a phone dials."""
    return "".join(sign for sign in number if sign in "+0123456789")


@register.filter
def sentence(text: str) -> str:
    """The text with a capital, for a date at the start of a line."""
    return text[:1].upper() + text[1:]
