"""A typed text as it is set in print: headings, lists as lists, paragraphs."""

import re
from dataclasses import dataclass
from typing import Literal

from ..interviews.protocol import PARTS

LIST_LINE = re.compile(r"^\s*[-•*–]\s+(?P<words>\S.*)$")


@dataclass(frozen=True)
class Passage:
    kind: Literal["heading", "list", "text"]
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def blocks_of(text: str) -> list[Passage]:
    """A line that is the title of a part of the interview is a heading: a story starts as the notes below those."""
    titles = {str(part.title) for part in PARTS}
    blocks: list[Passage] = []
    is_open = False
    for line in text.splitlines():
        words, listed = line.strip(), LIST_LINE.match(line)
        if not words:
            is_open = False
        elif words in titles:
            blocks.append(Passage("heading", (words,)))
            is_open = False
        else:
            kind: Literal["list", "text"] = "list" if listed else "text"
            said = listed["words"].strip() if listed else words
            if is_open and blocks and blocks[-1].kind == kind:
                blocks[-1] = Passage(kind, (*blocks[-1].lines, said))
            else:
                blocks.append(Passage(kind, (said,)))
            is_open = True
    return blocks
