"""The secret address of someone's calendar: made, renewed and ended by its owner."""

from django.db import transaction
from django.utils import timezone

from groups.models import User, user_of
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.tokens import hash_of, new_token

from ..models import CalendarFeed


@transaction.atomic
def renew_feed(*, actor: Actor, with_deadlines: bool = True) -> str:
    """A new address, which is shown once; the one before it opens nothing any more. Answers its token."""
    user: User = lock(user_of(actor))
    token = new_token()
    facts = {"token_hash": hash_of(token), "with_deadlines": with_deadlines, "created": timezone.now()}
    CalendarFeed.objects.update_or_create(user=user, defaults=facts)
    audit.record(actor, "calendar.made", user)
    return token


@transaction.atomic
def end_feed(*, actor: Actor) -> None:
    user: User = lock(user_of(actor))
    ended, _rows = CalendarFeed.objects.filter(user=user).delete()
    if ended:
        audit.record(actor, "calendar.ended", user)
