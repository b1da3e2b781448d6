"""A reminder, once for each deadline: by itself, or by the coach's hand in its place."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from netwerkleren.base import audit
from netwerkleren.base.access import NOBODY, Actor, is_user
from netwerkleren.base.hours import may_remind
from netwerkleren.base.locks import lock
from netwerkleren.base.mail import queue_mail

from ..models import Meeting, Reminder
from ..reminding import REMINDED, REMINDER, due, key_of, waiting_for


@transaction.atomic
def remind_now(*, actor: Actor, meeting: Meeting, field: str) -> int:
    """By hand: then none goes by itself. Answers to how many it goes.

    Raises ValidationError when one went before, or there is nothing to remind of.
    """
    meeting = lock(meeting, "group")
    deadline = getattr(meeting, field) if field in REMINDED else None
    if deadline is None or deadline <= timezone.now() or not meeting.is_planned or meeting.group.is_draft:
        raise ValidationError(_("Voor deze deadline kan geen herinnering meer."))
    if Reminder.objects.filter(meeting=meeting, field=field).exists():
        raise ValidationError(_("Er ging al een herinnering. Een tweede sturen we niet."))
    if not (missing := _missing(meeting, field)):
        raise ValidationError(_("Iedereen is klaar: er is niemand om te herinneren."))
    return _remind(actor, meeting, field, missing)


def send_due_reminders() -> None:
    """At each sweep, at hours of school. Two workers at once send one: each asks again under the meeting's lock."""
    now = timezone.now()
    if not may_remind(now):
        return
    for pk, field in due(now):
        with transaction.atomic():
            meeting = lock(Meeting(pk=pk), "group")
            if meeting.is_planned and not Reminder.objects.filter(meeting=meeting, field=field).exists():
                _remind(NOBODY, meeting, field, _missing(meeting, field))


def _missing(meeting: Meeting, field: str) -> list[Membership]:
    return [one for row, left in waiting_for(meeting) if row.field == field for one in left]


def _remind(actor: Actor, meeting: Meeting, field: str, missing: list[Membership]) -> int:
    Reminder.objects.create(meeting=meeting, field=field)
    coaches = Membership.objects.current().coaches().filter(group=meeting.group).values_list("user", flat=True)
    sender = actor.pk if is_user(actor) else coaches.first()
    for membership in missing:
        queue_mail(
            REMINDER,
            to=membership.user.email,
            about=membership.pk,
            group_id=meeting.group_id,
            unique_key=f"{key_of(meeting, field)}{membership.pk}",
            meeting=meeting.pk,
            field=field,
            sender=sender,
        )
    audit.record(actor, "reminder.sent", meeting, group_id=meeting.group_id)
    return len(missing)
