"""The one door for text that comes in: letters and line ends, and nothing that a reader cannot see.

Word puts a vertical tab where a line breaks, a PDF leaves control characters in what is copied from it, and PostgreSQL
refuses a NUL. Forms come through `PlainBoundField` (`fields.py`), addresses and headers through `PlainTextMiddleware`;
what comes in another way calls a function of this module itself.
"""

import re
import unicodedata

LINE_END = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Controls that neither begin a line nor are a tab, halves of a character, and what is no character at all."""

_SPACES = {"Zs", "Zl", "Zp"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_BLANKS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]")
"""What Unicode counts as letters or marks, and nobody sees."""


def plain(text: str) -> str:
    """Every line end as a line feed, and no other control character than the tab."""
    return CONTROL.sub("", LINE_END.sub("\n", text))


def one_line(text: str) -> str:
    """For what is one line: line ends and tabs are spaces too."""
    return CONTROL.sub("", LINE_END.sub(" ", text).replace("\t", " "))


def only_seen(text: str) -> str:
    """For what a machine reads, an e-mail address or a link: nothing in it is invisible, and no space is special.

    A space within stays, so that the check of the address says that it is wrong.
    """
    seen = _BLANKS.sub("", one_line(text))
    kinds = ((letter, unicodedata.category(letter)) for letter in seen)
    return "".join(" " if kind in _SPACES else letter for letter, kind in kinds if kind not in _UNSEEN).strip()
