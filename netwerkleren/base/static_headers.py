"""What a static file says of itself (docs/security.md O1). It knows no settings, since these name it."""

from collections.abc import MutableMapping

NOTHING = "default-src 'none'; frame-ancestors 'none'"
"""A file that is opened as a page, such as a drawing, loads and runs nothing; a worker would take this policy too."""


OWN_SCRIPTS_ALONE = "default-src 'none'; script-src 'self'"
"""A worker takes the policy of its own answer, and not that of the page: what reads a recording on the device can ask
nothing of anyone, and so send nothing to anyone (docs/security.md U8)."""
WORKERS = "/js/workers/"


def headers_of_file(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """For WhiteNoise: adds to `headers` of the file at `path`, which is served at `url`."""
    headers["Content-Security-Policy"] = OWN_SCRIPTS_ALONE if WORKERS in url else NOTHING
