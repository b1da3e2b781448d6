"""Words in an address: the code names a thing in English, and its reader sees it in Dutch."""

import re
from collections.abc import Mapping
from typing import ClassVar


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
