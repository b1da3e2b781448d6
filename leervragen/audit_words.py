"""What the audit calls the actions of this app, after the name of who did it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AUDIT_WORDS: dict[str, str | Promise] = {
    "leervraag.handed_in": _("leverde een leervraag in"),
    "leervraag.withdrawn": _("trok een leervraag terug"),
    "leervragen.sent": _("stuurde leervragen naar de expert"),
}
