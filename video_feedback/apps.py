from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class VideoFeedbackConfig(AppConfig):
    name = "video_feedback"
    verbose_name = "Fragmenten"

    def ready(self) -> None:
        from groups.models import NetworkGroup
        from groups.points import (
            account_deleted,
            group_held,
            group_panels,
            member_left,
            member_moved,
            on_closing,
            pairs_panels,
            today_panels,
            todos,
        )
        from groups.points import own_data as own_data_point
        from groups.standing import belongs
        from meetings.points import (
            agenda_tools,
            item_opened,
            meeting_ended,
            meeting_facts,
            meeting_panels,
            meeting_readiness,
            phone_panels,
            screen_panels,
            shown_now,
        )
        from netwerkleren.base import audit, live
        from netwerkleren.base.mail import Kind, letters
        from netwerkleren.base.points import sweepers

        from . import (
            audit_words,
            checks,
            contributions,
            cycle_contributions,
            cycle_emails,
            emails,
            own_data,
            retention,
            screening,
            screens,
            sweeping,
        )
        from .models import Clip, FilmCycle
        from .services import observing

        live.topics.register("clip", live.LiveTopic(Clip))
        live.topics.register("film_cycle", live.LiveTopic(FilmCycle))
        live.topics.register(
            "practice", live.LiveTopic(NetworkGroup, "groups.view_networkgroup", belongs("group", draft_too=True))
        )
        sweepers.register(sweeping.make_room, order=10)
        sweepers.register(sweeping.sweep_clips)
        sweepers.register(retention.tell_and_erase)
        sweepers.register(observing.forget_old_notes)
        register(checks.films_can_be_converted, deploy=True)

        letters.register("video_feedback.feedback_received", Kind(_("Bericht over feedback"), emails.feedback_received))
        letters.register("video_feedback.clip_handed_over", Kind(_("Bericht van je maatje"), emails.clip_handed_over))
        letters.register("video_feedback.clip_shared", Kind(_("Bericht over een gedeeld fragment"), emails.clip_shared))
        letters.register("video_feedback.erasure", Kind(_("Bericht over het wissen van fragmenten"), emails.erasure))

        letters.register("video_feedback.goal_given", Kind(_("Bericht over een filmronde"), cycle_emails.goal_given))
        letters.register("video_feedback.pair_stuck", Kind(_("Een tweetal komt er niet uit"), cycle_emails.pair_stuck))

        own_data_point.register(own_data.films_part, order=40)
        own_data_point.register(own_data.views_part, order=41)
        own_data_point.register(own_data.given_part, order=42)
        own_data_point.register(own_data.received_part, order=43)
        own_data_point.register(own_data.talentmomenten_part, order=44)
        own_data_point.register(own_data.observer_notes_part, order=45)
        own_data_point.register(own_data.practice_part, order=46)
        own_data_point.register(own_data.cycles_part, order=47)
        account_deleted.register(own_data.take_away, order=30)

        todos.register(contributions.clip_todos, order=30)
        group_panels.register(contributions.care_panel, order=70)
        todos.register(cycle_contributions.cycle_todos, order=32)
        group_panels.register(cycle_contributions.film_panel, order=20)
        pairs_panels.register(cycle_contributions.round_panel)
        today_panels.register(contributions.new_feedback_panel, order=10)
        today_panels.register(contributions.talentmoment_panel, order=30)
        member_moved.register(contributions.ask_anew, order=30)
        member_left.register(contributions.forget_unsent, order=30)

        meeting_panels.register(contributions.talentmomenten_panel, order=30)
        agenda_tools.register(contributions.talentmomenten_tool, order=30)
        agenda_tools.register(contributions.practice_tool, order=35)
        screen_panels.register(screens.wall, order=30)
        screen_panels.register(screens.giving, order=35)
        shown_now.register(screening.shown_panel)
        agenda_tools.register(screening.lead_tool, order=5)
        phone_panels.register(screening.phone_panel)
        item_opened.register(screening.make_way)
        meeting_ended.register(screening.forget_ended)
        meeting_facts.register(contributions.clips_fact, order=40)
        meeting_facts.register(contributions.talentmomenten_fact, order=45)
        meeting_readiness.register(contributions.clips_readiness, order=40)
        group_held.register(contributions.has_fragments_in_draft)
        on_closing.register(contributions.until_when_if_closed)

        audit.words.register_all(audit_words.AUDIT_WORDS)
