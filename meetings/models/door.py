"""The door of a running meeting: who never opened their mail knocks on it, and waits until the coach lets them in."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from groups.models import Invitation, Membership, NetworkGroup, User
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of

from .meeting import Meeting

OPEN_FOR = timedelta(hours=4)
"""A meeting that nobody ends leaves no door open overnight."""
KNOCKS_KEPT = timedelta(hours=12)
"""So long at most names and addresses of who knocked are kept."""
MOST_WAITING = 12

SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Thirty-two that are not taken for each other when they are read aloud or typed over (Crockford)."""
TYPED_AS = str.maketrans("oil", "011", "- ")
CODE_SIGNS = 12


def plain_code(typed: str) -> str:
    """A code as it is compared, of what someone typed over."""
    return typed.lower().translate(TYPED_AS)


class DoorQuerySet(models.QuerySet["Door"]):
    def open(self) -> "DoorQuerySet":
        """Those on a Scherm now: of a meeting that runs, in a group that is published and not closed."""
        return self.filter(
            opened_at__gt=timezone.now() - OPEN_FOR,
            meeting__state=Meeting.State.RUNNING,
            meeting__group__closed_at=None,
            meeting__group__published_at__isnull=False,
        ).exclude(nonce="")

    def old(self) -> "DoorQuerySet":
        return self.filter(opened_at__lte=timezone.now() - KNOCKS_KEPT)


class Door(models.Model):
    """One a meeting, from when the coach first shows the QR until the meeting ends.

    The code in its address is made of `nonce`, the meeting and the portal's own key, so it stands in no table. An empty
    nonce is a door that is shut: nobody knocks any more, and who waits goes on waiting. Each opening has a new code.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="door")
    nonce = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()

    objects = DoorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"door {self.pk}"

    @property
    def is_open(self) -> bool:
        return bool(self.nonce) and self.opened_at > timezone.now() - OPEN_FOR and self.meeting.is_running

    @property
    def code(self) -> str:
        """Sixty bits, as it is compared."""
        made = salted_hmac("meetings.door", f"{self.meeting_id} {self.nonce}", algorithm="sha256")
        number = int.from_bytes(made.digest())
        return "".join(SIGNS[number >> 5 * place & 31] for place in range(CODE_SIGNS))

    @property
    def shown_code(self) -> str:
        """As it is read and typed over."""
        code = self.code
        return "-".join(code[at : at + 4] for at in range(0, CODE_SIGNS, 4))


class KnockQuerySet(models.QuerySet["Knock"]):
    def visible_to(self, actor: Actor) -> "KnockQuerySet":
        """For who leads the group. A deelnemer who leads the day decides on no people."""
        led = NetworkGroup.objects.led_by(actor)
        return self.filter(door__meeting__group__in=led) if is_user(actor) else self.none()

    def waiting(self) -> "KnockQuerySet":
        return self.filter(let_in_at=None)

    def live(self) -> "KnockQuerySet":
        """Of a meeting that still runs."""
        return self.filter(door__meeting__state=Meeting.State.RUNNING)

    def with_what_is_known(self) -> "KnockQuerySet":
        """For the coach: `is_asked`, where the address stands on the group's list, and `takes_part`."""
        same = {"group": OuterRef("door__meeting__group")}
        asked = Invitation.objects.unaccepted().filter(email__iexact=OuterRef("email"), **same)
        part = Membership.objects.current().filter(user__email__iexact=OuterRef("email"), **same)
        return self.annotate(is_asked=Exists(asked), takes_part=Exists(part))

    def of_address(self, user: User) -> "KnockQuerySet":
        return self.filter(email__iexact=user.email)


class Knock(models.Model):
    """Who asks to come in: a name and an address that nobody proved. Gone with its meeting, or when the coach says no.

    `number` stands on the phone of who knocked and on the page of the coach, who so knows whom they let in.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    door = models.ForeignKey(Door, on_delete=models.CASCADE, related_name="knocks")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("naam"), max_length=80)
    email = models.EmailField(_("e-mailadres"))
    created = models.DateTimeField(default=timezone.now)
    let_in_at = models.DateTimeField(null=True, blank=True)
    invitation = models.ForeignKey(Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    """What letting in made; None for who takes part already."""
    is_known = models.BooleanField(default=False)
    """The coach had asked this very address before it was typed here (`services/doors.py`)."""

    objects = KnockQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["door", "number"], name="meetings_knock_number_unique")]

    def __str__(self) -> str:
        return f"knock {self.pk}"

    @property
    def version(self) -> str:
        """What the coach who lets someone in has read."""
        return version_of(self.name, self.email)
