"""Words in an address: the code names a thing in English, and its reader sees a path in Dutch.

After the "?" the words are English. There they were Dutch once, and in a bookmark they still are: `asked` reads both.
"""

import re
from collections.abc import Mapping
from typing import ClassVar

from django.http import HttpRequest

ONCE_DUTCH = {
    "step": "stap",
    "choose": "kies",
    "group": "groepeer",
    "new": "nieuw",
    "play": "speel",
    "change": "wie",
    "page": "pagina",
}
"""Query words, each with what it was called before."""


def query_of(request: HttpRequest) -> str:
    """All of them, as they came: for who hands them on to another page."""
    return request.GET.urlencode()


def asked(request: HttpRequest, word: str) -> str | None:
    """What the address says of `word` after its "?"; "" for a word without a value, None where it is not there."""
    return request.GET.get(word, request.GET.get(ONCE_DUTCH.get(word, word)))


class WordConverter:
    """One of a few words in a path. An unknown one fits no route, so that it is a 404."""

    regex: str
    dutch: ClassVar[dict[str, str]]
    english: ClassVar[dict[str, str]]

    def to_python(self, value: str) -> str:
        return self.english[value]

    def to_url(self, value: str) -> str:
        # A ValueError is how `reverse` hears that this is none of the keys.
        if value not in self.dutch:
            raise ValueError(value)
        return self.dutch[value]


def words(dutch: Mapping[str, str]) -> type[WordConverter]:
    """A path converter from a mapping of English keys to Dutch words, for `register_converter`.

    With `{"pause": "stil"}` as `lead_step`, `<lead_step:step>` matches "stil" and the view gets "pause"; `reverse`
    takes "pause".
    """
    return type(
        "Words",
        (WordConverter,),
        {
            "dutch": dict(dutch),
            "english": {word: key for key, word in dutch.items()},
            "regex": "|".join(re.escape(word) for word in dutch.values()),
        },
    )
