"""What may be away under a running portal, told from the exception that it ends in (docs/security.md F2)."""

import errno
import re
from enum import Enum

from django.db import InterfaceError, OperationalError

FULL = {errno.ENOSPC, errno.EDQUOT}

_IN_THE_QUESTION = re.compile(r"no such |near ")
"""SQLite says so of a query that is wrong, in the same class as of a file that is away."""


class Missing(Enum):
    DATABASE = "database"
    DISK = "disk"


def what_is_missing(problem: BaseException | None) -> Missing | None:
    """None for a fault that is the portal's own."""
    if isinstance(problem, OSError) and problem.errno in FULL:
        return Missing.DISK
    if isinstance(problem, OperationalError | InterfaceError) and not _IN_THE_QUESTION.match(str(problem)):
        # SQLite says "database or disk is full", PostgreSQL "No space left on device".
        is_full = any(words in str(problem) for words in ("disk is full", "No space left"))
        return Missing.DISK if is_full else Missing.DATABASE
    return None
