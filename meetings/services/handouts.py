"""Handouts: put there by the expert or the coach, taken away by whoever put them there, and their files erased."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.rules import membership_of
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.once import make_once

from ..handout_files import Checked
from ..models import BOARD_PHOTOS, HANDOUTS, BoardPhoto, ExpertInvitation, Handout, Meeting

MOST_A_MEETING = 12
SWEPT, SWEPT_EVERY = "meetings:loose-files", timedelta(hours=1)
LOOSE_FOR = timedelta(hours=1)
"""A file without a row is older than this before it goes: its form may still be on its way in."""


@transaction.atomic
def add_handout(
    *,
    actor: Actor,
    key: UUID,
    meeting: Meeting,
    title: str,
    link: str = "",
    file: Checked | None = None,
    invitation: ExpertInvitation | None = None,
) -> Handout:
    """Puts a link or a file there: by the coach, also for the expert of `invitation`; or by that expert, as a guest.

    `key` is the form's: posted twice it makes one. Raises ValidationError when the meeting has as many as it may have,
    and for an expert who does not come.
    """
    meeting = lock(meeting)
    if meeting.state == Meeting.State.CANCELLED:
        raise ValidationError(_("Deze bijeenkomst gaat niet door. Er kan niets meer bij."))
    if invitation is not None and (invitation.meeting_id != meeting.pk or not lock(invitation).is_asked):
        raise ValidationError(_("Deze uitnodiging geldt niet meer. Er kan niets meer bij."))
    if not Handout.objects.filter(pk=key).exists() and meeting.handouts.count() >= MOST_A_MEETING:
        raise ValidationError(
            _("Er staan al %(most)d hand-outs. Haal er eerst een weg."), params={"most": MOST_A_MEETING}
        )
    put_by = None if actor.is_guest else membership_of(actor, meeting)
    handout, created = make_once(
        Handout,
        key=key,
        by="put_by" if put_by else "invitation",
        meeting=meeting,
        invitation=invitation,
        put_by=put_by,
        title=title,
        kind=file.kind if file else Handout.Kind.LINK,
        link=link,
        file=file.content if file else "",
        size=file.content.size if file else 0,
    )
    if created:
        audit.record(actor, "handout.added", handout, group_id=meeting.group_id)
    return handout


@transaction.atomic
def remove_handout(*, actor: Actor, handout: Handout) -> None:
    """Takes it away for good, with its file. A second press changes nothing."""
    gone, _rows = Handout.objects.filter(pk=handout.pk).delete()
    if gone:
        if handout.file:
            transaction.on_commit(partial(handout.file.storage.delete, str(handout.file)))
        audit.record(actor, "handout.removed", handout, group_id=handout.meeting.group_id)


def erase_loose_files() -> None:
    """Once an hour: files whose row went with its meeting or group, or never came."""
    # Asked first: to add what is there already is a write that fails, four times a minute.
    if cache.get(SWEPT) is None and cache.add(SWEPT, 1, timeout=SWEPT_EVERY.total_seconds()):
        erase_files_without_row(folder=HANDOUTS, model=Handout)
        erase_files_without_row(folder=BOARD_PHOTOS, model=BoardPhoto)


def erase_files_without_row(*, folder: str, model: type[Model]) -> None:
    """In the folders of this folder, each with files that a row of `model` names in `file`."""
    store, known = storages["default"], set(model._default_manager.values_list("file", flat=True))
    try:
        meetings, _files = store.listdir(folder)
    except FileNotFoundError:
        return
    for meeting in meetings:
        for name in store.listdir(f"{folder}/{meeting}")[1]:
            _erase_when_loose(store, f"{folder}/{meeting}/{name}", known)


def _erase_when_loose(store: Storage, path: str, known: set[str]) -> None:
    if path not in known and store.get_modified_time(path) < timezone.now() - LOOSE_FOR:
        store.delete(path)
