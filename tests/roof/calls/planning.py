"""How each service of planning is called."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from groups.addresses import Address
from netwerkleren.roof.planning.services import traject

from ..scene import Scene

ANNA = [Address("anna@school.example", "Anna")]
CALLS: dict[str, Callable[[Scene], Any]] = {
    "netwerkleren.roof.planning.traject.make_traject": lambda on: traject.make_traject(
        actor=on.coach.user,
        group_id=uuid4(),
        name="Nieuw",
        theme="",
        theme_is_given=False,
        people=ANNA,
        introduction_at=timezone.now() + timedelta(days=3),
        network_count=1,
        dates=[None, None],
        place="",
        publish=True,
    ),
}
