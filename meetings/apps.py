from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Bijeenkomsten"

    def ready(self) -> None:
        from groups.models import NetworkGroup
        from groups.points import (
            account_deleted,
            account_held,
            group_held,
            group_published,
            member_joined,
            member_left,
            pairs_wait,
            plan_ahead,
            today_panels,
            todos,
        )
        from groups.points import own_data as own_data_point
        from groups.standing import belongs
        from netwerkleren.base import audit, live
        from netwerkleren.base.mail import Kind, letters
        from netwerkleren.base.points import display_from_request, guest_from_request, sweepers

        from . import (
            audit_words,
            contributions,
            emails,
            handout_panel,
            keepsakes,
            own_data,
            own_paper,
            screens,
            tools,
            warm_up,
        )
        from .displays import display_of
        from .following import TRAJECT
        from .guests import guest_of
        from .models import Meeting
        from .points import agenda_tools, meeting_cancelled, meeting_ended, meeting_panels, screen_panels
        from .services import displays, doors, handouts, reminders

        guest_from_request.register(guest_of)
        display_from_request.register(display_of)
        live.topics.register("meeting", live.LiveTopic(Meeting, lets_in=belongs("group__meetings")))
        member, coach = belongs("group", draft_too=True), belongs("group", as_coach=True)
        live.topics.register("wishes", live.LiveTopic(NetworkGroup, lets_in=member))
        live.topics.register(TRAJECT, live.LiveTopic(NetworkGroup, "groups.view_networkgroup", member))
        live.topics.register("inventory", live.LiveTopic(NetworkGroup, "groups.change_networkgroup", coach))

        letters.register("meetings.facts", Kind(_("Data van de bijeenkomsten"), emails.facts))
        letters.register("meetings.cancelled", Kind(_("Bericht dat een bijeenkomst niet doorgaat"), emails.cancelled))
        letters.register("meetings.absence", Kind(_("Bericht van wie niet kan komen"), emails.absence))
        letters.register("meetings.removed", Kind(_("Bericht dat een bijeenkomst vervalt"), emails.removed))
        letters.register("meetings.day_leader", Kind(_("Bericht wie een bijeenkomst leidt"), emails.day_leader))
        letters.register(
            "meetings.expert_invitation", Kind(_("Vraag aan de expert"), emails.expert_invitation, by_address=True)
        )
        letters.register(
            "meetings.expert_cancelled", Kind(_("Afzegging aan de expert"), emails.expert_cancelled, by_address=True)
        )
        letters.register("meetings.expert_answered", Kind(_("Antwoord van de expert"), emails.expert_answered))

        letters.register(
            "meetings.expert_thanks", Kind(_("Bedankje aan de expert"), emails.expert_thanks, by_address=True)
        )
        letters.register("meetings.reminder", Kind(_("Herinnering"), emails.reminder))

        sweepers.register(reminders.send_due_reminders)
        sweepers.register(doors.erase_old_doors)
        sweepers.register(displays.erase_old_displays)
        meeting_ended.register(contributions.take_away_ended_door)
        meeting_ended.register(contributions.end_displays)
        meeting_cancelled.register(contributions.end_displays_of_cancelled)
        own_data_point.register(own_data.agreements_part, order=20)
        own_data_point.register(own_data.attendance_part, order=21)
        own_data_point.register(own_data.templates_part, order=22)
        own_data_point.register(own_data.calendar_part, order=23)
        account_deleted.register(own_data.end_calendar)
        own_data_point.register(own_data.days_led_part, order=22)
        account_held.register(own_data.leads_a_running_group)
        group_held.register(contributions.has_meetings_to_come)
        meeting_panels.register(contributions.absence_panel, order=80)
        own_data_point.register(own_data.wishes_part, order=24)
        own_data_point.register(own_data.inventory_part, order=25)
        own_data_point.register(own_data.knocks_part, order=26)
        account_deleted.register(own_data.take_away_knocks)
        own_data_point.register(own_data.leading_notes_part, order=27)
        account_deleted.register(own_data.take_away_leading)
        account_deleted.register(own_data.take_away, order=20)
        agenda_tools.register(tools.icebreaker_tool, order=5)
        agenda_tools.register(tools.inventory_tool, order=10)
        agenda_tools.register(tools.working_agreements_tool, order=12)
        agenda_tools.register(tools.dates_tool, order=15)
        agenda_tools.register(warm_up.warm_up_tool, order=16)
        agenda_tools.register(tools.talk_tool, order=80)
        agenda_tools.register(tools.film_task_tool, order=85)
        screen_panels.register(screens.programme, order=10)
        screen_panels.register(screens.pitch, order=11)
        screen_panels.register(screens.pause, order=12)
        screen_panels.register(screens.talk, order=13)
        screen_panels.register(screens.closing, order=14)
        meeting_panels.register(tools.leading_notes_panel, order=85)
        todos.register(contributions.todos_of, order=10)
        today_panels.register(contributions.harvest_card, order=7)
        today_panels.register(contributions.own_agreements_panel, order=8)
        group_published.register(contributions.mail_what_is_fixed)
        member_joined.register(contributions.mail_who_joined)
        plan_ahead.register(contributions.plan_ahead)
        pairs_wait.register(contributions.pairs_wait)
        member_left.register(contributions.take_day_back, order=20)
        member_left.register(contributions.leave_ring, order=25)
        member_joined.register(contributions.join_ring)
        meeting_panels.register(keepsakes.keepsakes_panel, order=70)
        own_data_point.register(own_data.keepsakes_part, order=27)
        own_data_point.register(own_data.warm_ups_part, order=28)

        sweepers.register(handouts.erase_loose_files)
        meeting_panels.register(handout_panel.handout_panel, order=40)
        own_data_point.register(own_paper.handouts_part, order=27)
        own_data_point.register(own_paper.paper_part, order=28)
        own_data_point.register(own_paper.thanks_part, order=29)
        own_data_point.register(own_paper.team_texts_part, order=29)
        own_data_point.register(own_paper.team_sharings_part, order=29)
        account_deleted.register(own_paper.take_away_sharing)

        audit.words.register_all(audit_words.AUDIT_WORDS)
