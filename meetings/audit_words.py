"""What the audit calls the actions of this app, after the name of who did it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AUDIT_WORDS: dict[str, str | Promise] = {
    "board_photo.erased": _("haalde de foto van een meetlat weg"),
    "board_photo.hung": _("hing een foto van een meetlat op"),
    "calendar.ended": _("haalde het eigen agenda-adres weg"),
    "calendar.made": _("maakte een eigen agenda-adres"),
    "deadlines.changed": _("veranderde de regel voor deadlines"),
    "expert.invited": _("nodigde een expert uit"),
    "expert.invited_again": _("nodigde een expert opnieuw uit"),
    "expert.revoked": _("zei een expert af"),
    "expert.thanked": _("bedankte een expert per mail"),
    "handout.added": _("zette een hand-out neer"),
    "handout.removed": _("haalde een hand-out weg"),
    "meeting.absent": _("meldde zich af voor een bijeenkomst"),
    "meeting.added": _("zette een bijeenkomst erbij"),
    "meeting.cancelled": _("zegde een bijeenkomst af"),
    "meeting.changed": _("veranderde een bijeenkomst"),
    "meeting.coming": _("komt toch naar een bijeenkomst"),
    "meeting.day_handed_over": _("liet een deelnemer een bijeenkomst leiden"),
    "meeting.day_taken_back": _("nam het leiden van een bijeenkomst terug"),
    "meeting.door_opened": _("zette de QR om binnen te komen op het Scherm"),
    "meeting.door_shut": _("haalde de QR om binnen te komen van het Scherm"),
    "meeting.ended": _("rondde een bijeenkomst af"),
    "meeting.filled_in": _("vulde een bijeenkomst achteraf in"),
    "meeting.let_in": _("liet iemand binnen tijdens een bijeenkomst"),
    "meeting.moved": _("verzette een bijeenkomst"),
    "meeting.removed": _("haalde een bijeenkomst weg"),
    "meeting.reopened": _("opende een bijeenkomst opnieuw"),
    "meeting.started": _("begon een bijeenkomst"),
    "meeting.start_taken_back": _("zei dat een bijeenkomst nog niet begonnen was"),
    "reminder.sent": _("stuurde een herinnering"),
    "traject.planned": _("plande een traject"),
    "wish.agreed": _("legde vast wat de groep afsprak over een wens"),
    "wish.not_agreed": _("nam een afspraak over een wens terug"),
}
