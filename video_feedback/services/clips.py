"""A fragment as people deal with it: added, sent to the worker, handed over, erased."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from meetings.models import Meeting
from netwerkleren.base import audit, live
from netwerkleren.base.access import NOBODY, Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.once import make_once
from netwerkleren.base.tasks import after_commit

from .. import conversion, erasing, room, tasks
from ..models import Clip, Upload
from . import on_screen, telling


@transaction.atomic
def add_clip(
    *,
    actor: Actor,
    key: UUID,
    uploaded_by: Membership,
    owner: Membership,
    title: str,
    meeting: Meeting | None = None,
    goal: str = "",
    agrees: bool = False,
) -> Clip:
    """Makes the fragment that a recording will be sent for. One posts for oneself or for the own maatje.

    Once a year, before the first of them, one `agrees` with the rules of use.
    """
    _check_rules(actor, uploaded_by, agrees=agrees)
    is_own = owner.pk == uploaded_by.pk
    if owner.group.closed_at is not None:
        raise ValidationError(_("Deze groep is afgesloten. Er komen geen fragmenten meer bij."))
    if not is_own and (owner.pair_id is None or owner.pair_id != uploaded_by.pair_id):
        raise ValidationError({"owner": _("Je plaatst een fragment van jezelf of van je maatje.")})
    if meeting is not None and meeting.group_id != owner.group_id:
        raise ValidationError({"meeting": _("Deze bijeenkomst is van een andere groep.")})
    clip, created = make_once(
        Clip,
        key=key,
        by="uploaded_by",
        uploaded_by=uploaded_by,
        owner=owner,
        title=title,
        meeting=meeting,
        goal=goal,
        handed_over_at=timezone.now() if is_own else None,
    )
    if created:
        audit.record(actor, "clip.added", clip, group_id=owner.group_id)
    return clip


def _check_rules(actor: Actor, uploaded_by: Membership, *, agrees: bool) -> None:
    user = uploaded_by.user
    if user.has_agreed_rules:
        return
    if not agrees:
        raise ValidationError({"agrees": _("Lees de gebruiksregels en zeg dat je je eraan houdt.")})
    user.rules_agreed_at = timezone.now()
    user.save(update_fields=["rules_agreed_at"])
    audit.record(actor, "rules.agreed", user)


@transaction.atomic
def queue_conversion(*, clip: Clip) -> bool:
    """The recording is in: convert it. Only once, whoever finds out that it is complete."""
    waiting = Clip.objects.filter(pk=clip.pk, state__in=[Clip.State.UPLOADING, Clip.State.TO_CUT])
    queued = waiting.update(
        state=Clip.State.QUEUED,
        attempts=0,
        lease_until=None,
        progress=0,
        reason="",
        made_as="",
        error="",
        queued_at=timezone.now(),
    )
    if queued:
        # It was for who sends it, to find what was in; of footage that is here no trace is kept beside it.
        Upload.objects.filter(clip=clip).update(fingerprint="")
        live.touch(live.topic_of("clip", clip))
        after_commit(tasks.convert_next)
    return bool(queued)


@transaction.atomic
def retry_conversion(*, actor: Actor, clip: Clip) -> None:
    """Try again with the recording that was kept; when it no longer is, another one is chosen. Of one that a piece is
    cut out of, the piece is chosen anew, unless the fault was ours.
    """
    clip = lock(clip, "uploaded_by")
    if clip.state != Clip.State.FAILED:
        return
    recording = Upload.objects.filter(clip=clip).first()
    has_recording = recording is not None
    if has_recording:
        lock(clip.uploaded_by)
        if room.is_crowded(clip=clip):
            raise ValidationError(room.crowded())
    if recording is not None and recording.is_to_cut and clip.reason not in conversion.OUR_FAULTS:
        Clip.objects.filter(pk=clip.pk).update(state=Clip.State.TO_CUT)
        return
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.UPLOADING)
    if has_recording:
        queue_conversion(clip=clip)


@transaction.atomic
def hand_over_clip(*, actor: Actor, clip: Clip) -> None:
    """The uploader gives the fragment to its owner, or the owner takes it: from then on it is the owner's alone."""
    if Clip.objects.filter(pk=clip.pk, handed_over_at=None).update(handed_over_at=timezone.now()):
        audit.record(actor, "clip.handed_over", clip, group_id=clip.owner.group_id)
        telling.tell_handed_over(actor=actor, clip=clip)


@transaction.atomic
def forget_unsent(*, sender: Membership) -> None:
    """Who left sends no recording any more: what came in of one goes, and a fragment of another that waits for it too.

    Without it that other is asked for a fragment again.
    """
    for clip in Clip.objects.filter(uploaded_by=sender, state=Clip.State.UPLOADING).select_related("owner"):
        if clip.owner_id == sender.pk:
            erasing.forget_recording(clip=clip)
        else:
            erase_clip(actor=NOBODY, clip=clip)


@transaction.atomic
def erase_clip(*, actor: Actor, clip: Clip) -> None:
    """Gone for everyone at the next request; the files follow by a task that a crash cannot lose."""
    if Clip.objects.not_erased().filter(pk=clip.pk).update(state=Clip.State.ERASED, title="", goal="", captions=""):
        on_screen.forget_clip(clip=clip)
        audit.record(actor, "clip.erased", clip, group_id=clip.owner.group_id)
        live.touch(live.topic_of("clip", clip))
        after_commit(tasks.erase_footage, str(clip.pk))
