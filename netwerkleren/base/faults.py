"""What may be away under a running portal, told from the exception that it ends in (docs/security.md F2)."""

import re
from enum import Enum

from django.db import InterfaceError, OperationalError

from . import disk

_IN_THE_QUESTION = re.compile(r"no such |near ")
"""SQLite says so of a query that is wrong, in the same class as of a file that is away."""
_DISK_FULL = "53100"
"""PostgreSQL's code; its words are in the language of the server."""


class Missing(Enum):
    DATABASE = "database"
    DISK = "disk"


def what_is_missing(problem: BaseException | None) -> Missing | None:
    """None for a fault that is the portal's own."""
    if isinstance(problem, OSError) and problem.errno in disk.FULL:
        return Missing.DISK
    if isinstance(problem, OperationalError | InterfaceError) and not _IN_THE_QUESTION.match(str(problem)):
        return Missing.DISK if _is_for_lack_of_room(problem) else Missing.DATABASE
    return None


def _is_for_lack_of_room(problem: Exception) -> bool:
    """SQLite says "database or disk is full", PostgreSQL "No space left on device".

    On a full disk SQLite has other words too, such as "disk I/O error" where it cannot begin its journal.
    """
    if any(words in str(problem) for words in ("disk is full", "No space left")):
        return True
    return getattr(problem.__cause__, "sqlstate", None) == _DISK_FULL or disk.is_full()
