"""A moment of the film as people type it. The keypad of a phone has a comma or nothing where a keyboard has a colon."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_BETWEEN = re.compile(r"\s*([:;.,])\s*|\s+")


def moment_ms(text: str) -> int:
    """The milliseconds of "1:12", "1.12", "1,12", "1 12", "112" (as on a microwave) or "72". Raises ValueError for
    anything else, also for "1,5": one reader means a minute and a half by it, another five seconds.
    """
    minutes, sign, seconds = _parts(text.strip())
    shortest = 2 if sign in (".", ",") else 1
    is_moment = re.fullmatch(r"\d{1,3}", minutes) and re.fullmatch(rf"\d{{{shortest},2}}", seconds)
    if not is_moment or (int(seconds) >= 60 and sign != "seconds"):
        raise ValueError(f"Not a moment of the film: {text!r}")
    return (int(minutes) * 60 + int(seconds)) * 1000


def _parts(text: str) -> tuple[str, str, str]:
    """Minutes, what stood between them, and seconds."""
    if (between := _BETWEEN.search(text)) is not None:
        return text[: between.start()], between.group(1) or " ", text[between.end() :]
    if len(text) <= 2:
        return "0", "seconds", text
    return text[:-2], "", text[-2:]


def check_moments(start: int, end: int | None, *, lasts: int) -> None:
    """Both lie in the film, the end after the start. Raises ValidationError beside the one that does not."""
    if max(start, end or 0) > lasts:
        raise ValidationError({"start": _("Zo lang duurt het fragment niet.")})
    if end is not None and end <= start:
        raise ValidationError({"end": _("Het einde van het stuk film ligt na het begin.")})
