"""Remarks on a film: in words, and as markers on its track. Written out, for Django would make a fragment of sixty
remarks from a hundred and twenty templates.
"""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from netwerkleren.base.templatetags.ui import duration_ms, duration_ms_until, kind

from ..models import Remark

register = template.Library()

SENT, DRAFT = 'class="mk k-{}"', 'class="mk draft k-{}"'


@register.simple_tag
def remark_line(remark: Remark, at_url: str = "", *, says_who: bool = False) -> SafeString:
    """One remark in words. Its moment leads to the film: that of this page, or of `at_url`."""
    return format_html(
        '<article class="fb">\n{}\n<p class="m"><b>{}</b>\n<a class="at" href="{}#t={}" data-seek="{}">{}</a>{}{}</p>\n'
        '<p class="typed">{}</p>{}</article>',
        kind(remark.kind),
        remark.kind_name,
        at_url,
        remark.start_ms,
        remark.start_ms,
        duration_ms_until(remark.start_ms, remark.end_ms),
        format_html("\n<span>{}</span>", remark.feedback.giver.name) if says_who else "",
        format_html('\n<span class="tag">{}</span>', remark.principle_name) if remark.principle else "",
        remark.text,
        format_html('\n<p class="quote typed">{}</p>', remark.answer) if remark.answer else "",
    )


@register.simple_tag
def remark_lines(remarks: Iterable[Remark], at_url: str = "", *, says_who: bool = False) -> SafeString:
    return _joined(remark_line(remark, at_url, says_who=says_who) for remark in remarks)


@register.simple_tag
def remark_markers(remarks: Iterable[Remark]) -> SafeString:
    """Each at its place on the track, with its stretch where it has one. A draft is told apart."""
    return _joined(_marker(remark) for remark in remarks)


def _marker(remark: Remark) -> SafeString:
    said = _("%(kind)s op %(time)s, %(name)s") % {
        "kind": remark.kind_name,
        "time": duration_ms(remark.start_ms),
        "name": remark.feedback.giver.user.first_name,
    }
    button = format_html(
        f'<button type="button" {SENT if remark.feedback.sent_at else DRAFT} data-percent="{{}}" data-seek="{{}}"'
        ' aria-label="{}">{}</button>',
        remark.kind,
        remark.percent,
        remark.start_ms,
        said,
        kind(remark.kind),
    )
    if remark.end_percent is None:
        return button
    stretch = '<i class="stretch k-{}" data-percent="{}" data-to="{}"></i>'
    return button + format_html(stretch, remark.kind, remark.percent, remark.end_percent)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return SafeString("\n".join(parts))
