"""Mail by SMTP, which says when the server is about to get the text."""

from collections.abc import Callable
from typing import Any

from django.core.mail.backends import smtp


class EmailBackend(smtp.EmailBackend):
    """Django's. Until `before_text` is called the server has nothing of a mail but an address: it may be sent again."""

    before_text: Callable[[], None] | None = None

    @property
    def connection_class(self) -> Any:
        backend = self
        kind: Any = super().connection_class

        class Connection(kind):  # type: ignore[misc]
            def data(self, msg: bytes) -> Any:
                if backend.before_text is not None:
                    backend.before_text()
                return super().data(msg)

        return Connection
