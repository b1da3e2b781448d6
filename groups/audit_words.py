"""What the audit calls the actions of this app, after the name of who did it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AUDIT_WORDS: dict[str, str | Promise] = {
    "address.asked": _("vroeg een ander e-mailadres"),
    "address.changed": _("veranderde het eigen e-mailadres"),
    "group.created": _("maakte een groep"),
    "group.published": _("publiceerde een groep"),
    "invitation.accepted": _("nam een uitnodiging aan"),
    "invitation.made": _("nodigde iemand uit"),
    "invitation.resent": _("verstuurde een uitnodiging opnieuw"),
    "invitation.revoked": _("trok een uitnodiging in"),
    "invitation.deleted": _("wiste een uitnodiging"),
    "mail.let_be": _("liet een mail die niet aankwam"),
    "mail.resent": _("verstuurde een mail opnieuw"),
    "member.removed": _("haalde iemand uit de groep"),
    "pair.confirmed": _("bevestigde een tweetal"),
    "pair.dissolved": _("haalde een tweetal uit elkaar"),
    "pair.joined": _("zette iemand bij een tweetal"),
    "school.changed": _("veranderde een school"),
    "school.deleted": _("wiste een school"),
    "school.made": _("voegde een school toe"),
    "user.changed": _("veranderde een account"),
}
