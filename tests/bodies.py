"""A body that is announced, and of which nothing may be read."""

from typing import Any

from django.test import Client

from tests.types import Response


class Unread:
    def read(self, *_size: int) -> bytes:
        raise AssertionError("The body was read.")

    readline = read


def announce(browser: Client, url: str, length: int | str, **headers: Any) -> Response:
    """Posts a form of so many bytes with a made-up CSRF token; AssertionError at the first byte that is asked for."""
    browser.cookies["csrftoken"] = "a" * 32
    body: dict[str, Any] = {
        "wsgi.input": Unread(),
        "CONTENT_LENGTH": str(length),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
    }
    return browser.generic("POST", url, b"", **body, **headers)
