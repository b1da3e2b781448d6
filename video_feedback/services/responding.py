"""What becomes of one remark: mended before it is sent, answered, and what its owner had to it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import write_on_top
from netwerkleren.base.locks import lock

from ..models import Clip, Remark
from ..moments import check_moments


@transaction.atomic
def change_remark(
    *,
    actor: Actor,
    remark: Remark,
    version: str,
    kind: str,
    start: int,
    text: str,
    end: int | None = None,
    principle: str = "",
) -> Remark:
    """Of one's own draft. What was sent meanwhile stays as its owner has it: raises ValidationError."""
    lock(remark.feedback.giver)
    remark = lock(remark, "feedback__clip")
    check_moments(start, end, lasts=remark.feedback.clip.duration_ms)
    if remark.feedback.sent_at is not None:
        raise ValidationError(_("Deze reactie is al verstuurd. Schrijf een nieuwe als je er iets bij wilt zeggen."))
    if write_on_top(remark, version, kind=kind, start_ms=start, end_ms=end, text=text, principle=principle):
        remark.full_clean()
        remark.save()
    return remark


@transaction.atomic
def answer_remark(*, actor: Actor, remark: Remark, version: str, answer: str) -> Remark:
    """The owner answers a vraag: read by all who read it. Emptied, it is taken back."""
    remark = lock(remark, "feedback__clip")
    _check_there(remark)
    if remark.kind != Remark.Kind.VRAAG:
        raise ValidationError(_("Alleen een vraag krijgt een antwoord."))
    if write_on_top(remark, version, stands=remark.version_of_answer, answer=answer):
        remark.full_clean()
        remark.save(update_fields=["answer"])
        live.touch(live.topic_of("clip", remark.feedback.clip))
    return remark


@transaction.atomic
def mark_helpful(*, actor: Actor, clip: Clip, remark: Remark, helped: bool) -> None:
    """ "Hier heb ik wat aan": one remark a fragment, and another one takes its place. Its giver alone sees it."""
    clip = lock(clip)
    if clip.state == Clip.State.ERASED or remark.feedback.clip_id != clip.pk:
        raise Http404
    Remark.objects.filter(feedback__clip=clip, helped=True).update(helped=False)
    if helped:
        Remark.objects.filter(pk=remark.pk, feedback__sent_at__isnull=False).update(helped=True)


def _check_there(remark: Remark) -> None:
    if remark.feedback.clip.state == Clip.State.ERASED:
        raise Http404
