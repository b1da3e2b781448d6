from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Bijeenkomsten"

    def ready(self) -> None:
        from netwerkleren.base import live
        from netwerkleren.base.access import guest_from_request

        from . import emails  # noqa: F401  (registers its letters)
        from .guests import guest_of
        from .models import Meeting

        guest_from_request.register(guest_of)
        live.register("meeting", Meeting)
