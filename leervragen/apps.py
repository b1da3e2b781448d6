from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeervragenConfig(AppConfig):
    name = "leervragen"
    verbose_name = "Leervragen"

    def ready(self) -> None:
        from groups.points import adding_panels, group_panels, today_panels, todos
        from groups.points import own_data as own_data_point
        from groups.standing import belongs
        from meetings.models import Meeting
        from meetings.points import (
            agenda_tools,
            by_the_way,
            expert_panels,
            harvest_panels,
            look_back_parts,
            meeting_cancelled,
            meeting_ended,
            meeting_facts,
            meeting_leaves,
            meeting_panels,
            meeting_readiness,
            meeting_reopened,
            paper_entry,
            questions_became,
            screen_panels,
        )
        from netwerkleren.base import audit, live
        from netwerkleren.base.mail import Kind, letters
        from netwerkleren.base.points import sweepers
        from video_feedback.points import clips_beside

        from . import (
            audit_words,
            contributions,
            emails,
            harvest,
            looking_back,
            own_data,
            paper_panel,
            screens,
            tools,
        )
        from .services import mailing, moves

        # The meetlat has the key of its meeting, and is followed before its row is there.
        its_own = belongs("group__meetings")
        live.topics.register(
            "meetlat", live.LiveTopic(Meeting, "leervragen.view_meetlat", its_own, counts_who_looks=True)
        )
        sweepers.register(mailing.send_what_is_due)
        sweepers.register(moves.erase_old_moves)

        letters.register(
            "leervragen.for_expert", Kind(_("Leervragen voor de expert"), emails.for_expert, by_address=True)
        )

        own_data_point.register(own_data.leervragen_part, order=30)
        own_data_point.register(own_data.written_answers_part, order=32)
        own_data_point.register(own_data.clarifications_part, order=34)
        own_data_point.register(own_data.pitch_notes_part, order=36)
        own_data_point.register(own_data.moves_part, order=38)
        own_data_point.register(own_data.outside_part, order=39)
        todos.register(contributions.leervraag_todos, order=20)
        adding_panels.register(contributions.adding_panel, order=20)
        today_panels.register(contributions.tried_panel, order=60)
        group_panels.register(contributions.questions_panel, order=40)

        meeting_panels.register(contributions.meeting_panel, order=20)
        look_back_parts.register(looking_back.look_back_part, order=20)
        harvest_panels.register(harvest.harvest_panel, order=20)
        meeting_panels.register(paper_panel.typing_panel, order=10)
        meeting_panels.register(paper_panel.paper_panel, order=70)
        meeting_panels.register(paper_panel.team_panel, order=60)
        paper_entry.register(paper_panel.paper_entry)
        questions_became.register(paper_panel.questions_became)
        agenda_tools.register(tools.pitch_tool, order=20)
        agenda_tools.register(tools.meetlat_tool, order=21)
        by_the_way.register(tools.ask_tool, order=20)
        clips_beside.register(tools.clips_of_questions, order=20)
        screen_panels.register(screens.board, order=20)
        expert_panels.register(contributions.expert_panel, order=20)
        meeting_facts.register(contributions.leervragen_fact, order=20)
        meeting_facts.register(contributions.mailing_fact, order=25)
        meeting_readiness.register(contributions.leervragen_readiness, order=20)
        meeting_ended.register(contributions.keep_open_questions, order=20)
        meeting_cancelled.register(contributions.hand_on_questions, order=20)
        meeting_leaves.register(contributions.questions_left)
        meeting_reopened.register(contributions.bring_questions_back, order=20)

        audit.words.register_all(audit_words.AUDIT_WORDS)
