"""Strips: on the meetlat, beside it, in each of its steps and on the Scherm. Written out, for Django would make a
meetlat of sixty questions from two hundred templates.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meetings.models import ExpertInvitation
from netwerkleren.base.templatetags.ui import icon

from ..board import Block
from ..models import Leervraag
from ..screens import Move

register = template.Library()

NO_HTML = SafeString()
Draw = Callable[[Leervraag], SafeString]


@register.simple_tag
def words_of(strip: Leervraag) -> SafeString:
    """The question, and whose it is."""
    name = strip.author.user.first_name
    return format_html('<span class="q">{}</span>\n<span class="who">{}</span>', strip.text, name)


@register.simple_tag
def notes(strip: Leervraag, expert: ExpertInvitation | None = None) -> SafeString:
    """What is said beside the question: how it came, and what it brings. For rows of `with_first_mail()`."""
    if not strip.has_notes:
        return NO_HTML
    said = []
    if strip.moved_from_id:
        said.append(("corner-down-right", _("Van een eerdere bijeenkomst")))
    elif strip.came_after_mail and expert:
        said.append(("clock", _("Kwam na de mail aan %(name)s") % {"name": expert.expert.name}))
    elif strip.came_after_mail:
        said.append(("clock", _("Kwam na de mail aan de expert")))
    elif strip.is_late:
        said.append(("clock", _("Kwam later")))
    if strip.changed_after_mail:
        said.append(("pencil", _("Aangepast na de mail")))
    if strip.clip_id:
        said.append(("film", _("Met een eigen fragment")))
    return format_html_join("\n", "{}", ((note(*each),) for each in said))


@register.simple_tag(takes_context=True)
def rung(context: Context, number: int, blocks: Iterable[Block]) -> SafeString:
    """A number with what lies there: to be carried by who may lay, else to be seen."""
    if context["room"].may_move:
        strips = joined(_movable_block(block, context) for block in blocks)
        button = format_html(
            '<button class="lay" id="leg-{}" form="move" name="to" value="{}">{}</button>',
            number,
            number,
            _("Leg op %(number)s") % {"number": number},
        )
    else:
        strips, button = _brackets(blocks, lambda strip: _seen(strip, context)), SafeString()
    return format_html(
        '<li class="rung" id="rij-{}">\n<span class="number">{}</span>\n'
        '<div class="place" data-place="{}">\n{}\n{}</div>\n</li>\n',
        number,
        number,
        number,
        strips,
        button,
    )


@register.simple_tag(takes_context=True)
def strips_laid_off(context: Context, strips: Iterable[Leervraag], *, says_where: bool = False) -> SafeString:
    """On the pile, on P, or answered in the pitch: one below the other, and `says_where` they go."""
    if not context["room"].may_move:
        return joined(_seen(strip, context, "col") for strip in strips)
    return joined(_movable(strip, context, "col", says_where=says_where) for strip in strips)


@register.simple_tag
def held_blocks(blocks: Iterable[Block]) -> SafeString:
    """As they lay, each with what became of it."""
    return _brackets(blocks, _held)


@register.simple_tag
def held_strips(strips: Iterable[Leervraag]) -> SafeString:
    return joined(_held(strip) for strip in strips)


@register.simple_tag
def blocks_to_choose(blocks: Iterable[Block]) -> SafeString:
    """In Controleren: one tick for what is answered as one."""
    return joined(format_html("<li>{}</li>", _to_tick(block)) for block in blocks)


@register.simple_tag
def waiting_block(block: Block) -> SafeString:
    """In Controleren, not for today: a group waits as a whole."""
    return _brackets([block], lambda strip: format_html('<div class="strip">{}</div>', words_of(strip)))


@register.simple_tag
def beamer_blocks(blocks: Iterable[Block], move: Move | None, lays: bool) -> SafeString:
    """On the Scherm, where a group without a name has its bracket alone; who made the last `move` stands with it. Where
    one `lays` there, each can be carried.
    """
    drawn = ((block, _brackets([block], lambda strip: _beamer(strip, move), is_named=False)) for block in blocks)
    return joined(_carried(block.first, strips) if lays else strips for block, strips in drawn)


@register.simple_tag
def beamer_strips(strips: Iterable[Leervraag], move: Move | None, lays: bool, *, has_name: bool = True) -> SafeString:
    drawn = ((strip, _beamer(strip, move, has_name=has_name)) for strip in strips)
    return joined(_carried(strip, html) if lays else html for strip, html in drawn)


def _movable_block(block: Block, context: Context) -> SafeString:
    if block.group is None:
        return _movable(block.first, context)
    return _carried(block.first, bracket(block, joined(_to_choose(strip, context) for strip in block.strips)))


def _movable(strip: Leervraag, context: Context, css: str = "", *, says_where: bool = False) -> SafeString:
    """It may be dropped on another, to lie together: what lies in a bracket does not."""
    return format_html(
        '<div data-block="{}" data-group data-version="{}">{}{}</div>',
        key_of(strip),
        SafeString(strip.version),
        _to_choose(strip, context, css),
        note("corner-down-right", strip.destination, "note to") if says_where and strip.destination else NO_HTML,
    )


def _to_choose(strip: Leervraag, context: Context, css: str = "") -> SafeString:
    """A link, by which one chooses it; by htmx the dock alone is fetched."""
    is_chosen = strip == context["chosen"]
    key = key_of(strip)
    address = context["choosing"] + key
    is_ended_here = strip.state == Leervraag.State.LAID and not strip.is_open
    return format_html(
        '<a draggable="false" class="{}" id="strook-{}" href="{}" hx-get="{}" hx-target="#dock" data-strip="{}"'
        ' data-version="{}"{}>\n{}\n{}{}{}</a>',
        _classes("strip", css, "sel" if is_chosen else ""),
        key,
        address,
        address,
        key,
        SafeString(strip.version),
        SafeString(' aria-current="true"' if is_chosen else ""),
        words_of(strip),
        notes(strip, context["page"].mailed_expert),
        note("calendar-x", _("Niet voor vandaag")) if strip.not_today else NO_HTML,
        note("check", capfirst(strip.get_outcome_display())) if is_ended_here else NO_HTML,
    )


def _seen(strip: Leervraag, context: Context, css: str = "") -> SafeString:
    return format_html(
        '<article class="{}" id="strook-{}">\n{}\n{}</article>',
        _classes("strip", css),
        strip.pk,
        words_of(strip),
        notes(strip, context["page"].mailed_expert),
    )


def _held(strip: Leervraag) -> SafeString:
    became = f"{capfirst(strip.became)}{f': {strip.destination}' if strip.destination else ''}"
    return format_html(
        '<a class="strip" id="strook-{}" href="{}">\n{}\n{}</a>',
        strip.pk,
        reverse("leervragen:answer", args=[strip.pk]),
        words_of(strip),
        "" if strip.is_open else note("check", became),
    )


def _to_tick(block: Block) -> SafeString:
    key = key_of(block.first)
    words = format_html_join(
        "\n",
        '<span class="q">{}</span>\n<small>{}</small>',
        ((strip.text, _whose_and_where(strip)) for strip in block.strips),
    )
    option = format_html(
        '<div class="strip option"><input type="checkbox" id="kies-{}" name="chosen" value="{}:{}">\n'
        '<label for="kies-{}">{}</label></div>',
        key,
        key,
        SafeString(block.first.version),
        key,
        words,
    )
    return bracket(block, option) if block.group else option


def _whose_and_where(strip: Leervraag) -> str:
    name = strip.author.user.first_name
    if strip.number is None:
        return name
    return _("%(name)s, op %(number)s") % {"name": name, "number": strip.number}


def _carried(strip: Leervraag, html: SafeString) -> SafeString:
    return format_html('<div data-block="{}" data-version="{}">{}</div>', strip.pk, strip.version, html)


def _beamer(strip: Leervraag, move: Move | None, *, has_name: bool = True) -> SafeString:
    is_last = move is not None and move.strip_id == strip.pk
    return format_html(
        '<article {} id="strook-{}" data-may-shrink data-glides data-version="{}">\n'
        '<span class="q" dir="auto">{}</span>\n{}\n{}</article>',
        SafeString('class="strip later"' if strip.not_today else 'class="strip"'),
        strip.pk,
        strip.version,
        strip.text,
        format_html('<span class="who">{}</span>', strip.author.user.first_name) if has_name else "",
        format_html('<span class="by">{}</span>', move.told) if move and is_last else "",
    )


def _brackets(blocks: Iterable[Block], draw: Draw, *, is_named: bool = True) -> SafeString:
    """Strips as they lie, with those of one group in their bracket."""
    return joined(
        bracket(block, strips, is_named=is_named) if block.group else strips
        for block in blocks
        for strips in [joined(draw(strip) for strip in block.strips)]
    )


def key_of(strip: Leervraag) -> SafeString:
    """Its key, which needs no escaping: of sixty strips that is what takes longest."""
    return SafeString(strip.pk)


def bracket(block: Block, strips: SafeString, *, is_named: bool = True) -> SafeString:
    title = block.group.title if block.group else ""
    if is_named:
        name = format_html('<span class="gl">{}</span>', title or _("Hoort bij elkaar"))
    else:
        name = format_html('<span class="gl" dir="auto">{}</span>', title) if title else SafeString()
    return format_html('<div class="bracket">{}\n{}</div>', name, strips)


def note(drawing: str, words: Any, css: str = "note") -> SafeString:
    return format_html('<span class="{}">{} {}</span>', css, icon(drawing), words)


def _classes(*names: str) -> SafeString:
    return SafeString(" ".join(name for name in names if name))


def joined(parts: Iterable[SafeString]) -> SafeString:
    return SafeString("\n".join(parts))
