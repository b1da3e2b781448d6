"""An address as a QR code: drawn here, so that no service of another learns of it."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4
"""The white edge that a camera needs, in squares (ISO/IEC 18004)."""


def qr_of(address: str, label: str) -> SafeString:
    """An SVG as large as its place, black on white in the dark theme too. `label` says in words where it leads."""
    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    squares = code.get_matrix()
    drawn = "".join(f"M{x},{y}h1v1h-1z" for y, line in enumerate(squares) for x, is_dark in enumerate(line) if is_dark)
    return format_html(
        '<svg class="qr-code" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path fill="#000" d="{2}"/></svg>',
        len(squares),
        label,
        SafeString(drawn),
    )
