"""Handing in a leervraag, changing it, taking it back, or saying "deze keer niet"."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from groups.rules import membership_of
from meetings.models import Meeting
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock
from netwerkleren.base.once import make_once
from video_feedback.models import Clip

from ..models import Leervraag, NotThisTime
from ..points import question_taken_back
from . import boards, holding


@transaction.atomic
def hand_in(
    *,
    actor: Actor,
    key: UUID,
    meeting: Meeting,
    author: Membership,
    text: str,
    situation: str = "",
    clip: Clip | None = None,
) -> Leervraag:
    """Hands in a question; late is allowed. `key` is the form's: posted twice it makes one question.

    The coach may type for another member, and then the question says so.
    """
    if meeting.is_over:
        raise ValidationError(_("Deze bijeenkomst is geweest. Lever je vraag in voor een volgende."))
    if author.group_id != meeting.group_id or author.left is not None:
        raise ValidationError({"author": _("Kies iemand uit deze groep.")})
    _check_clip(clip, author)
    typist = membership_of(actor, meeting)
    deadline = meeting.leervraag_deadline
    leervraag, created = make_once(
        Leervraag,
        key=key,
        by="author",
        meeting=meeting,
        author=author,
        typed_by=typist if typist != author else None,
        text=text,
        situation=situation,
        clip=clip,
        is_late=deadline is not None and timezone.now() > deadline,
    )
    if created:
        NotThisTime.objects.filter(meeting=meeting, member=author).delete()
        audit.record(actor, "leervraag.handed_in", leervraag, group_id=meeting.group_id)
        boards.touch(meeting=meeting)
    return leervraag


@transaction.atomic
def change_leervraag(
    *, actor: Actor, leervraag: Leervraag, text: str, situation: str, clip: Clip | None = None, version: str
) -> Leervraag:
    """Changes the own question. After the mail to the expert that is still allowed, and it says so. One that the coach
    holds back is handed in again by its change.

    `version` is what the asker started from. Raises WrittenMeanwhile when something else stands there now.
    """
    lock(leervraag.meeting.group)  # a reaction may need it
    now = lock(leervraag, "author", "clip", "meeting")
    if now.is_withdrawn:
        raise ValidationError(_("Deze vraag is intussen ingetrokken."))
    if now.meeting.is_over:
        raise ValidationError(_("Deze bijeenkomst is geweest. De vraag blijft zoals hij is gesteld."))
    if now.outcome == Leervraag.Outcome.MOVED:
        raise ValidationError(_("Deze vraag ging intussen mee naar een volgende bijeenkomst. Pas hem daar aan."))
    _check_clip(clip, now.author)
    before, was_held_back = (now.text, now.situation), now.is_held_back
    if not write_on_top(now, version, stands=now.version_of_text, text=text, situation=situation, clip=clip):
        if now.is_held_back:
            raise ValidationError(_("Je vraag is nog dezelfde. Verander eerst waaraan je de leerling herkent."))
        return now
    if now.is_held_back:
        now.outcome, now.reason = Leervraag.Outcome.OPEN, ""
        NotThisTime.objects.filter(meeting=now.meeting_id, member=now.author_id).delete()
        audit.record(actor, "leervraag.handed_in", now, group_id=now.meeting.group_id)
    if before != (text, situation) and now.mailings.exists():
        now.changed_after_mail_at = timezone.now()
    now.full_clean(validate_constraints=False)
    now.save(update_fields=["text", "situation", "clip", "changed_after_mail_at", "outcome", "reason"])
    if was_held_back:
        holding.show_earlier(leervraag=now)
    elif text != before[0]:
        _tell_taken_back(leervraag.meeting)
    boards.touch(meeting=leervraag.meeting)
    return now


@transaction.atomic
def withdraw_leervraag(*, actor: Actor, leervraag: Leervraag) -> None:
    """Takes the own question back, off the meetlat too. A second click changes nothing."""
    lock(leervraag.meeting.group)  # a reaction may need it
    boards.lock_meetlat(meeting=leervraag.meeting)
    now = Leervraag.objects.filter(pk=leervraag.pk).first()
    if now is None or now.is_withdrawn:
        return
    if now.outcome == Leervraag.Outcome.MOVED:
        raise ValidationError(_("Deze vraag ging intussen mee naar een volgende bijeenkomst. Trek hem daar in."))
    if now.is_held_back:
        holding.withdraw_held_back(leervraag=now)
    else:
        boards.withdraw_strip(strip=leervraag)
    _tell_taken_back(leervraag.meeting)
    audit.record(actor, "leervraag.withdrawn", leervraag, group_id=leervraag.author.group_id)


def _tell_taken_back(meeting: Meeting) -> None:
    for react in question_taken_back:
        react(meeting)


@transaction.atomic
def say_not_this_time(*, actor: Actor, meeting: Meeting) -> None:
    """No question this time: a normal answer. Handing one in later takes it back."""
    if meeting.is_over:
        raise ValidationError(_("Deze bijeenkomst is geweest. Je hoeft niets meer te laten weten."))
    member = membership_of(actor, meeting)
    if member is None:
        raise PermissionDenied(_("Je zit niet meer in deze groep."))
    if Leervraag.objects.current().filter(meeting=meeting, author=member).exists():
        raise ValidationError(_("Je leervraag is al binnen. Heb je deze keer geen vraag? Trek hem dan in."))
    NotThisTime.objects.get_or_create(meeting=meeting, member=member)


def _check_clip(clip: Clip | None, author: Membership) -> None:
    """One supports a question with an own fragment that can be watched."""
    if clip is not None and (clip.owner_id != author.pk or not clip.is_ready):
        raise ValidationError({"clip": _("Kies een eigen fragment dat klaar is.")})
