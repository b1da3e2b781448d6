"""What no log may hold: the token in a link of a mail (docs/security.md X2). Who reads the log could use it."""

import logging
import re

TOKEN = re.compile(
    r"(/(?:uitnodiging|expert|tweede-stap|account/password/reset/key|account/confirm-email)/)[^/\s?\"']+"
)


class MaskTokens(logging.Filter):
    """Puts dots in the place of a token, wherever an address with one stands in the line."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        masked = TOKEN.sub(r"\1…", line)
        if masked != line:
            record.msg, record.args = masked, None
        return True


def mask_web_server() -> None:
    """Granian's loggers have handlers of their own, made before our settings are read."""
    for name in ("granian.access", "_granian"):
        logging.getLogger(name).addFilter(MaskTokens())
