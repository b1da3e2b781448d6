"""Which letters the fonts of this machine have, as fontconfig knows: Pango finds its fonts there too.

Asked of that library itself, by five of its functions. To ask Pango is to load all of it, which a web process does not.
"""

import ctypes
import ctypes.util
import unicodedata
from functools import cache
from typing import Any

VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
SYSTEM_FONTS = 0
MATCH = 0


def is_invisible(letter: str) -> bool:
    """What has no picture of its own, in whatever font: joiners, marks of direction, variation selectors."""
    code = ord(letter)
    return unicodedata.category(letter) in ("Cf", "Cc") or any(code in row for row in VARIATION_SELECTORS)


def has_font(letter: str) -> bool:
    has_char = _fontconfig().FcCharSetHasChar
    return any(has_char(charset, ord(letter)) for charset in _charsets())


class _FontSet(ctypes.Structure):
    """FcFontSet of fontconfig.h."""

    _fields_ = (("nfont", ctypes.c_int), ("sfont", ctypes.c_int), ("fonts", ctypes.POINTER(ctypes.c_void_p)))


@cache
def _fontconfig() -> Any:
    library = ctypes.CDLL(ctypes.util.find_library("fontconfig") or "libfontconfig.so.1")
    library.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
    library.FcConfigGetFonts.restype = ctypes.POINTER(_FontSet)
    library.FcConfigGetFonts.argtypes = [ctypes.c_void_p, ctypes.c_int]
    charset = ctypes.POINTER(ctypes.c_void_p)
    library.FcPatternGetCharSet.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, charset]
    library.FcCharSetHasChar.argtypes = [ctypes.c_void_p, ctypes.c_uint32]
    return library


@cache
def _charsets() -> tuple[ctypes.c_void_p, ...]:
    """Of each font what it has. They live as long as their configuration, which nobody ever takes down."""
    library = _fontconfig()
    found = library.FcConfigGetFonts(library.FcInitLoadConfigAndFonts(), SYSTEM_FONTS).contents
    charsets = []
    for font in found.fonts[: found.nfont]:
        charset = ctypes.c_void_p()
        if library.FcPatternGetCharSet(font, b"charset", 0, ctypes.byref(charset)) == MATCH:
            charsets.append(charset)
    return tuple(charsets)
