"""Why a film could not be used."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a film could not be used. The words for the reader are in `video_feedback/_reason.html`."""

    EMPTY = "empty"
    NOT_A_FILM = "not_a_film"
    PLAYLIST = "playlist"
    STILL = "still"
    NO_PICTURE = "no_picture"
    PROTECTED = "protected"
    RAW = "raw"
    UNKNOWN_CODEC = "unknown_codec"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    PAST_END = "past_end"
    TOO_HEAVY = "too_heavy"
    DAMAGED = "damaged"
    OUT_OF_SPACE = "out_of_space"
    TIMEOUT = "timeout"
    NO_SANDBOX = "no_sandbox"


class MediaError(Exception):
    """`reason` is for the user, `detail` for the log: ffmpeg's own last words, which hold no names.

    `what` is for the user too: the name of what the film is made as, where the sentence needs it.
    """

    def __init__(self, reason: Reason, detail: str = "", *, what: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
        self.what = what
