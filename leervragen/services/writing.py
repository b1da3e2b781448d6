"""Answering a question in writing, as a member or as the expert, each under the own name."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.rules import membership_of
from meetings.actors import ExpertGuest
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import Leervraag, WrittenAnswer
from ..points import question_taken_back


@transaction.atomic
def write_answer(*, actor: Actor, leervraag: Leervraag, text: str, version: str) -> WrittenAnswer:
    """Saves the own answer, before the meeting or after it. An empty text takes it back.

    Raises WrittenMeanwhile when the writer wrote something else meanwhile, elsewhere.
    """
    lock(leervraag.meeting.group)  # a reaction may need it
    now = lock(leervraag, "meeting")
    if now.is_withdrawn:
        raise ValidationError(_("Deze vraag is intussen ingetrokken."))
    answer = WrittenAnswer.objects.of(actor).filter(leervraag=now).first() or _new(actor, now)
    was_read = bool(answer.text)
    if not write_on_top(answer, version, text=text):
        return answer
    if was_read:
        for react in question_taken_back:
            react(now.meeting)
    if not text:
        WrittenAnswer.objects.filter(pk=answer.pk).delete()
        return answer
    answer.written_at = timezone.now()
    answer.full_clean(validate_unique=False)
    answer.save()
    return answer


def _new(actor: Actor, leervraag: Leervraag) -> WrittenAnswer:
    if isinstance(actor, ExpertGuest):
        return WrittenAnswer(leervraag=leervraag, invitation_id=actor.invitation_id)
    author = membership_of(actor, leervraag)
    if author is None:
        raise PermissionDenied(_("Je zit niet meer in deze groep."))
    return WrittenAnswer(leervraag=leervraag, author=author)
