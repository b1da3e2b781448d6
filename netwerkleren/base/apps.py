from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "netwerkleren.base"
    label = "base"
    verbose_name = _("Logboek")

    def ready(self) -> None:
        from . import audit, checks, mail, sweeping
        from .points import sweepers

        sweepers.register(mail.sweep_mail)
        sweepers.register(audit.sweep_audit, order=90)
        sweepers.register(sweeping.erase_ended_sessions, order=90)
        sweepers.register(sweeping.erase_old_mail, order=90)

        register(checks.demo_mode_is_off, Tags.security, deploy=True)
        register(checks.mail_goes_out, Tags.security, deploy=True)
        register(checks.plain_http_is_off, Tags.security, deploy=True)
