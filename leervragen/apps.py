from django.apps import AppConfig


class LeervragenConfig(AppConfig):
    name = "leervragen"
    verbose_name = "Leervragen"

    def ready(self) -> None:
        from groups.extensions import todos
        from meetings.extensions import (
            agenda_tools,
            expert_panels,
            meeting_cancelled,
            meeting_ended,
            meeting_facts,
            meeting_panels,
            meeting_readiness,
            meeting_reopened,
            screen_panels,
        )
        from meetings.models import Meeting
        from netwerkleren.base import live

        from . import emails, extensions  # noqa: F401  (registers the letter)
        from .services import mailing  # noqa: F401  (registers the sweeper)

        # The meetlat has the key of its meeting, and is followed before its row is there.
        live.register("meetlat", Meeting, need="leervragen.view_meetlat")
        meeting_facts.register(extensions.leervragen_fact, order=20)
        meeting_facts.register(extensions.mailing_fact, order=25)
        meeting_readiness.register(extensions.leervragen_readiness, order=20)
        meeting_panels.register(extensions.meeting_panel, order=20)
        agenda_tools.register(extensions.agenda_tool, order=20)
        screen_panels.register(extensions.screen, order=20)
        expert_panels.register(extensions.expert_panel, order=20)
        meeting_ended.register(extensions.keep_open_questions, order=20)
        meeting_cancelled.register(extensions.keep_open_questions, order=20)
        meeting_reopened.register(extensions.bring_questions_back, order=20)
        todos.register(extensions.leervraag_todos, order=20)
