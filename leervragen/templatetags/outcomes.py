"""The rows of Beantwoorden and of Afronden. Written out as the strips are: sixty questions stand on one page."""

from uuid import UUID

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..board import Block
from ..finishing import Finishing
from ..models import Leervraag
from ..pages import MeetlatPage
from .strips import NO_HTML, bracket, joined, key_of, note, words_of

register = template.Library()

State, Outcome = Leervraag.State, Leervraag.Outcome


class _Addresses:
    """What a view is called for each question. Asked of Django once: it takes as long for one as for a whole row."""

    def __init__(self, view: str, any_key: UUID) -> None:
        self._around = reverse(view, args=[any_key]).split(str(any_key))

    def of(self, strip: Leervraag) -> SafeString:
        return SafeString(key_of(strip).join(self._around))


# --- Beantwoorden ---


@register.simple_tag
def questions_to_answer(page: MeetlatPage) -> SafeString:
    """What is answered as one, each with what comes next for it."""
    reads, begins = (_Addresses(f"leervragen:{view}", page.meeting.pk) for view in ("answer", "begin"))
    current, following = page.current, page.next_open
    is_taken = current is not None and current.is_open
    rows = []
    for block in page.today:
        first, is_now = block.first, block is current and is_taken
        if is_now:
            act = _way("btn sm primary", "verder", first, reads, _("Nu aan de beurt"))
        elif block is following:
            act = _begin("btn sm" if is_taken else "btn sm primary", first, begins, _("Begin met deze vraag"))
        elif block.is_open:
            act = _begin("btn text sm", first, begins, _("Begin"), _about(first))
        else:
            has_words = bool(block.answer) or any(strip.answered_with_id for strip in block.strips)
            words = _("Lees het antwoord") if has_words else _("Bekijk de vraag")
            act = _way("btn text sm", "lees", first, reads, words, _about(first))
        strips = joined(_asked(strip, is_now=is_now) for strip in block.strips)
        asked = bracket(block, strips) if block.group else format_html("<div>{}</div>", strips)
        rows.append(format_html('<li>\n{}\n<div class="do">{}</div>\n</li>', asked, act))
    return joined(rows)


def _asked(strip: Leervraag, *, is_now: bool) -> SafeString:
    return format_html(
        '<div class="{}">\n{}\n{}{}</div>',
        SafeString("strip sel" if is_now else "strip"),
        words_of(strip),
        note("film", _("Met een eigen fragment")) if strip.clip_id else NO_HTML,
        NO_HTML if strip.is_open else note("check", capfirst(strip.became)),
    )


def _begin(css: str, strip: Leervraag, begins: _Addresses, words: str, about: SafeString = NO_HTML) -> SafeString:
    html = '<button class="{}" id="begin-{}" formaction="{}">{}{}</button>'
    return format_html(html, SafeString(css), key_of(strip), begins.of(strip), words, about)


def _way(css: str, what: str, strip: Leervraag, to: _Addresses, words: str, about: SafeString = NO_HTML) -> SafeString:
    html = '<a class="{}" id="{}-{}" href="{}">{}{}</a>'
    return format_html(html, SafeString(css), SafeString(what), key_of(strip), to.of(strip), words, about)


def _about(strip: Leervraag) -> SafeString:
    return format_html('<span class="sr">: {}</span>', strip.text)


# --- Afronden ---


class _Mould:
    """What stands in every row but for the question that it is about: written once, and then filled in."""

    KEY, VERSION = UUID(int=0), "of-its-outcome"

    def __init__(self, html: str, *values: str, **named: str) -> None:
        self._html = format_html(html, *values, key=self.KEY, version=self.VERSION, **named)

    def of(self, strip: Leervraag) -> SafeString:
        html = self._html.replace(str(self.KEY), key_of(strip))
        return SafeString(html.replace(self.VERSION, strip.version_of_outcome))


@register.simple_tag(takes_context=True)
def rows_to_end(context: Context, finishing: Finishing) -> SafeString:
    """What is still open: what likely becomes of it is one press away, all else behind "Anders"."""
    on, row_of = finishing.page.next_meeting, _Rows(context, finishing)
    answered, parked = (Outcome.ANSWERED, _("Beantwoord")), (Outcome.PARKED, _on_p(_("Parkeer")))
    stays = (Outcome.PARKED, _on_p(_("Laat liggen")))
    elsewhere = (Outcome.MOVED, _("Naar %(name)s") % {"name": on.number_name}) if on else parked
    presses = {
        (is_group, is_likely, way): _press(*way, is_group=is_group, is_likely=is_likely)
        for is_group in (False, True)
        for is_likely in (False, True)
        for way in (answered, stays, elsewhere)
    }
    rows = []
    for row in finishing.open:
        acts = NO_HTML
        if row.first.pk not in finishing.opened:
            away = stays if row.first.state == State.PARKED else elsewhere
            likely, other = (answered, away) if row.answer else (away, answered)
            is_group = len(row.strips) > 1
            acts = presses[is_group, True, likely].of(row.first) + presses[is_group, False, other].of(row.first)
        rows.append(row_of(row, acts))
    return joined(rows)


