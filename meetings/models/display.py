"""A digibord: a browser without an account that shows the Scherm of one meeting (docs/security.md X5)."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from groups.models import Membership
from netwerkleren.base.access import Actor
from netwerkleren.base.tokens import new_token

from .door import SIGNS, plain_code
from .meeting import Meeting

CODE_FOR = timedelta(minutes=10)
"""So long a code can be taken on; then the board shows another."""
SHOWN_FOR = timedelta(days=1)
"""So long at most a board that was taken on shows a meeting which nobody ends."""
DISPLAYS_KEPT = timedelta(hours=1)
"""So long the row stays of a board that ended, or that nobody took on: until then it says what became of it."""
MOST_DISPLAYS = 4
DISPLAY_CODE_SIGNS = 6


def is_display_code(typed: str) -> bool:
    """Whether it has the form of one; of which board, or of none, is not looked at."""
    code = plain_code(typed)
    return len(code) == DISPLAY_CODE_SIGNS and set(code) <= set(SIGNS)


class DisplayQuerySet(models.QuerySet["Display"]):
    def visible_to(self, actor: Actor) -> "DisplayQuerySet":
        """Those of meetings that the actor sees; one that waits belongs to nobody yet."""
        return self.filter(meeting__in=Meeting.objects.visible_to(actor).order_by())

    def waiting(self) -> "DisplayQuerySet":
        return self.filter(taken_at=None, ended_at=None, code_ends_at__gt=timezone.now())

    def live(self) -> "DisplayQuerySet":
        """Those that show their meeting now: it was not over since, and who answers for them is still of the group."""
        return self.filter(
            ended_at=None,
            taken_at__gt=timezone.now() - SHOWN_FOR,
            meeting__state__in=[Meeting.State.PLANNED, Meeting.State.RUNNING],
            meeting__group__closed_at=None,
            taken_by__left=None,
            taken_by__user__is_active=True,
        )

    def with_taker(self) -> "DisplayQuerySet":
        return self.select_related("taken_by__user").order_by("taken_at")

    def by_code(self, typed: str) -> "Display | None":
        """The one of these with this code. All are compared, each in constant time: the code stands in no table."""
        code = plain_code(typed)
        found = [display for display in self if constant_time_compare(display.code, code)]
        # Of two with the same code nobody can say which one is meant.
        return found[0] if len(found) == 1 else None

    def old(self) -> "DisplayQuerySet":
        now = timezone.now()
        never_taken = Q(taken_at=None, code_ends_at__lte=now - DISPLAYS_KEPT)
        return self.filter(
            never_taken | Q(ended_at__lte=now - DISPLAYS_KEPT) | Q(taken_at__lte=now - SHOWN_FOR - DISPLAYS_KEPT)
        )


class Display(models.Model):
    """One browser, known by the hash of the secret in its cookie. It waits with a code, shows one meeting, and ends.

    The code is made of `nonce` and the portal's own key, so it stands in no table; it is used once, for when it was the
    board has a meeting. A board that ended never shows anything again: its browser becomes another.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True)
    nonce = models.CharField(max_length=64, default=new_token)
    code_ends_at = models.DateTimeField()
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, related_name="displays")
    taken_by = models.ForeignKey(
        Membership, on_delete=models.CASCADE, null=True, related_name="+", help_text="who answers for what it shows"
    )
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = DisplayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting=None, taken_by=None, taken_at=None)
                | Q(meeting__isnull=False, taken_by__isnull=False, taken_at__isnull=False),
                name="meetings_display_taken_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"display {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.taken_at is None and self.ended_at is None and self.code_ends_at > timezone.now()

    @property
    def was_taken(self) -> bool:
        return self.taken_at is not None

    @property
    def code(self) -> str:
        """Thirty bits, as it is compared: few, since it lives ten minutes and only who leads a meeting may try."""
        made = salted_hmac("meetings.display", f"{self.pk} {self.nonce}", algorithm="sha256")
        number = int.from_bytes(made.digest())
        return "".join(SIGNS[number >> 5 * place & 31] for place in range(DISPLAY_CODE_SIGNS))

    @property
    def shown_code(self) -> str:
        """As it is read and typed over."""
        return f"{self.code[:3]}-{self.code[3:]}"
