from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "Groepen"

    def ready(self) -> None:
        from netwerkleren.base.mail import Kind, letters
        from netwerkleren.base.points import first_steps

        from . import contributions, emails, second_factor
        from .points import today_panels, todos

        first_steps.register(second_factor.first_step)

        letters.register("groups.invitation", Kind(_("Uitnodiging"), emails.invitation))

        todos.register(contributions.in_my_groups, order=40)
        today_panels.register(second_factor.today_panel, order=5)
