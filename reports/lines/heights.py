"""A height on the line in words. It is stored as 0 to 100 and never shown as a number (docs/domain.md#line)."""

from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS = (
    (0, gettext_lazy("zelden")),
    (25, gettext_lazy("soms")),
    (50, gettext_lazy("regelmatig")),
    (75, gettext_lazy("vaak")),
    (100, gettext_lazy("heel vaak")),
)
ABSENT = gettext_lazy("niet geweest")

# A word holds for the heights near it; what lies further off is between two words.
NEAR = 6


def in_words(value: int | None) -> str:
    """ "soms", "tussen soms en regelmatig", or "niet geweest" for None."""
    if value is None:
        return str(ABSENT)
    for (low, below), (high, above) in pairwise(WORDS):
        if value <= low + NEAR:
            return str(below)
        if value < high - NEAR:
            return _("tussen %(below)s en %(above)s") % {"below": below, "above": above}
    return str(WORDS[-1][1])


def choices() -> list[tuple[int, str]]:
    """The heights of the list, from many to few: each word and each between."""
    steps = [low for low, _word in WORDS] + [13, 38, 63, 88]
    return [(value, in_words(value)) for value in sorted(steps, reverse=True)]
