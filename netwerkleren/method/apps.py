from django.apps import AppConfig


class MethodConfig(AppConfig):
    name = "netwerkleren.method"
    label = "method"

    def ready(self) -> None:
        from meetings.points import agenda_tools, line_addresses, shown_now

        from . import contributions

        agenda_tools.register(contributions.slides_tool, order=8)
        shown_now.register(contributions.slides_on_screen, order=60)
        line_addresses.register(contributions.lines_of_presentation)
