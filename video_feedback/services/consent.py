"""Sharing a fragment, and taking it back. Nothing is shared without a statement of the owner (docs/security.md P1)."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import ALSO_STATED, CARE_ASKS_MORE, GUESTS, STATEMENTS, Clip, ConsentedWatcher, ConsentStatement
from ..queries import Watcher, watchers_of
from . import on_screen, telling


@transaction.atomic
def share_clip(
    *, actor: Actor, clip: Clip, audience: str, scope: str, includes_guests: bool = False
) -> ConsentStatement:
    """Opens the fragment for the maatje or the group, with the owner's statement of today.

    The statement covers those who are invited now, each with the school of now: who joins later, or becomes the
    maatje later, is asked about anew.
    Raises ValidationError when it would cover nobody: then the owner would think it is shared, and it is not.
    The same statement for the same people, while it is in force, is the one that is there.
    """
    # With its group: meanwhile its coach does not say that the theme asks for more.
    group = lock(clip.owner.group)
    clip = _held(clip)
    if not clip.is_ready:
        raise ValidationError(_("Dit fragment is nog niet klaar om te delen."))
    if group.closed_at is not None:
        raise ValidationError(_("Deze groep is afgesloten. Je kunt het fragment niet meer delen."))
    if audience not in {Clip.Audience.MAATJE, Clip.Audience.GROUP}:
        raise ValidationError({"audience": _("Kies met wie je het fragment deelt.")})
    if group.is_about_care and scope != ConsentStatement.Scope.ALL_PARENTS:
        raise ValidationError({"scope": CARE_ASKS_MORE})
    watchers = watchers_of(clip)
    invited = [watcher for watcher in watchers if audience == Clip.Audience.GROUP or watcher.is_maatje]
    covered = [watcher for watcher in invited if scope == ConsentStatement.Scope.ALL_PARENTS or watcher.is_same_school]
    if not covered:
        raise ValidationError({"scope": _nobody(audience, has_anyone=bool(invited))})

    if (same := _same_in_force(clip, audience, scope, includes_guests, covered)) is not None:
        return same
    now = timezone.now()
    ConsentStatement.objects.in_force().filter(clip=clip).update(ended_at=now)
    texts = [STATEMENTS[ConsentStatement.Scope(scope)], ALSO_STATED, *([GUESTS] if includes_guests else [])]
    statement = ConsentStatement.objects.create(
        clip=clip,
        given_by=clip.owner,
        scope=scope,
        includes_guests=includes_guests,
        text=" ".join(str(text) for text in texts),
        given_at=now,
    )
    ConsentedWatcher.objects.bulk_create(
        ConsentedWatcher(statement=statement, membership=watcher.membership, school_id=watcher.membership.school_id)
        for watcher in covered
    )
    # The owner decides about it now, so it is no longer with the one who sent it in.
    clip.audience, clip.handed_over_at, clip.asked_anew_at = audience, clip.handed_over_at or now, None
    clip.save(update_fields=["audience", "handed_over_at", "asked_anew_at"])
    if audience != Clip.Audience.GROUP:
        on_screen.forget_clip(clip=clip)
    audit.record(actor, "clip.shared", clip, group_id=clip.owner.group_id)
    telling.tell_shared(clip=clip, watchers=[watcher.membership for watcher in covered])
    live.touch(live.topic_of("clip", clip))
    return statement


def _held(clip: Clip) -> Clip:
    """The fragment under lock. Raises Http404 once it was erased: nothing of it is shared, or taken back, any more."""
    held = lock(clip, "owner__group", "owner__user")
    if held.state == Clip.State.ERASED:
        raise Http404
    return held


def _same_in_force(
    clip: Clip, audience: str, scope: str, includes_guests: bool, covered: Sequence[Watcher]
) -> ConsentStatement | None:
    statement = ConsentStatement.objects.in_force().filter(clip=clip).first()
    if statement is None or clip.audience != audience:
        return None
    if (statement.scope, statement.includes_guests) != (scope, includes_guests):
        return None
    # As they count now: who left and came back, or moved to another school and back, is asked about anew.
    still = set(statement.watchers.in_force().values_list("membership", flat=True))
    return statement if still == {watcher.membership.pk for watcher in covered} else None


def _nobody(audience: str, *, has_anyone: bool) -> str:
    if audience == Clip.Audience.MAATJE and not has_anyone:
        return _("Je hebt nog geen maatje in deze groep.")
    if audience == Clip.Audience.MAATJE:
        return _("Je maatje werkt niet op jouw school. Daarvoor is toestemming van alle ouders nodig.")
    return _("In deze groep werkt niemand anders op jouw school. Voor de groep is toestemming van alle ouders nodig.")


@transaction.atomic
def answer_theme(*, actor: Actor, group: NetworkGroup, is_about_care: bool) -> None:
    """The coach says whether the theme is about pupils' needs of care, once a traject; another answer takes its place.

    Where it is, to have informed the parents is not enough: what was shown by that is seen by its owner alone from the
    next request on, who is asked anew. It does not come back by itself when the answer changes.
    """
    group = lock(group)
    if group.closed_at is not None:
        raise ValidationError(_("Deze groep is afgesloten. Er verandert niets meer."))
    if group.is_about_care is is_about_care:
        return
    group.is_about_care = is_about_care
    group.save(update_fields=["is_about_care"])
    audit.record(
        actor, "group.theme_about_care" if is_about_care else "group.theme_not_about_care", group, group_id=group.pk
    )
    if is_about_care:
        informed = ConsentStatement.objects.in_force().filter(scope=ConsentStatement.Scope.OWN_SCHOOL)
        lapsed = informed.filter(clip__owner__group=group).values("clip")
        for clip in Clip.objects.not_erased().filter(pk__in=lapsed).order_by("pk"):
            _ask_anew(clip)


def _ask_anew(clip: Clip) -> None:
    now = timezone.now()
    held = lock(clip)
    ConsentStatement.objects.in_force().filter(clip=held).update(ended_at=now)
    Clip.objects.filter(pk=held.pk).update(asked_anew_at=now)
    on_screen.forget_clip(clip=held)
    live.touch(live.topic_of("clip", held))


def forget_watcher(*, membership: Membership) -> None:
    """Whoever moved to another school is asked about anew, also after moving back: no statement covers them now."""
    ConsentedWatcher.objects.filter(membership=membership).delete()


@transaction.atomic
def withdraw_clip(*, actor: Actor, clip: Clip) -> None:
    """Only the owner sees it, from the next request on, an already open film included. Twice is once.

    Of what the maatje handed over, to keep it to oneself is a decision too.
    """
    clip = _held(clip)
    is_shared = clip.audience != Clip.Audience.ALONE or ConsentStatement.objects.in_force().filter(clip=clip).exists()
    if not is_shared and clip.handed_over_at is not None:
        Clip.objects.filter(pk=clip.pk, is_offered=True).update(is_offered=False)
        return
    now = timezone.now()
    ConsentStatement.objects.in_force().filter(clip=clip).update(ended_at=now)
    Clip.objects.filter(pk=clip.pk).update(
        audience=Clip.Audience.ALONE,
        handed_over_at=Coalesce("handed_over_at", now),
        asked_anew_at=None,
        is_offered=False,
    )
    on_screen.forget_clip(clip=clip)
    audit.record(actor, "clip.withdrawn", clip, group_id=clip.owner.group_id)
    live.touch(live.topic_of("clip", clip))
