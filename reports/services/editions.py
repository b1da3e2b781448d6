"""What one member has printed: ordered, made by a worker, and kept for a day."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup
from groups.rules import membership_of
from meetings.models import Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.once import make_once
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.tasks import after_commit

from .. import tasks
from ..closing.attended import meetings_attended
from ..models import Edition, MadePdf, PackMail
from ..models.edition import EditionQuerySet
from ..printing.facts import On
from ..printing.sheets import sheets_for

MOST_EDITIONS = 5
"""PDFs of one member that wait or are made: a worker makes them one after another, for everyone."""


def _member_of(actor: Actor, group: NetworkGroup) -> Membership:
    member = membership_of(actor, group)
    if member is None:
        raise ValidationError(_("Je zit niet meer in deze groep."))
    return member


@transaction.atomic
def order_papers(
    *, actor: Actor, group: NetworkGroup, meeting: Meeting | None, key: UUID, sheets: Sequence[str]
) -> Edition:
    """Has these sheets made as one PDF, of a meeting or of the traject. `key` is the form's: posted twice is once."""
    member = _member_of(actor, group)
    leads = meeting is not None and has_perm("meetings.lead_meeting", actor, meeting)
    offered = [sheet.code for sheet in sheets_for(On(group, member, meeting), leads=leads)]
    chosen = [code for code in offered if code in sheets]
    if not chosen:
        raise ValidationError({"sheets": _("Kies wat je wilt printen.")})
    return _order(member, key, kind=Edition.Kind.PAPERS, meeting=meeting, sheets=chosen)


@transaction.atomic
def order_for_me(*, actor: Actor, group: NetworkGroup, key: UUID, kind: str) -> Edition:
    """Has a deelnemer's own edition, page for the team or certificate made."""
    member = _member_of(actor, group)
    if kind == Edition.Kind.CERTIFICATE and not meetings_attended(member):
        raise ValidationError(_("Je bewijs kan nog niet: je was nog bij geen bijeenkomst die is afgerond."))
    return _order(member, key, kind=kind)


def _order(member: Membership, key: UUID, **what: object) -> Edition:
    lock(member)
    mine = Edition.objects.filter(member=member)
    if not mine.filter(pk=key).exists() and mine.busy().count() >= MOST_EDITIONS:
        raise ValidationError(_("Er worden al een paar pdf's voor je gemaakt. Wacht daar even op."))
    edition, created = make_once(Edition, key=key, by="member", group=member.group, member=member, **what)
    if created:
        after_commit(tasks.make_edition, str(edition.pk))
    return edition


@transaction.atomic
def retry_edition(*, actor: Actor, edition: Edition) -> None:
    failed = Edition.objects.filter(pk=edition.pk, state=MadePdf.State.FAILED)
    if failed.update(state=MadePdf.State.QUEUED, attempts=0, lease_until=None, error="", step=""):
        after_commit(tasks.make_edition, str(edition.pk))


@transaction.atomic
def wish_pack_mail(*, actor: Actor, group: NetworkGroup, wished: bool) -> None:
    """Whether the actor, a coach, gets a mail the day before each meeting of this group."""
    member = _member_of(actor, group)
    lock(member)
    if wished:
        PackMail.objects.get_or_create(member=member)
    else:
        PackMail.objects.filter(member=member).delete()


def withdraw_editions(*, group: NetworkGroup) -> None:
    """What was taken back is gone from the own editions too. Runs in the caller's transaction."""
    _withdraw(Edition.objects.filter(group=group).about_what_is_shared())


def withdraw_papers(*, meeting: Meeting) -> None:
    """The same of the papers of one meeting. Runs in the caller's transaction."""
    _withdraw(Edition.objects.papers_of(meeting))


def _withdraw(theirs: EditionQuerySet) -> None:
    theirs.busy().update(state=MadePdf.State.QUEUED, attempts=0, lease_until=None, step="")
    theirs.filter(state=MadePdf.State.READY).update(state=MadePdf.State.OUTDATED)
    for edition in theirs.busy():
        after_commit(tasks.make_edition, str(edition.pk))
    for edition in theirs.with_needless_file():
        after_commit(tasks.remove_file, str(edition.pk))
