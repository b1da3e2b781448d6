"""Captions that the owner types: a line a moment, on the clock of the film; and the same as WebVTT."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CAPTIONS = 20_000
"""Characters: a film of ten minutes that is spoken without a pause."""
SHOWN_MS = 5_000
"""The longest that a line stands, when no other follows."""
_LINE = re.compile(r"(?P<minutes>\d{1,2})[:.](?P<seconds>[0-5]\d)\s+(?P<words>\S.*)")


@dataclass(frozen=True)
class Cue:
    """What stands in the picture from one moment to another, in ms of the film."""

    start: int
    end: int
    words: str


def cues_of(text: str, *, lasts: int) -> list[Cue]:
    """Of lines such as "0:03 Wat zie je?", in the order of the film of `lasts` ms. Raises ValidationError, with the
    line that cannot be read, that lies after the end, or that begins when another does.
    """
    said: dict[int, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValidationError(
                _("Begin elke regel met een moment, zoals 0:03. Deze kan niet: %(line)s") % {"line": line}
            )
        start = 1000 * (60 * int(match["minutes"]) + int(match["seconds"]))
        if start >= lasts:
            raise ValidationError(_("Zo lang duurt het fragment niet: %(line)s") % {"line": line})
        if start in said:
            raise ValidationError(_("Er staan twee regels op hetzelfde moment: %(line)s") % {"line": line})
        said[start] = match["words"]
    starts = sorted(said)
    ends = [*starts[1:], lasts]
    return [Cue(start, min(end, start + SHOWN_MS, lasts), said[start]) for start, end in zip(starts, ends, strict=True)]


def vtt_of(cues: list[Cue]) -> str:
    """WebVTT (W3C). What was typed is words: none of its signs is markup."""
    blocks = (f"{_clock(cue.start)} --> {_clock(cue.end)}\n{_plain(cue.words)}" for cue in cues)
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _plain(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(ms: int) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
