from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class VideoFeedbackConfig(AppConfig):
    name = "video_feedback"
    verbose_name = "Fragmenten"

    def ready(self) -> None:
        from groups.points import member_moved, today_panels, todos
        from meetings.points import agenda_tools, meeting_facts, meeting_panels, meeting_readiness
        from netwerkleren.base import live
        from netwerkleren.base.mail import Kind, letters
        from netwerkleren.base.points import sweepers

        from . import checks, contributions, emails, sweeping
        from .models import Clip

        live.topics.register("clip", live.LiveTopic(Clip))
        sweepers.register(sweeping.sweep_clips)
        register(checks.films_can_be_converted, deploy=True)

        letters.register("video_feedback.feedback_received", Kind(_("Bericht over feedback"), emails.feedback_received))
        letters.register("video_feedback.erasure", Kind(_("Bericht over het wissen van fragmenten"), emails.erasure))

        todos.register(contributions.clip_todos, order=30)
        today_panels.register(contributions.new_feedback_panel, order=10)
        today_panels.register(contributions.talentmoment_panel, order=30)
        member_moved.register(contributions.ask_anew, order=30)

        meeting_panels.register(contributions.talentmomenten_panel, order=30)
        agenda_tools.register(contributions.talentmomenten_tool, order=30)
        meeting_facts.register(contributions.clips_fact, order=40)
        meeting_facts.register(contributions.talentmomenten_fact, order=45)
        meeting_readiness.register(contributions.clips_readiness, order=40)
