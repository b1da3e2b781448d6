"""The digibord: it waits with a code, who leads a meeting takes it on, and it ends with that meeting."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.rules import membership_of
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.sweeping import erase_some
from netwerkleren.base.tokens import hash_of, new_token

from ..models import CODE_FOR, MOST_DISPLAYS, Display, Meeting

NO_SUCH_CODE = "no_such_code"
"""The code of a refusal that counts as a guess."""


@transaction.atomic
def add_display(*, actor: Actor, instead_of: Display | None = None) -> tuple[Display, str]:
    """A browser waits to be taken on. Answers the row, and the secret for its cookie.

    `instead_of` is what this browser was: one that ended shows nothing again.
    """
    if instead_of is not None:
        Display.objects.filter(pk=instead_of.pk).delete()
    secret = new_token()
    display = Display.objects.create(secret_hash=hash_of(secret), code_ends_at=timezone.now() + CODE_FOR)
    return display, secret


@transaction.atomic
def renew_code(*, actor: Actor, display: Display) -> Display:
    """Nobody took it on in time: another code. One that was taken meanwhile stays as it is."""
    display = lock(display)
    if not display.was_taken and not display.is_waiting:
        display.nonce, display.code_ends_at = new_token(), timezone.now() + CODE_FOR
        display.save(update_fields=["nonce", "code_ends_at"])
    return display


@transaction.atomic
def take_on(*, actor: Actor, meeting: Meeting, code: str) -> Display:
    """The board with this code shows this meeting from now on.

    A code that is none, one that is over and one that was used are one refusal. The second press of who took it on here
    is no other use: it is the one that is there.
    """
    meeting = lock(meeting, "group")
    if not meeting.takes_displays:
        raise ValidationError(_("Een bord koppelen kan op de dag van de bijeenkomst, tot ze voorbij is."))
    if meeting.group.closed_at is not None:
        raise ValidationError(_("Deze groep is afgesloten. Heropen haar eerst."))
    own = membership_of(actor, meeting)
    here = Display.objects.live().filter(meeting=meeting)
    if (pressed := here.filter(taken_by=own, code_ends_at__gt=timezone.now()).by_code(code)) is not None:
        return pressed
    if here.count() >= MOST_DISPLAYS:
        raise ValidationError(_("Er zijn al vier borden gekoppeld. Koppel er eerst een los."))
    found = Display.objects.waiting().by_code(code)
    display = lock(found) if found is not None else None
    if found is None or display is None or not display.is_waiting or display.nonce != found.nonce:
        words = _("Deze code werkt niet, of niet meer. Kijk op het bord welke code er nu staat.")
        raise ValidationError({"code": ValidationError(words, code=NO_SUCH_CODE)})
    display.meeting, display.taken_by, display.taken_at = meeting, own, timezone.now()
    display.save()
    audit.record(actor, "display.taken_on", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
    return display


@transaction.atomic
def let_go(*, actor: Actor, display: Display) -> bool:
    """ "Koppel los": it shows nothing of the meeting at its next request. False when it did not any more."""
    meeting = lock(display.meeting) if display.meeting else None
    if meeting is None or not _end(meeting, display):
        return False
    audit.record(actor, "display.let_go", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
    return True


def end_displays(*, meeting: Meeting) -> None:
    """The meeting is over, or is put back: no board shows it any more, also when it is opened again."""
    _end(meeting)


def _end(meeting: Meeting, *only: Display) -> int:
    displays = Display.objects.filter(meeting=meeting, ended_at=None)
    if only:
        displays = displays.filter(pk__in=[display.pk for display in only])
    return displays.update(ended_at=timezone.now())


def erase_old_displays() -> None:
    """Those that ended, and those that nobody took on."""
    erase_some(Display.objects.old())
