"""What the audit calls the actions of this app, after the name of who did it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AUDIT_WORDS: dict[str, str | Promise] = {
    "account.deleted": _("beëindigde het eigen account"),
    "account.exported": _("haalde de eigen gegevens op"),
    "account.logged_in": _("logde in"),
    "account.logged_out": _("logde uit"),
    "account.login_failed": _("gaf een verkeerd wachtwoord"),
    "account.password_changed": _("veranderde het wachtwoord"),
    "account.password_reset": _("koos een nieuw wachtwoord met een link"),
    "account.password_set": _("koos een wachtwoord"),
    "address.asked": _("vroeg een ander e-mailadres"),
    "address.changed": _("veranderde het eigen e-mailadres"),
    "factor.added": _("voegde een tweede stap toe"),
    "factor.failed": _("gaf een verkeerde code"),
    "factor.removed": _("haalde een tweede stap weg"),
    "factor.renewed": _("maakte nieuwe herstelcodes"),
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
    "page.refused": _("mocht een pagina niet openen"),
    "pair.confirmed": _("bevestigde een tweetal"),
    "pair.dissolved": _("haalde een tweetal uit elkaar"),
    "pair.joined": _("zette iemand bij een tweetal"),
    "school.changed": _("veranderde een school"),
    "school.deleted": _("wiste een school"),
    "school.made": _("voegde een school toe"),
    "user.changed": _("veranderde een account"),
}
