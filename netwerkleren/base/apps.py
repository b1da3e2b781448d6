from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "netwerkleren.base"
    label = "base"
    verbose_name = _("Logboek")

    def ready(self) -> None:
        from . import checks, mail  # noqa: F401  (registers the deploy check, and the sweeper of the mail queue)
