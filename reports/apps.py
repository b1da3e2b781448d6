from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Oogst"

    def ready(self) -> None:
        from groups.extensions import group_panels, member_left, todos
        from meetings.extensions import agenda_tools, meeting_facts
        from netwerkleren.base import live

        from . import extensions, tasks  # noqa: F401  (tasks registers the sweeper of exports)
        from .models import Interview

        live.register("interview", Interview, need="reports.write_interview")

        agenda_tools.register(extensions.interviews_tool, order=60)
        agenda_tools.register(extensions.lines_tool, order=61)
        meeting_facts.register(extensions.protocol_fact, order=60)
        group_panels.register(extensions.harvest_panel, order=60)
        member_left.register(extensions.take_along_what_was_shared, order=60)
        todos.register(extensions.todos, order=60)
