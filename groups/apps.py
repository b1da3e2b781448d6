from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "Groepen"

    def ready(self) -> None:
        from netwerkleren.base.mail import Kind, letters

        from . import account_events, contributions, emails, own_data
        from .points import own_data as own_data_point
        from .points import todos

        letters.register("groups.invitation", Kind(_("Uitnodiging"), emails.invitation))

        for order, part in enumerate([own_data.profile_part, own_data.groups_part, own_data.goals_part]):
            own_data_point.register(part, order=order)

        account_events.connect()
        todos.register(contributions.in_my_groups, order=40)
