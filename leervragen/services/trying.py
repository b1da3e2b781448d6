"""What the asker says of an answer, after trying it at work; or that it is not needed any more."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import Leervraag, Tried
from ..points import tried_taken_back


@transaction.atomic
def tell_tried(*, actor: Actor, leervraag: Leervraag, happened: str, is_shared: bool, version: str) -> Tried:
    """The asker tried it, and tells what happened. The group reads it only when the asker says so.

    Raises WrittenMeanwhile when the asker wrote something else meanwhile, elsewhere.
    """
    tried = _of(leervraag)
    was_read, read = tried.is_shared, tried.happened
    if write_on_top(tried, version, reply=Tried.Reply.YES, happened=happened, is_shared=is_shared):
        _save(tried)
        if was_read and (not is_shared or happened != read):
            _take_back(leervraag)
    return tried


@transaction.atomic
def answer_not_tried(*, actor: Actor, leervraag: Leervraag, reply: str) -> Tried:
    """ "Nog niet" or "hoeft niet meer": both normal answers, and nobody asks again.

    What was told before is kept, for the asker alone.
    """
    if reply not in (Tried.Reply.NOT_YET, Tried.Reply.NO_NEED):
        raise ValidationError(_("Kies ‘Nog niet’ of ‘Hoeft niet meer’."))
    tried = _of(leervraag)
    was_read = tried.is_shared
    tried.reply, tried.is_shared = reply, False
    _save(tried)
    if was_read:
        _take_back(leervraag)
    return tried


def _take_back(leervraag: Leervraag) -> None:
    for react in tried_taken_back:
        react(leervraag.author)


def _of(leervraag: Leervraag) -> Tried:
    """Under the lock of the group, which a reaction may need, and of the question, as it is now."""
    lock(leervraag.meeting.group)
    now = lock(leervraag)
    if now.outcome not in (Leervraag.Outcome.ANSWERED, Leervraag.Outcome.PARTLY):
        raise ValidationError(_("Deze vraag heeft nog geen antwoord."))
    return Tried.objects.filter(leervraag=now).first() or Tried(leervraag=now)


def _save(tried: Tried) -> None:
    tried.said_at = timezone.now()
    tried.full_clean(validate_unique=False)
    tried.save()
