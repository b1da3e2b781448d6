"""What the audit calls the actions of this app, after the name of who did it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AUDIT_WORDS: dict[str, str | Promise] = {
    "expert.invited": _("nodigde een expert uit"),
    "expert.invited_again": _("nodigde een expert opnieuw uit"),
    "expert.revoked": _("zei een expert af"),
    "meeting.cancelled": _("zegde een bijeenkomst af"),
    "meeting.changed": _("veranderde een bijeenkomst"),
    "meeting.day_handed_over": _("liet een deelnemer een bijeenkomst leiden"),
    "meeting.day_taken_back": _("nam het leiden van een bijeenkomst terug"),
    "meeting.ended": _("rondde een bijeenkomst af"),
    "meeting.reopened": _("opende een bijeenkomst opnieuw"),
    "meeting.started": _("begon een bijeenkomst"),
    "traject.planned": _("plande een traject"),
}
