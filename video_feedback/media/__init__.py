"""What ffmpeg does for us: paths in, result out. Knows no models and no Django.

Films come from strangers' phones, and ffmpeg reads far more than films: a playlist renamed to .mp4 makes it open
other people's files. So nothing here trusts a file. The magic bytes are checked first; ffmpeg gets a list of
arguments, never a shell; protocols, containers and codecs are whitelisted; and every run is in a sandbox.
"""

from .converting import MAX_MINUTES, Converted, convert, fitted_size
from .faults import MediaError, Reason
from .probing import Probe, probe
from .sandbox import sandbox_problem

__all__ = [
    "MAX_MINUTES",
    "Converted",
    "MediaError",
    "Probe",
    "Reason",
    "convert",
    "fitted_size",
    "probe",
    "sandbox_problem",
]
