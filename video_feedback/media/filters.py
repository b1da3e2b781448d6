"""What ffmpeg does with each picture on its way: whole, in time, small, and in ordinary colours."""

from fractions import Fraction
from math import ceil

from .probing import ShownTrack

LONG_SIDE, SHORT_SIDE = 1280, 720
MAX_RATE = 30
LOWEST_RATE = 5
PAPER_NITS, PEAK_NITS = 203, 1000
"""Reference white of HDR (ITU-R BT.2408), and how bright a phone's film is at most."""


def fitted_size(width: int, height: int) -> tuple[int, int]:
    """Return the size within 720p, lying or standing, of the same shape; even numbers, never larger."""
    long_side, short_side = max(width, height), min(width, height)
    factor = min(Fraction(1), Fraction(LONG_SIDE, long_side), Fraction(SHORT_SIDE, short_side))
    return max(2, round(width * factor / 2) * 2), max(2, round(height * factor / 2) * 2)


def fitted_rate(picture: ShownTrack) -> Fraction:
    """Return pictures a second: those of the film, or of a fast one every second or third; 30 where they vary."""
    if not picture.is_steady or picture.rate < LOWEST_RATE:
        return Fraction(MAX_RATE)
    return picture.rate / ceil(picture.rate / Fraction(MAX_RATE * 1001, 1000))


def filters_for(picture: ShownTrack, cut: str = "") -> str:
    """Return the chain of filters. Made small before anything else is done with colours, whatever its size.

    `cut` takes a piece, once each picture has its place in time.
    """
    width, height = fitted_size(picture.width, picture.height)
    steps = []
    if picture.is_interlaced:
        steps.append("bwdif=mode=send_frame:deint=interlaced")
    # From the begin of the film, also when the first picture comes late: it stands there until it moves.
    steps.append(f"fps={fitted_rate(picture)}:start_time=0")
    steps += [cut] if cut else []
    if picture.is_hdr:
        steps += [f"scale={width}:{height}", "format=yuv420p10le", *_to_ordinary_colours(picture)]
    else:
        steps += [f"scale={width}:{height}:out_range=tv", "format=yuv420p"]
    return ",".join([*steps, "setsar=1"])


def _to_ordinary_colours(picture: ShownTrack) -> list[str]:
    """Paper white stays as white as it may be; only what is brighter, such as a lamp, is pressed together.

    Of phones' films some tag the transfer only: the rest is then as the standard of HDR has it (ITU-R BT.2100).
    """
    primaries = picture.primaries if picture.primaries in {"bt709", "bt2020", "smpte432"} else "bt2020"
    matrix = picture.matrix if picture.matrix in {"bt709", "bt2020nc", "bt2020c", "smpte170m"} else "bt2020nc"
    full = "pc" if picture.range == "pc" else "tv"
    return [
        f"setparams=color_primaries={primaries}:color_trc={picture.transfer}:colorspace={matrix}:range={full}",
        f"zscale=t=linear:npl={PAPER_NITS},format=gbrpf32le",
        f"zscale=p=bt709,tonemap=mobius:param=0.9:peak={PEAK_NITS / PAPER_NITS:.2f}:desat=0",
        "zscale=t=bt709:m=bt709:r=tv,format=yuv420p",
    ]
