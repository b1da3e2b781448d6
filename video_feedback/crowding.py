"""How many recordings come in at once: a body that stalls holds a thread of the web server as long as it likes."""

import fcntl
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from .room import PATIENCE, Refused

AT_ONCE = 4
"""Recordings of one person that come in at the same time."""
THREADS_OF_ONE = 16
"""Requests of one person that this process has in hand; a phone in a tunnel leaves some behind that are dead."""
THREADS = 100
"""Requests of everyone that this process has in hand; the web server has 128 threads, and pages need some."""

_in_hand: Counter[object] = Counter()
_counting = Lock()


@contextmanager
def one_of_few(person: object, recording: UUID) -> Iterator[None]:
    """While a recording comes in. Refuses with 503 what is one too many, of this person or of all."""
    with ExitStack() as ends:
        with _counting:
            if _in_hand.total() >= THREADS or _in_hand[person] >= THREADS_OF_ONE:
                raise _too_many(_("Er komen nu veel opnames binnen. We proberen het zo weer."))
            _in_hand[person] += 1
        ends.callback(_let_go, person)
        ends.callback(os.close, _place_of(person, recording))
        yield


def _let_go(person: object) -> None:
    with _counting:
        _in_hand[person] -= 1
        if not _in_hand[person]:
            del _in_hand[person]


def _place_of(person: object, recording: UUID) -> int:
    """An open file that is locked as long as this request lasts: other processes count the locked ones."""
    folder = Path(settings.VAR_DIR) / "busy" / str(person)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    door = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(door, fcntl.LOCK_EX)
        others = [path for path in folder.iterdir() if path.name != str(recording) and _is_busy(path)]
        if len(others) >= AT_ONCE:
            raise _too_many(
                _("Je verstuurt al %(count)d opnames tegelijk. Deze gaat verder als er een klaar is.")
                % {"count": AT_ONCE}
            )
        place = os.open(folder / str(recording), os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(place, fcntl.LOCK_SH)
        return place
    finally:
        os.close(door)


def _is_busy(path: Path) -> bool:
    """Whether a request holds it; what nobody holds is taken away. Call it with the door closed."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        path.unlink(missing_ok=True)
        return False
    finally:
        os.close(descriptor)


def _too_many(words: str) -> Refused:
    return Refused(503, words, {"Retry-After": str(PATIENCE)})
