from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Bijeenkomsten"

    def ready(self) -> None:
        from groups.extensions import group_published, member_joined, todos
        from netwerkleren.base import live
        from netwerkleren.base.access import guest_from_request

        from . import (
            contributions,
            emails,  # noqa: F401  (registers its letters)
        )
        from .guests import guest_of
        from .models import Meeting
        from .todos import todos_of

        guest_from_request.register(guest_of)
        live.register("meeting", Meeting)
        group_published.register(contributions.tell_published)
        member_joined.register(contributions.tell_new_member)
        todos.register(todos_of, order=10)
