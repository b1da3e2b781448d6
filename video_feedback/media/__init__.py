"""What ffmpeg does for us: paths in, result out. Knows no models and no Django.

Films come from strangers' phones, and ffmpeg reads far more than films: a playlist renamed to .mp4 makes it open
other people's files. So nothing here trusts a file. The magic bytes are checked first; ffmpeg gets a list of
arguments, never a shell, and the one container that those bytes begin; protocols, containers and decoders are
whitelisted; and every run is in a sandbox. Nothing is asked of a film but what is used: tracks that nobody sees or
hears, and tags, neither break it nor fill the memory.
"""

from .converting import MAX_MINUTES, Converted, convert
from .faults import MediaError, Reason
from .filters import fitted_size
from .kinds import HEAD, refusal_of
from .pieces import Piece
from .probing import Probe, probe
from .sandbox import sandbox_problem

__all__ = [
    "HEAD",
    "MAX_MINUTES",
    "Converted",
    "MediaError",
    "Piece",
    "Probe",
    "Reason",
    "convert",
    "fitted_size",
    "probe",
    "refusal_of",
    "sandbox_problem",
]
