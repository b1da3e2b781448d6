from django.apps import AppConfig


class VideoFeedbackConfig(AppConfig):
    name = "video_feedback"
    verbose_name = "Fragmenten"

    def ready(self) -> None:
        from groups.extensions import member_moved, today_panels, todos
        from meetings.extensions import agenda_tools, meeting_facts, meeting_panels, meeting_readiness
        from netwerkleren.base import live

        from . import checks, emails, extensions, tasks  # noqa: F401  (register their check, letters and sweeper)
        from .models import Clip

        live.register("clip", Clip)
        member_moved.register(extensions.ask_anew, order=30)
        meeting_facts.register(extensions.clips_fact, order=40)
        meeting_facts.register(extensions.talentmomenten_fact, order=45)
        meeting_readiness.register(extensions.clips_readiness, order=40)
        meeting_panels.register(extensions.talentmomenten_panel, order=30)
        agenda_tools.register(extensions.talentmomenten_tool, order=30)
        todos.register(extensions.clip_todos, order=30)
        todos.register(extensions.feedback_todos, order=40)
        today_panels.register(extensions.new_feedback_panel, order=10)
        today_panels.register(extensions.talentmoment_panel, order=30)
