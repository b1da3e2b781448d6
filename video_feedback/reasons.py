"""Why a recording becomes no film, in words: on a page, and as a plain sentence for an upload."""

from html import unescape

from django.template.loader import render_to_string

from . import media

EARLY = [
    media.Reason.PLAYLIST,
    media.Reason.STILL,
    media.Reason.NO_PICTURE,
    media.Reason.PROTECTED,
    media.Reason.RAW,
]
"""Those that the first bytes tell: the browser says them before it sends any."""


def words_for(reason: media.Reason) -> str:
    """The sentence of `_reason.html` without its mark-up."""
    context = {"reason": reason, "max_minutes": media.MAX_MINUTES}
    return " ".join(unescape(render_to_string("video_feedback/_reason.html", context)).split())
