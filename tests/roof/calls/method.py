"""How each service of the method is called."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from netwerkleren.method.models import MethodLink
from netwerkleren.method.services import links

from ..scene import Scene

ADDRESS = "https://films.example/wachten"


def _remove(on: Scene) -> None:
    link = MethodLink.objects.create(group=on.group, subject="space", title="Wachten", link=ADDRESS)
    links.remove_link(actor=on.coach.user, link=link)


CALLS: dict[str, Callable[[Scene], Any]] = {
    "netwerkleren.method.links.add_link": lambda on: links.add_link(
        actor=on.coach.user, group=on.group, key=uuid4(), subject="space", title="Wachten", link=ADDRESS
    ),
    "netwerkleren.method.links.remove_link": _remove,
}
