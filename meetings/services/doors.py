"""The door of a running meeting: the coach opens and shuts it; who knocks waits, and is let in or not.

What is typed in a room proves nothing. Letting in makes an ordinary invitation, which goes to that address by mail, and
gives nothing beside it: who has an account signs in; who has none follows the link of the mail. Only where the coach
had asked this very address before, and now sees who stands before them, does the phone go on by itself
(`Knock.is_known`, docs/security.md X4).
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.addresses import Address
from groups.models import Invitation, Membership
from groups.services import inviting
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.sweeping import erase_some
from netwerkleren.base.tokens import new_token

from ..models import MOST_WAITING, Door, Knock, Meeting


@transaction.atomic
def open_door(*, actor: Actor, meeting: Meeting) -> Door:
    """The QR on the Scherm. A second press leaves it as it is; one that was shut opens with a new address."""
    meeting = _running(meeting)
    if meeting.group.is_draft:
        raise ValidationError(_("Deze groep is nog een concept. Publiceer haar eerst, dan kan er iemand bij komen."))
    if meeting.group.closed_at is not None:
        raise ValidationError(_("Deze groep is afgesloten. Heropen haar eerst."))
    door = Door.objects.filter(meeting=meeting).first() or Door(meeting=meeting)
    door.meeting = meeting
    if door.pk is not None and door.is_open:
        return door
    door.nonce, door.opened_at = new_token(), timezone.now()
    door.save()
    audit.record(actor, "meeting.door_opened", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
    return door


@transaction.atomic
def shut_door(*, actor: Actor, meeting: Meeting) -> bool:
    """The QR leaves the Scherm, and its address opens nothing any more. Who waits goes on waiting."""
    meeting = lock(meeting)
    if not Door.objects.filter(meeting=meeting).exclude(nonce="").update(nonce=""):
        return False
    audit.record(actor, "meeting.door_shut", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
    return True


def take_away_door(*, meeting: Meeting) -> None:
    """The meeting is over: the address is none any more, and of who knocked no name is kept."""
    Door.objects.filter(meeting=meeting).delete()


def erase_old_doors() -> None:
    """Of meetings that nobody ends."""
    erase_some(Door.objects.old())


@transaction.atomic
def add_knock(*, actor: Actor, door: Door, key: UUID, name: str, email: str, own: UUID | None = None) -> Knock:
    """Someone waits. `own` is the knock that this browser made before: while it waits, it says something else now.

    The same form sent twice is one.
    """
    meeting = lock(door.meeting)
    door = lock(door)
    door.meeting = meeting
    if not door.is_open:
        raise ValidationError(_("Deze pagina is weer dicht. Vraag je coach om de QR nog eens te laten zien."))
    facts = {"name": name, "email": email.lower()}
    waiting = door.knocks.waiting()
    knock = waiting.filter(pk=own).first() if own else waiting.filter(pk=key, **facts).first()
    if knock is None and waiting.count() >= MOST_WAITING:
        raise ValidationError(_("Er wachten nu te veel mensen. Probeer het zo nog eens."))
    if knock is None:
        if Knock.objects.filter(pk=key).exists():
            raise ValidationError(_("Dit formulier is al eens gebruikt. Laad de bladzijde opnieuw."))
        last: int | None = door.knocks.aggregate(last=Max("number"))["last"]
        knock = Knock(pk=key, door=door, number=(last or 0) + 1)
    knock.name, knock.email = facts["name"], facts["email"]
    knock.full_clean()
    knock.save()
    live.touch(live.topic_of("meeting", meeting))
    return knock


@transaction.atomic
def let_in(*, actor: Actor, knock: Knock, version: str) -> Knock:
    """ "Laat binnen": an ordinary invitation, or the one that stands is mailed again. A second press changes nothing.

    `version` is that of the words which the coach read: raises ValidationError where who knocks said something else
    meanwhile, and TooMany as inviting does.
    """
    group = lock(knock.door.meeting.group)
    meeting = _running(knock.door.meeting)
    knock = lock(knock)
    if knock.let_in_at is not None:
        return knock
    if knock.version != version:
        raise ValidationError(_("Wie klopt, vulde net iets anders in. Kijk nog eens."))
    of_address = Invitation.objects.filter(group=group, email__iexact=knock.email)
    before = of_address.unaccepted().first()
    knock.is_known = before is not None and before.role == Membership.Role.PARTICIPANT
    if not inviting.invite_people(actor=actor, group=group, people=[Address(knock.email, knock.name)]) and before:
        inviting.resend_invitation(actor=actor, invitation=before)
    knock.invitation = of_address.unaccepted().first()
    knock.let_in_at = timezone.now()
    knock.save()
    audit.record(actor, "meeting.let_in", meeting, group_id=meeting.group_id)
    live.touch(live.topic_of("meeting", meeting))
    return knock


@transaction.atomic
def turn_away(*, actor: Actor, knock: Knock) -> None:
    """ "Niet": of who knocked nothing is kept. Who was let in meanwhile stays."""
    meeting = lock(knock.door.meeting)
    if Knock.objects.waiting().filter(pk=knock.pk).delete()[0]:
        live.touch(live.topic_of("meeting", meeting))


def _running(meeting: Meeting) -> Meeting:
    """The row as it is now, held, with its group."""
    meeting = lock(meeting, "group")
    if not meeting.is_running:
        raise ValidationError(_("Deze bijeenkomst is nu niet bezig."))
    return meeting
