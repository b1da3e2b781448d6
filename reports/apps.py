from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Oogst"

    def ready(self) -> None:
        from groups.points import account_deleted, group_panels, member_left, todos
        from groups.points import own_data as own_data_point
        from leervragen.points import outside_taken_back, question_taken_back, tried_taken_back
        from meetings.points import agenda_tools, meeting_facts, meeting_panels, screen_panels
        from netwerkleren.base import audit, live, mail
        from netwerkleren.base.points import sweepers

        from . import audit_words, contributions, emails, own_data, screens, sweeping, tasks, tools
        from .models import Interview

        live.topics.register("interview", live.LiveTopic(Interview, need="reports.write_interview"))
        sweepers.register(sweeping.remove_files, order=10)
        sweepers.register(sweeping.erase_editions, order=11)
        sweepers.register(sweeping.sweep_exports)
        sweepers.register(sweeping.mail_packs)
        sweepers.register(sweeping.erase_loose_files)

        ready, tomorrow = _("De pdf die iemand liet maken, is klaar"), _("Wat er morgen te printen is")
        mail.letters.register(tasks.EXPORT_READY, mail.Kind(ready, emails.export_ready))
        mail.letters.register(tasks.EDITION_READY, mail.Kind(ready, emails.edition_ready))
        part_a = _("Wat je voor het interview vast opschrijft")
        mail.letters.register("reports.part_a_before", mail.Kind(part_a, emails.part_a_before))
        mail.letters.register("reports.pack_tomorrow", mail.Kind(tomorrow, emails.pack_tomorrow))

        group_panels.register(contributions.harvest_panel, order=60)
        meeting_panels.register(contributions.print_panel, order=90)
        own_data_point.register(own_data.stories_part, order=60)
        own_data_point.register(own_data.interviews_part, order=61)
        own_data_point.register(own_data.lines_part, order=62)
        own_data_point.register(own_data.papers_part, order=63)
        account_deleted.register(own_data.take_away, order=60)
        todos.register(contributions.todos, order=60)
        member_left.register(contributions.take_along_what_was_shared, order=60)
        member_left.register(contributions.ask_nobody_any_more, order=61)

        tried_taken_back.register(contributions.take_along_what_was_tried, order=60)
        question_taken_back.register(contributions.take_along_what_was_asked, order=60)
        outside_taken_back.register(contributions.take_along_what_may_stay_inside, order=60)
        agenda_tools.register(tools.interviews_tool, order=60)
        agenda_tools.register(tools.lines_tool, order=61)
        screen_panels.register(screens.tables, order=60)
        screen_panels.register(screens.lines, order=61)
        meeting_facts.register(contributions.protocol_fact, order=60)

        audit.words.register_all(audit_words.AUDIT_WORDS)
