from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "Groepen"

    def ready(self) -> None:
        from netwerkleren.base.mail import Kind, letters

        from . import account_events, contributions, emails
        from .points import todos

        letters.register("groups.invitation", Kind(_("Uitnodiging"), emails.invitation))

        account_events.connect()
        todos.register(contributions.in_my_groups, order=40)
