"""How much of a film came through: what ffmpeg says of what it stepped over, and what the lengths say."""

import re
from dataclasses import dataclass, field

from .filters import fitted_rate
from .kinds import Container
from .made import Made
from .probing import Probe

NOTICED_MS = 75
"""A shorter end that is missing is not told: two pictures, which the clock of a track may be off."""
LOOSE_MS = 500
"""The same where only the length of the longest track is known; and of a gap, since a camera skips a picture too."""
NOTICED_PACKETS = 10
"""Of sound, a fifth of a second."""

_LOST = re.compile(r"Error while decoding stream #0:([0-9]+)")
_SCRAMBLED = re.compile(r"corrupt decoded frame in stream ([0-9]+)")
_PATCHED = re.compile(r"concealing [0-9]+ DC, [0-9]+ AC, [0-9]+ MV errors")
_BROKEN = re.compile(r"^\[(?:matroska,webm|mpegts|mpeg|avi|in#0) @ \S+\] \[error\]|corrupt input packet|Packet corrupt")
_REPEATED = re.compile(r"Parsed_fps_\d+ .* (\d+) frames duplicated")


@dataclass
class Steps:
    """What ffmpeg stepped over, heard while it runs."""

    lost: dict[int, int] = field(default_factory=dict)
    """How many packets could not be read, by the number of their track."""
    patched: int = 0
    """Pictures that were read in part, and made up for the rest."""
    is_broken: bool = False
    """A piece of the file itself could not be read."""
    repeated: int = 0
    """Pictures that stand in for others."""

    def heed(self, line: str) -> None:
        if match := _LOST.search(line) or _SCRAMBLED.search(line):
            track = int(match[1])
            self.lost[track] = self.lost.get(track, 0) + 1
        elif match := _REPEATED.search(line):
            self.repeated = int(match[1])
        elif _PATCHED.search(line):
            self.patched += 1
        elif _BROKEN.search(line):
            self.is_broken = True


def percent_there(source: Probe, result: Made, steps: Steps) -> int:
    """Return how much of the pictures of the recording is in the film: 100 when nothing is known to be missing."""
    picture = source.picture
    came = result.picture_ms
    announced = picture.end_ms or came
    if came > announced - (NOTICED_MS if picture.is_end_known else LOOSE_MS):
        announced = came
    missing = announced - came + _gaps_ms(source, steps)
    short = (source.duration_ms or 0) - result.duration_ms
    if short > max(LOOSE_MS, missing):
        # The file says that it is longer than its tracks do.
        missing, announced = short, source.duration_ms or 0
    if missing <= 0:
        return 100
    return max(0, min(99, round(100 - 100 * missing / announced)))


def _gaps_ms(source: Probe, steps: Steps) -> float:
    picture = source.picture
    rate = fitted_rate(picture)
    lost_ms = 1000 * max(steps.lost.get(picture.index, 0), steps.patched) / max(picture.rate, rate)
    # Where the file has no list of its pictures, a piece of it that is gone shows in those that stand in for it.
    if steps.is_broken and source.container is not Container.MP4:
        repeated_ms = 1000 * steps.repeated / rate - picture.start_ms
        if repeated_ms >= LOOSE_MS:
            return float(max(lost_ms, repeated_ms))
    return float(lost_ms)


def has_lost_sound(source: Probe, result: Made, steps: Steps) -> bool:
    """Whether sound of the recording, all of it or a part, is not in the film."""
    if source.sound is None:
        return source.has_unreadable_sound
    if result.sound_ms is None or steps.lost.get(source.sound.index, 0) >= NOTICED_PACKETS:
        return True
    if source.sound.end_ms is None:
        return False
    return result.sound_ms < min(source.sound.end_ms, result.picture_ms) - LOOSE_MS
