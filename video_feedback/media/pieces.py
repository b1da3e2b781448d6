"""A piece of a recording: which pictures it has, and what the recording then says of itself. Exact to the picture."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from .filters import fitted_rate
from .probing import Probe, ShownTrack

RUN_UP = 20
"""Seconds before the piece from which ffmpeg reads on: more than the widest gap between pictures to begin at, and as a
container without a list of its pictures is sought in."""


@dataclass(frozen=True)
class Piece:
    """In ms from the begin of the recording; without `end_ms` it goes on to the end."""

    start_ms: int
    end_ms: int | None = None

    def of(self, facts: Probe) -> Probe:
        """What a recording with these facts would say, if the piece were all of it."""
        picture, sound = facts.picture, facts.sound
        return replace(
            facts,
            picture=replace(
                picture, start_ms=max(0, picture.start_ms - self.start_ms), end_ms=self._within(picture.end_ms)
            ),
            sound=replace(sound, end_ms=self._within(sound.end_ms)) if sound else None,
            duration_ms=self._within(facts.duration_ms),
        )

    def _within(self, ms: int | None) -> int | None:
        if ms is None:
            return None if self.end_ms is None else self.end_ms - self.start_ms
        return max(0, min(ms, ms if self.end_ms is None else self.end_ms) - self.start_ms)

    def cuts_of(self, picture: ShownTrack) -> "Cuts":
        """The first picture is the one that is shown from `start_ms` on, the last the one before `end_ms`."""
        rate = fitted_rate(picture)
        first = ceil(self.start_ms * rate / 1000)
        sought = max(0, first - ceil(RUN_UP * rate))
        end = None if self.end_ms is None else max(first + 1, ceil(self.end_ms * rate / 1000)) - sought
        return Cuts(rate, sought, first - sought, end)


@dataclass(frozen=True)
class Cuts:
    """The piece in pictures of the converted film. `sought`: from which on the recording is read at all."""

    rate: Fraction
    sought: int
    first: int
    end: int | None

    @property
    def seeking(self) -> list[str]:
        """For before the recording is named. On a picture, so that all others keep their places."""
        return ["-ss", _seconds(self.sought / self.rate)] if self.sought else []

    @property
    def of_picture(self) -> str:
        """For right behind `fps`, by which each picture has its number."""
        end = "" if self.end is None else f":end_frame={self.end}"
        return f"trim=start_frame={self.first}{end},setpts=PTS-STARTPTS"

    @property
    def of_sound(self) -> str:
        """From the moment of the first picture."""
        end = "" if self.end is None else f":end={_seconds(self.end / self.rate)}"
        return f"atrim=start={_seconds(self.first / self.rate)}{end},asetpts=PTS-STARTPTS"


def _seconds(time: Fraction) -> str:
    return f"{float(time):.6f}"
