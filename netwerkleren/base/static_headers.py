"""What a static file says of itself (docs/security.md O1). It knows no settings, since these name it."""

from collections.abc import MutableMapping

NOTHING = "default-src 'none'; frame-ancestors 'none'"
"""A file that is opened as a page, such as a drawing, loads and runs nothing; a worker would take this policy too."""


def headers_of_file(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """For WhiteNoise: adds to `headers` of the file at `path`, which is served at `url`."""
    headers["Content-Security-Policy"] = NOTHING
