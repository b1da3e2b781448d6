"""Deel met je team: the own text, and what was shared with it."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile, write_on_top
from netwerkleren.base.locks import lock
from netwerkleren.base.once import make_once

from ..models import Meeting, TeamSharing, TeamText


@transaction.atomic
def save_text(
    *, actor: Actor, member: Membership, meeting: Meeting, page: str, sentences: str, version: str, proposed: str
) -> TeamText:
    """Keeps the own text, written on top of `version`; the first time that is our proposal, whose version is
    `proposed`. Raises WrittenMeanwhile when another stands there now.
    """
    lock(member)  # two posts at once come one after the other
    text = TeamText.objects.filter(meeting=meeting, member=member).first()
    if text is None and version != proposed:
        raise WrittenMeanwhile(TeamText(meeting=meeting, member=member))
    text = text or TeamText(meeting=meeting, member=member)
    stands = proposed if text._state.adding else text.version
    if write_on_top(text, version, stands=stands, page=page, sentences=sentences) or text._state.adding:
        text.full_clean()
        text.save()
    return text


@transaction.atomic
def add_sharing(
    *, actor: Actor, key: UUID, member: Membership, meeting: Meeting, form: str, words: str, shared_on: date
) -> TeamSharing:
    """`key` is the form's: posted twice it is one."""
    if shared_on > timezone.localdate():
        raise ValidationError({"shared_on": _("Kies vandaag of een dag die is geweest.")})
    sharing, _created = make_once(
        TeamSharing,
        key=key,
        by="member",
        meeting=meeting,
        member=member,
        form=form,
        words=words,
        shared_on=shared_on,
    )
    return sharing


@transaction.atomic
def remove_sharing(*, actor: Actor, sharing: TeamSharing) -> None:
    TeamSharing.objects.filter(pk=sharing.pk).delete()