def _press(outcome: str, words: str, *, is_group: bool, is_likely: bool) -> _Mould:
    html = '<button class="{}" form="afloop" formaction="{}{}" name="ends" value="{}:{version}">{}</button>\n'
    address = reverse("leervragen:end", args=[_Mould.KEY])
    css = "btn sm" if is_likely else "btn text sm"
    return _Mould(html, css, address, "?together" if is_group else "", outcome, words)


def _on_p(words: str) -> SafeString:
    return format_html('<b aria-hidden="true">P</b> {}', words)


@register.simple_tag(takes_context=True)
def rows_to_place(context: Context, finishing: Finishing) -> SafeString:
    """What got its place by itself, to be given another."""
    return joined(map(_Rows(context, finishing), finishing.to_place))


@register.simple_tag(takes_context=True)
def ended_rows(context: Context, finishing: Finishing) -> SafeString:
    """What is done, with what was answered as one. A slip of the finger is made good behind "Anders"."""
    reads, row_of = _Addresses("leervragen:answer", finishing.page.meeting.pk), _Rows(context, finishing)
    rows = []
    for block in finishing.ended_blocks:
        strips = joined(row_of(Block([strip]), tag="div", reads=reads.of(strip)) for strip in block.strips)
        rows.append(format_html("<li>{}</li>", bracket(block, strips) if block.group else strips))
    return joined(rows)


@register.simple_tag
def apart(row: Block) -> SafeString:
    """The questions of a group, each with the way to an outcome of its own."""
    reads = _Addresses("leervragen:answer", row.first.pk)
    words = _("Alleen deze")
    return joined(
        format_html(
            '<li class="spread"><span>{} <span class="soft small">{}</span></span>'
            '<a class="btn text sm" href="{}">{}{}</a></li>',
            *(strip.text, strip.author.user.first_name, reads.of(strip), words, _about(strip)),
        )
        for strip in row.strips
    )


class _Rows:
    """Makes the row of a block, with its form where its reader has it open."""

    _WAY = '<a class="btn text sm" id="anders-{key}" href="{}" aria-expanded="{}">{}</a>'

    def __init__(self, context: Context, finishing: Finishing) -> None:
        self._context, self._finishing = context, finishing
        opens = format_html("{}{key}#vraag-{key}", finishing.opens, key=_Mould.KEY)
        self._opens = _Mould(self._WAY, opens, "false", _("Anders"))
        self._closes = _Mould(self._WAY, finishing.closes, "true", _("Sluit"))

    def __call__(self, row: Block, acts: SafeString = NO_HTML, *, tag: str = "li", reads: str = "") -> SafeString:
        """`reads` is where what was said of it stands."""
        first, form = row.first, NO_HTML
        about = joined(_about_row(strip, reads) for strip in row.strips)
        if len(row.strips) > 1:
            about = bracket(row, about)
        elif row.group and tag == "li":
            name = row.group.title or _("Hoort bij elkaar")
            about = format_html('<div class="in-bracket"><p class="gl">{}</p>\n{}</div>', name, about)
        if first.is_open or self._finishing.may_change:
            is_opened = first.pk in self._finishing.opened
            acts += (self._closes if is_opened else self._opens).of(first)
            form = _form(self._context, row) if is_opened else NO_HTML
        return format_html(
            '<{0} class="ending">\n<div>{1}</div>\n'
            '<div class="row do" role="group" aria-labelledby="vraag-{2}">{3}</div>\n{4}</{0}>',
            *(SafeString(tag), about, key_of(first), acts, form),
        )


def _about_row(strip: Leervraag, reads: str) -> SafeString:
    text = format_html('<a href="{}">{}</a>', reads, strip.text) if reads else strip.text
    return format_html(
        '<p class="strong" id="vraag-{}">{}</p>\n<p class="soft small">{}, {}</p>',
        *(key_of(strip), text, strip.author.user.first_name, _now(strip)),
    )


def _now(strip: Leervraag) -> str:
    """How it stands, in words."""
    if not strip.is_open:
        return f"{strip.became}: {strip.destination}" if strip.destination else strip.became
    if strip.state == State.PARKED:
        return str(strip.get_state_display())
    if strip.answer.strip():
        return _("het antwoord staat er")
    return _("niet voor vandaag") if strip.not_today else _("nog open")


def _form(context: Context, row: Block) -> SafeString:
    template_of_form = context.template.engine.get_template("leervragen/_end_question.html")  # type: ignore[union-attr]
    with context.push(row=row, strip=row.first, is_together=len(row.strips) > 1):
        return SafeString(template_of_form.render(context))
