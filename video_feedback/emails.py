"""Mails about fragments. No word of the feedback itself, and none about pupils."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from netwerkleren.base.mail import Letter, absolute
from netwerkleren.base.models import OutgoingMail

from .models import Clip, ErasureNotice, Feedback
from .retention import LAST_NOTICE, keeping_of


def feedback_received(mail: OutgoingMail) -> Letter | None:
    """To the owner: someone sent feedback. Not when the fragment was erased meanwhile."""
    sent = Feedback.objects.sent().exclude(clip__state=Clip.State.ERASED)
    feedback = mail.row_among(sent.select_related("giver__user", "clip__owner__user"))
    if feedback is None:
        return None
    context = {
        "reader": feedback.clip.owner.user,
        "giver": feedback.giver.user,
        "url": absolute(reverse("video_feedback:detail", args=[feedback.clip_id])),
    }
    subject = _("%(name)s stuurde je feedback") % {"name": feedback.giver.user.first_name}
    return Letter(subject=subject, template="emails/video_feedback/feedback_received", context=context)


def clip_handed_over(mail: OutgoingMail) -> Letter | None:
    """To its owner: the maatje gave a fragment. Not when they decided about it meanwhile."""
    clip = mail.row_among(Clip.objects.not_erased().filter(is_offered=True, owner__left=None).with_people())
    if clip is None:
        return None
    context = {
        "reader": clip.owner.user,
        "giver": clip.uploaded_by.user,
        "url": absolute(reverse("video_feedback:detail", args=[clip.pk])),
    }
    subject = _("%(name)s gaf je een fragment") % {"name": clip.uploaded_by.user.first_name}
    return Letter(subject=subject, template="emails/video_feedback/clip_handed_over", context=context)


def clip_shared(mail: OutgoingMail) -> Letter | None:
    """To who may watch it. Not when they may no longer, as after it was withdrawn."""
    reader = Membership.objects.current().filter(pk=mail.values["reader"]).select_related("user").first()
    if reader is None:
        return None
    clip = mail.row_among(Clip.objects.visible_to(reader.user).with_people())
    if clip is None:
        return None
    context = {
        "reader": reader.user,
        "giver": clip.owner.user,
        "url": absolute(reverse("video_feedback:detail", args=[clip.pk])),
    }
    subject = _("%(name)s deelde een fragment met je") % {"name": clip.owner.user.first_name}
    return Letter(subject=subject, template="emails/video_feedback/clip_shared", context=context)


def erasure(mail: OutgoingMail) -> Letter | None:
    """To an owner, 14 and 3 days before: until when the fragments are kept. Not when that day moved meanwhile."""
    told = ErasureNotice.objects.filter(mail=mail).exclude(clip__state=Clip.State.ERASED)
    notices = list(told.select_related("clip__owner__user", "clip__owner__group"))
    if not notices:
        return None
    notice, owner = notices[0], notices[0].clip.owner
    if keeping_of(owner.group).last_day != notice.last_day:
        return None
    is_last = notice.days == LAST_NOTICE
    days_kept = timedelta(days=LAST_NOTICE if is_last else 0)
    coach = Membership.objects.current().coaches().filter(group=owner.group).select_related("user").first()
    context = {
        "reader": owner.user,
        "group": owner.group,
        "count": len(notices),
        "until": max(notice.last_day, timezone.localdate() + days_kept),
        "is_last": is_last,
        "url": absolute(reverse("video_feedback:overview")),
    }
    subject = _("Binnenkort wissen we je fragmenten in %(group)s") % {"group": owner.group.name}
    return Letter(subject, "emails/video_feedback/erasure", context, sender=coach.user if coach else None)
