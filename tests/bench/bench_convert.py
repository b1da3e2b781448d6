"""bin/bench convert: what the conversion of a film costs beside the same arguments of ffmpeg by hand.

Whole and by hand in turn: looked into first, in the sandbox, and checked afterwards; against the bare command, without
a sandbox. The figure is the median of seven.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.figures import Figures
from tests.video_feedback.films import make_film
from video_feedback import media
from video_feedback.media.converting import film_command

TURNS = 7
RATIO = 1.05
SECONDS = 30
SIZE = "1920x1080"


def seconds_of(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def main() -> int:
    figures = Figures("convert")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = make_film(folder / "film.mp4", seconds=SECONDS, size=SIZE)
        target = folder / "target"
        target.mkdir()
        by_hand = film_command(media.probe(source), f"file:{source}", f"file:{folder}")

        def convert_by_hand() -> None:
            subprocess.run([by_hand[0], "-y", *by_hand[1:]], check=True, capture_output=True, timeout=600)

        convert_by_hand()
        pairs = [
            (seconds_of(lambda: media.convert(source, target)), seconds_of(convert_by_hand)) for _turn in range(TURNS)
        ]
    wholes, bares = zip(*pairs, strict=True)
    print(f"whole {median(wholes):.2f} s, by hand {median(bares):.2f} s")
    figures.say("ratio", round(median(whole / bare for whole, bare in pairs), 3), "x", RATIO)
    return 1 if figures.is_over else 0


if __name__ == "__main__":
    sys.exit(main())
