"""How our words are read: which sentences a page has, and whether a run of them is the playbook's."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

RUN = 8
"""Words. A run of so many that the playbook has too was taken over from it."""
HASH = 5
RUNS = Path(__file__).with_name("playbook_runs.bin").read_bytes()
"""Of each run of the playbook the first bytes of its hash: none of its sentences is in this repository."""
KNOWN = {RUNS[place : place + HASH] for place in range(0, len(RUNS), HASH)}
WORD = re.compile(r"\w+")
BLOCKS = ("p", "li", "h1", "h2", "text")


def runs_of(text: str) -> Iterator[str]:
    words = WORD.findall(text.lower())
    return (" ".join(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def taken_over(text: str) -> list[str]:
    return [run for run in runs_of(text) if sha256(run.encode()).digest()[:HASH] in KNOWN]


class _Blocks(HTMLParser):
    """The text of each block in the <article> of a page, without its footer."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._in_article = self._in_footer = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._in_article |= tag == "article"
        self._in_footer |= tag == "footer"
        if tag in BLOCKS:
            self.found.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._in_article = False
        if tag == "footer":
            self._in_footer = False

    def handle_data(self, data: str) -> None:
        if self._in_article and not self._in_footer and self.found:
            tag, text = self.found[-1]
            self.found[-1] = tag, text + data


def blocks_of(html: str, *tags: str) -> list[str]:
    parser = _Blocks()
    parser.feed(html)
    return [" ".join(text.split()) for tag, text in parser.found if tag in tags and text.strip()]


def sentences_of(blocks: Iterable[str]) -> list[str]:
    """A sentence ends with a full stop, a question mark or an exclamation mark, and at the end of its block; a colon
    ends none."""
    return [
        sentence for block in blocks for sentence in re.split(r"(?<=[.!?])[”’]?\s+", block) if WORD.search(sentence)
    ]
