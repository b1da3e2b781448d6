"""Mails about fragments. No word of the feedback itself, and none about pupils."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netwerkleren.base.mail import Letter, absolute, letter
from netwerkleren.base.models import OutgoingMail

from .models import Clip, Feedback


@letter("video_feedback.feedback_received", gettext_lazy("Bericht over feedback"))
def feedback_received(mail: OutgoingMail) -> Letter | None:
    """To the owner: someone sent feedback. Not when the fragment was erased meanwhile."""
    found = Feedback.objects.sent().filter(pk=mail.object_ids["feedback"]).exclude(clip__state=Clip.State.ERASED)
    feedback = found.select_related("giver__user", "clip__owner__user").first()
    if feedback is None:
        return None
    context = {
        "reader": feedback.clip.owner.user,
        "giver": feedback.giver.user,
        "url": absolute(reverse("video_feedback:detail", args=[feedback.clip_id])),
    }
    subject = _("%(name)s stuurde je feedback") % {"name": feedback.giver.user.first_name}
    return Letter(subject=subject, template="emails/video_feedback/feedback_received", context=context)
