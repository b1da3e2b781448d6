"""What the audit calls the actions of this app, after the name of who did it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AUDIT_WORDS: dict[str, str | Promise] = {
    "export.downloaded": _("haalde de slot-pdf op"),
    "export.ordered": _("liet de slot-pdf maken"),
    "line.shared": _("deelde een lijn"),
    "line.withdrawn": _("trok een lijn terug"),
}
