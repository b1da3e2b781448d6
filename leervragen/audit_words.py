"""What the audit calls the actions of this app, after the name of who did it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AUDIT_WORDS: dict[str, str | Promise] = {
    "leervraag.handed_in": _("leverde een leervraag in"),
    "leervraag.withdrawn": _("trok een leervraag terug"),
    "leervraag.held_back": _("hield een leervraag even tegen"),
    "leervraag.let_through": _("liet een tegengehouden leervraag toch zien"),
    "leervraag.let_go": _("liet een leervraag van de Parkeerplaats los"),
    "leervragen.sent": _("stuurde leervragen naar de expert"),
    "outside.marked": _("liet een antwoord of afspraak naar buiten"),
    "outside.unmarked": _("hield een antwoord of afspraak weer binnen"),
}
