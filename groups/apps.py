from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "Groepen"

    def ready(self) -> None:
        from . import emails  # noqa: F401  (registers its letters)
        from .extensions import todos
        from .todos import in_my_groups

        todos.register(in_my_groups, order=40)
