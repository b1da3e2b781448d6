from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "Groepen"

    def ready(self) -> None:
        from netwerkleren.base import audit
        from netwerkleren.base.mail import Kind, letters
        from netwerkleren.base.points import (
            adder_from_request,
            closed_to_writing,
            first_steps,
            reader_gone,
            standing,
            sweepers,
        )

        from . import (
            account_events,
            audit_words,
            closed,
            contributions,
            emails,
            own_data,
            own_phone,
            second_factor,
            sweeping,
        )
        from .points import account_held, member_left, today_panels, todos
        from .points import own_data as own_data_point
        from .standing import standing_of

        first_steps.register(second_factor.first_step)
        adder_from_request.register(own_phone.adder_of)
        closed_to_writing.register(closed.why_it_stays)
        standing.register(standing_of)
        reader_gone.register(emails.account_ended)
        sweepers.register(sweeping.erase_what_ended, order=90)
        account_held.register(contributions.is_the_only_beheerder)
        member_left.register(contributions.end_phones_of_who_left)

        letters.register("groups.invitation", Kind(_("Uitnodiging"), emails.invitation, by_address=True))
        letters.register("groups.address_asked", Kind(_("Bericht over een nieuw e-mailadres"), emails.address_asked))
        letters.register(
            "groups.address_changed", Kind(_("Bericht over een nieuw e-mailadres"), emails.address_changed)
        )
        letters.register("groups.factor_reset", Kind(_("Nieuwe tweede stap"), emails.factor_reset))
        letters.register("groups.factor_gone", Kind(_("Bericht over een tweede stap"), emails.factor_gone))
        letters.register("groups.made_coach", Kind(_("Bericht aan een nieuwe coach"), emails.made_coach))
        letters.register(
            "groups.coach_stepped_back", Kind(_("Bericht dat een coach terugtreedt"), emails.coach_stepped_back)
        )
        letters.register("groups.closed", Kind(_("Bericht dat de groep is afgesloten"), emails.closed))
        letters.register("groups.reopened", Kind(_("Bericht dat de groep weer open is"), emails.reopened))
        letters.register("groups.trial", Kind(_("Proefmail"), emails.trial))

        for order, part in enumerate([own_data.profile_part, own_data.groups_part, own_data.goals_part]):
            own_data_point.register(part, order=order)

        account_events.connect()
        todos.register(contributions.in_my_groups, order=40)
        today_panels.register(second_factor.today_panel, order=5)

        audit.words.register_all(audit_words.AUDIT_WORDS)
