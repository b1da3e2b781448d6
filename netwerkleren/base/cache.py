"""The cache that all processes share, in the database."""

from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connections, router, transaction

from .faults import what_is_missing


class SharedCache(DatabaseCache):
    """Django's, which keeps silent when it cannot write.

    Then whoever counts in it would speak of haste, where the disk is full or the database away.
    """

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        failures: list[DatabaseError] = []

        def remember(execute: Callable[..., Any], *arguments: Any) -> Any:
            try:
                return execute(*arguments)
            except DatabaseError as failure:
                failures.append(failure)
                raise

        database = router.db_for_write(self.cache_model_class)
        # Its transaction is within ours, so that also what fails only when it is committed comes out.
        with transaction.atomic(using=database), connections[database].execute_wrapper(remember):
            done: bool = super()._base_set(mode, key, value, timeout)  # type: ignore[misc]  # the stubs do not know it
            for failure in failures:
                if what_is_missing(failure):
                    raise failure
        return done
