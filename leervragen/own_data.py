"""What leervragen give to someone's own data. At the end of an account they stay: the group answered them together."""

from django.utils.translation import gettext as _

from groups.models import User
from groups.points import OwnPart

from .models import Leervraag


def leervragen_part(user: User) -> OwnPart:
    asked = Leervraag.objects.filter(author__user=user).select_related("meeting__group", "tried")
    rows = [
        {
            _("groep"): one.meeting.group.name,
            _("bijeenkomst"): one.meeting.starts_at,
            _("waar je tegenaan liep"): one.situation,
            _("vraag"): one.text,
            _("ingeleverd op"): one.created,
            _("plek op de meetlat"): one.number,
            _("antwoord"): one.answer,
            _("hoe het afliep"): one.get_outcome_display(),
            _("waar de vraag heen gaat"): one.destination,
            _("geprobeerd"): one.tried.get_reply_display() if hasattr(one, "tried") else "",
            _("wat er gebeurde"): one.tried.happened if hasattr(one, "tried") else "",
            _("mag de groep dat lezen"): hasattr(one, "tried") and one.tried.is_shared,
        }
        for one in asked
    ]
    return OwnPart("leervragen", _("Mijn leervragen"), rows)
