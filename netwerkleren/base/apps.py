from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "netwerkleren.base"
    label = "base"

    def ready(self) -> None:
        from . import checks, mail  # noqa: F401  (registers the deploy check, and the sweeper of the mail queue)
