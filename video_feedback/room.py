"""How much room there is for recordings: what may come in, and the refusal that says why it may not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import OperationalError
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netwerkleren.base import disk
from netwerkleren.base.faults import Missing, what_is_missing

from . import receiving
from .models import Clip

GIB = 1024**3
MAX_GIB = 2
MAX_LENGTH = MAX_GIB * GIB
"""Of one recording, in bytes. Its longest time is in `media`."""
RECORDING_TOO_LARGE = format_lazy(
    gettext_lazy("Deze opname is groter dan {size} GB. Maak eerst een korter fragment."), size=MAX_GIB
)
PER_PERSON = 6 * GIB
PER_GROUP = 60 * GIB
MAX_WAITING = 10
"""Recordings of one person that come in, wait or are converted."""
PATIENCE = 10
"""After how many seconds it is worth another try."""


class Refused(Exception):
    """The recording may not come in. `status` is the HTTP status, with `headers`; the text is for the reader."""

    def __init__(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.headers = headers or {}


@contextmanager
def refusing_when_full() -> Iterator[None]:
    """While something is written, to the disk or to the database on it: a full one refuses with a sentence."""
    try:
        yield
    except (OSError, OperationalError) as problem:
        if what_is_missing(problem) is Missing.DISK:
            raise _no_room() from None
        raise


@contextmanager
def refusing_when_away() -> Iterator[None]:
    """While bytes go to their store: one that is away, or that another request writes in, refuses with a sentence."""
    try:
        yield
    except receiving.StoreAway:
        words = _("De opslag is nu even niet bereikbaar. Probeer het zo nog eens.")
        raise Refused(503, words, {"Retry-After": str(PATIENCE)}) from None
    except receiving.Overtaken:
        words = _("Deze opname gaat in een ander venster verder.")
        raise Refused(409, words, {"Upload-Overtaken": "1"}) from None


def _no_room() -> Refused:
    return Refused(507, _("Er is nu te weinig ruimte op de server. Probeer het later nog eens."))


def check(*, clip: Clip, length: int, on_disk: bool = True) -> None:
    """Raises Refused when a recording of so many bytes is too large, or when person, group or disk have no room.

    `on_disk`: here is where the bytes come.
    """
    if length <= 0:
        raise Refused(400, _("Dit bestand is leeg. Kies een andere opname."))
    if length > MAX_LENGTH:
        raise Refused(413, str(RECORDING_TOO_LARGE))
    if is_crowded(clip=clip):
        raise Refused(429, crowded())
    left, size = room_left(clip=clip), {"size": filesizeformat(length)}
    if length > left.own:
        words = _("Je hebt geen ruimte meer voor deze opname van %(size)s: nog %(left)s. Wis eerst een ander fragment.")
        raise Refused(413, words % {**size, "left": filesizeformat(left.own)})
    if length > left.group:
        words = _(
            "De groep heeft geen ruimte meer voor deze opname van %(size)s: nog %(left)s. Vraag je coach om raad."
        )
        raise Refused(413, words % {**size, "left": filesizeformat(left.group)})
    if not disk.has_room(length if on_disk else 0, folder=Path(settings.UPLOAD_DIR)):
        raise _no_room()


@dataclass(frozen=True)
class RoomLeft:
    """Bytes that may still come in, beside what is stored or announced for other fragments."""

    own: int
    group: int


def room_left(*, clip: Clip) -> RoomLeft:
    """Of the person who sends the recording of this fragment, and of its group."""
    return RoomLeft(
        own=max(0, PER_PERSON - _in_use(clip, of_group=False)), group=max(0, PER_GROUP - _in_use(clip, of_group=True))
    )


def is_crowded(*, clip: Clip) -> bool:
    """Whether so many other recordings of this person are on their way that this one has to wait."""
    theirs = Clip.objects.on_their_way().filter(uploaded_by__user=clip.uploaded_by.user_id)
    return theirs.exclude(pk=clip.pk).count() >= MAX_WAITING


def crowded() -> str:
    """What is said then."""
    return _("Er zijn al %(n)d opnames van jou onderweg. Wacht tot er een klaar is, of wis er een.") % {
        "n": MAX_WAITING
    }


def _in_use(clip: Clip, *, of_group: bool) -> int:
    """Bytes that are stored or announced, by this person or in this group."""
    clips = (
        Clip.objects.filter(owner__group=clip.group)
        if of_group
        else Clip.objects.filter(uploaded_by__user=clip.uploaded_by.user_id)
    )
    sums = clips.exclude(pk=clip.pk).aggregate(stored=Sum("size"), coming=Sum("upload__length"))
    return (sums["stored"] or 0) + (sums["coming"] or 0)
