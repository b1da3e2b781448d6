"""What the audit calls the actions of this app, after the name of who did it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AUDIT_WORDS: dict[str, str | Promise] = {
    "clip.added": _("voegde een fragment toe"),
    "clip.allowed_on_screen": _("zei dat een fragment op het Scherm mag"),
    "clip.cut": _("koos welk stukje van een opname blijft"),
    "clip.erased": _("wiste een fragment"),
    "clip.handed_over": _("droeg een fragment over"),
    "clip.shared": _("deelde een fragment"),
    "clip.shown_on_screen": _("liet een fragment zien op het Scherm"),
    "clip.viewed": _("bekeek een fragment"),
    "clip.withdrawn": _("trok een fragment terug"),
    "group.theme_about_care": _("zei dat het thema over een zorgbehoefte gaat"),
    "group.theme_not_about_care": _("zei dat het thema niet over een zorgbehoefte gaat"),
    "rules.agreed": _("zei zich aan de gebruiksregels te houden"),
    "feedback.sent": _("gaf feedback"),
}
