from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Bijeenkomsten"

    def ready(self) -> None:
        from groups.points import account_held, group_published, member_joined, member_left, todos
        from groups.points import own_data as own_data_point
        from netwerkleren.base import audit, live
        from netwerkleren.base.mail import Kind, letters
        from netwerkleren.base.points import guest_from_request

        from . import audit_words, contributions, emails, own_data
        from .guests import guest_of
        from .models import Meeting

        guest_from_request.register(guest_of)
        live.topics.register("meeting", live.LiveTopic(Meeting))

        letters.register("meetings.facts", Kind(_("Data van de bijeenkomsten"), emails.facts))
        letters.register("meetings.cancelled", Kind(_("Bericht dat een bijeenkomst niet doorgaat"), emails.cancelled))
        letters.register("meetings.day_leader", Kind(_("Bericht wie een bijeenkomst leidt"), emails.day_leader))
        letters.register("meetings.expert_invitation", Kind(_("Vraag aan de expert"), emails.expert_invitation))
        letters.register("meetings.expert_cancelled", Kind(_("Afzegging aan de expert"), emails.expert_cancelled))
        letters.register("meetings.expert_answered", Kind(_("Antwoord van de expert"), emails.expert_answered))

        own_data_point.register(own_data.agreements_part, order=20)
        own_data_point.register(own_data.attendance_part, order=21)
        own_data_point.register(own_data.days_led_part, order=22)
        account_held.register(own_data.leads_a_running_group)
        todos.register(contributions.todos_of, order=10)
        group_published.register(contributions.mail_what_is_fixed)
        member_joined.register(contributions.mail_who_joined)
        member_left.register(contributions.take_day_back, order=20)

        audit.words.register_all(audit_words.AUDIT_WORDS)
