"""Which questions may be about the same: by the words that they have in common.

It only points. The group reads both and lays them together, or not.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

from .searching import words_in

K = TypeVar("K", bound=Hashable)

MOST = 20
"""Of the likeliest, so many are shown."""
LIKE = 1 / 5
"""One word that two short questions share, of so few that say something."""
SEEN_AT_A_GLANCE = 10
"""With so many questions, or fewer, a group sees by itself which belong together."""

STOP_WORDS = frozenset(
    words_in("""
    aan af al alle alleen allemaal als altijd ander andere anders ben bent bij bijvoorbeeld binnen blijf blijft
    blijven bovendien dan dat de deze die dit doe doen doet door dus echt een eens eigen elk elke en er erg even ga
    gaan gaat geef geeft geen geven goed haar had hadden heb hebben heeft hem hen het hier hij hoe hoor houd houden
    houdt hun iemand iets ik in is ja jaar je jij jou jouw juist kan kom komen komt krijg krijgen krijgt kun kunnen
    laat laten leg leggen legt liever maak maakt maar mag maken me mee meer meest men met mij mijn misschien moet
    moeten mogelijk na naar niet niets nog nooit nou nu of om omdat ondanks ons onze ook op over pas praat praten
    samen soms steeds te tegen terwijl toch toe tot tussen u uit uw vaak van veel vertel vertellen vind vinden vindt
    voor waar waarom wanneer want was wat wel welk welke werk werken wie wij wil willen word worden wordt ze zeg
    zeggen zegt zelf zich zij zijn zo zoals zonder zorg zorgen zou zouden zullen
    """)
)
"""Dutch words that say nothing of what a question is about, folded."""

OF_EVERY_CLASSROOM = frozenset(
    words_in("""
    groep groepen help helpen hulp juf kind kinderen klas klasgenoten klassen leerkracht leerkrachten leerling
    leerlingen les lessen meester omgaan scholen school vraag vragen
    """)
)
"""Words that every teacher has in every question."""

_ENDINGS = ("tjes", "jes", "tje", "en", "je", "s", "e")
_SHORTEST = 4


@dataclass(frozen=True)
class Overlap(Generic[K]):
    """Two questions, in the order in which they came, and the words that they share, as they stand in the first."""

    first: K
    second: K
    words: tuple[str, ...]


def likely_overlaps(questions: Sequence[tuple[K, str]], *, theme: str = "") -> list[Overlap[K]]:
    """The likeliest first. Words of the theme, and words that most of the questions have, tell nothing apart."""
    roots = {key: _roots_in(text) for key, text in questions}
    seen_in = Counter(root for found in roots.values() for root in found)
    common = {
        root for root, count in seen_in.items() if len(questions) > SEEN_AT_A_GLANCE and count * 2 > len(questions)
    }
    common |= set(_roots_in(theme))
    told = {key: {root: word for root, word in found.items() if root not in common} for key, found in roots.items()}
    same = {key: words_in(text) for key, text in questions}
    found: list[tuple[float, Overlap[K]]] = []
    for (first, _text), (second, _other) in combinations(questions, 2):
        shared = [root for root in told[first] if root in told[second]]
        likeness = len(shared) / (len(told[first].keys() | told[second].keys()) or 1)
        is_same = bool(same[first]) and same[first] == same[second]
        if is_same or len(shared) > 1 or likeness >= LIKE:
            words = tuple(told[first][root] for root in shared)
            found.append((1.0 if is_same else likeness, Overlap(first, second, words)))
    found.sort(key=lambda one: -one[0])  # A stable sort: equal ones stay as they came.
    return [overlap for _likeness, overlap in found[:MOST]]


def _roots_in(text: str) -> dict[str, str]:
    """What is left of the words that say something, by which two forms of one word are the same; with the word."""
    words = [word for word in words_in(text) if len(word) > 2 and not word.isdigit()]
    told = [word for word in words if word not in STOP_WORDS and word not in OF_EVERY_CLASSROOM]
    roots: dict[str, str] = {}
    for word in told:
        roots.setdefault(_root_of(word), word)
    return roots


def _root_of(word: str) -> str:
    """Without its endings: "knikkertjes" and "knikker" are one, and so are "grappen" and "grap"."""
    shorter = next((root for ending in _ENDINGS if (root := word.removesuffix(ending)) != word), word)
    if shorter == word or len(shorter) < _SHORTEST:
        return word
    is_doubled = shorter[-1] == shorter[-2] and shorter[-1] not in "aeiou"
    return _root_of(shorter[:-1] if is_doubled else shorter)
