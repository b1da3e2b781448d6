"""Every route of the portal, as the resolver knows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Found:
    pattern: URLPattern
    namespaces: tuple[str, ...]

    @property
    def name(self) -> str:
        """As `reverse()` takes it: `meetings:detail`."""
        return ":".join([*self.namespaces, str(self.pattern.name)])

    @property
    def is_own(self) -> bool:
        """Made by `route()`, and not by a package of others."""
        return hasattr(self.pattern.callback, "who")


def every_route() -> list[Found]:
    return list(_walk(get_resolver().url_patterns, ()))


def _walk(patterns: Iterable[URLPattern | URLResolver], namespaces: tuple[str, ...]) -> Iterable[Found]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield Found(pattern, namespaces)
