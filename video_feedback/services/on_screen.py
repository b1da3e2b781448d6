"""A fragment, or one talentmoment, on the Scherm for a moment (docs/security.md P6).

Pupils are on these films. One plays only when its owner taps, or said beforehand that it may; and only as long as the
whole room may see it, which is asked again before each piece of it.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.rules import is_coach_of
from meetings.models import AgendaItem, Meeting
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.permissions import has_perm

from ..models import Clip, OnScreen, ScreenPermit, Talentmoment
from ..queries import why_not_for_room
from ..rules import is_owner


@transaction.atomic
def allow_on_screen(*, actor: Actor, clip: Clip, meeting: Meeting, allowed: bool) -> None:
    """ "Mag in de bijeenkomst op het Scherm", said by its owner; taken back, it is off the Scherm at once."""
    meeting, clip = _held(meeting, clip)
    if not allowed:
        ScreenPermit.objects.filter(clip=clip, meeting=meeting).update(allowed_at=None)
        OnScreen.objects.filter(meeting=meeting, clip=clip).delete()
        _tell(meeting)
        return
    if meeting.is_over:
        raise ValidationError(_("Deze bijeenkomst is voorbij."))
    _check_room(clip, meeting)
    permit, _is_new = ScreenPermit.objects.get_or_create(clip=clip, meeting=meeting)
    if permit.allowed_at is None:
        permit.allowed_at = timezone.now()
        permit.save(update_fields=["allowed_at"])
        audit.record(actor, "clip.allowed_on_screen", clip, group_id=meeting.group_id)
        _tell(meeting)


@transaction.atomic
def ask_for_clip(*, actor: Actor, clip: Clip, meeting: Meeting) -> None:
    """ "Vraag Marijke": it shows on the phone of its owner, who decides. Never a mail."""
    meeting, clip = _held(meeting, clip)
    _current_item(meeting)
    _check_room(clip, meeting)
    permit, _is_new = ScreenPermit.objects.get_or_create(clip=clip, meeting=meeting)
    if permit.asked_at is None:
        permit.asked_at = timezone.now()
        permit.save(update_fields=["asked_at"])
        _tell(meeting)


@transaction.atomic
def decline_clip(*, actor: Actor, clip: Clip, meeting: Meeting) -> None:
    """ "Nu niet", by its owner: the question is gone, and nobody hears why."""
    meeting, clip = _held(meeting, clip)
    if ScreenPermit.objects.filter(clip=clip, meeting=meeting).exclude(asked_at=None).update(asked_at=None):
        _tell(meeting)


@transaction.atomic
def show_clip(*, actor: Actor, clip: Clip, meeting: Meeting) -> OnScreen:
    """ "Speel af op het Scherm": by its owner, or by the coach where its owner said beforehand that it may."""
    meeting, clip = _held(meeting, clip)
    permits = ScreenPermit.objects.filter(clip=clip, meeting=meeting)
    may = is_owner(actor, clip) or (is_coach_of(actor, meeting) and permits.exclude(allowed_at=None).exists())
    if not may:
        raise PermissionDenied(_("Alleen wie het fragment maakte, kan dat. Vraag het eerst."))
    item = _current_item(meeting)
    _check_room(clip, meeting)
    before = OnScreen.objects.live().filter(meeting=meeting, clip=clip, is_playing=True).first()
    if before is not None:
        return before
    shown, _is_new = OnScreen.objects.update_or_create(
        meeting=meeting,
        defaults={"item": item, "clip": clip, "talentmoment": None, "is_playing": True, "shown_at": timezone.now()},
    )
    permits.update(asked_at=None)
    audit.record(actor, "clip.shown_on_screen", clip, group_id=meeting.group_id)
    _tell(meeting)
    return shown


@transaction.atomic
def play_clip(*, actor: Actor, meeting: Meeting, playing: bool) -> None:
    """Play or pause, from the phone of its owner."""
    meeting = lock(meeting, "group")
    shown = OnScreen.objects.live().filter(meeting=meeting, clip__isnull=False).select_related("clip__owner").first()
    if shown is None or shown.clip is None:
        raise ValidationError(_("Er staat nu geen fragment op het Scherm."))
    if not is_owner(actor, shown.clip):
        raise PermissionDenied(_("Alleen wie het fragment maakte, kan dat."))
    if shown.is_playing != playing:
        shown.is_playing = playing
        shown.save(update_fields=["is_playing"])
        _tell(meeting)


@transaction.atomic
def show_talentmoment(*, actor: Actor, talentmoment: Talentmoment, meeting: Meeting) -> OnScreen:
    """ "Toon deze": its text and who noted it, large. Its fragment is its owner's to show."""
    meeting = lock(meeting, "group")
    item = _current_item(meeting)
    if talentmoment.author.group_id != meeting.group_id:
        raise ValidationError(_("Dit talentmoment is van een andere groep."))
    shown, _is_new = OnScreen.objects.update_or_create(
        meeting=meeting,
        defaults={
            "item": item,
            "clip": None,
            "talentmoment": talentmoment,
            "is_playing": False,
            "shown_at": timezone.now(),
        },
    )
    _tell(meeting)
    return shown


@transaction.atomic
def clear_screen(*, actor: Actor, meeting: Meeting) -> bool:
    """ "Stop": the Scherm shows the onderdeel again. False when nothing else was on it."""
    meeting = lock(meeting, "group")
    shown = OnScreen.objects.filter(meeting=meeting).select_related("clip__owner").first()
    if shown is None:
        return False
    is_own = shown.clip is not None and is_owner(actor, shown.clip)
    if not is_own and not has_perm("meetings.lead_meeting", actor, meeting):
        raise PermissionDenied(_("Alleen wie het liet zien, of wie de bijeenkomst leidt, kan dat."))
    shown.delete()
    _tell(meeting)
    return True


def make_way(*, meeting: Meeting) -> None:
    """Another onderdeel is on."""
    OnScreen.objects.filter(meeting=meeting).delete()


def forget_meeting(*, meeting: Meeting) -> None:
    """The meeting is over: nothing is shown, and what was asked or allowed for it is gone."""
    make_way(meeting=meeting)
    ScreenPermit.objects.filter(meeting=meeting).delete()


def forget_clip(*, clip: Clip) -> None:
    """It is not shared any more, or erased: off every Scherm at once, and what was said beforehand is gone."""
    shown_in = list(Meeting.objects.filter(on_screen__clip=clip))
    OnScreen.objects.filter(clip=clip).delete()
    ScreenPermit.objects.filter(clip=clip).delete()
    for meeting in shown_in:
        _tell(meeting)


def _held(meeting: Meeting, clip: Clip) -> tuple[Meeting, Clip]:
    return lock(meeting, "group"), lock(clip, "owner__group", "owner__user")


def _current_item(meeting: Meeting) -> AgendaItem:
    if not meeting.is_running or meeting.current_item is None:
        raise ValidationError(_("Deze bijeenkomst is nu niet bezig."))
    return meeting.current_item


def _check_room(clip: Clip, meeting: Meeting) -> None:
    if reason := why_not_for_room(clip, meeting):
        raise ValidationError(reason)


def _tell(meeting: Meeting) -> None:
    live.touch(live.topic_of("meeting", meeting))
