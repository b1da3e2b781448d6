"""Mail to the expert: the leervragen, as text, as HTML, and as a PDF to take along."""

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.guests import mint_link
from netwerkleren.base.mail import Attachment, Letter, absolute
from netwerkleren.base.models import OutgoingMail

from .documents import leervragen_pdf
from .models import Mailing


def for_expert(mail: OutgoingMail) -> Letter | None:
    """Not needed any more when the expert is no longer asked, or every question in it was taken back."""
    mailings = Mailing.objects.select_related(
        "invitation__meeting__group", "invitation__meeting__topic", "invitation__expert", "invitation__invited_by"
    )
    mailing = mail.row_among(mailings)
    if mailing is None:
        return None
    invitation = mailing.invitation
    meeting = invitation.meeting
    leervragen = list(meeting.leervragen.as_handed_in().filter(mailings=mailing))
    if not leervragen or not invitation.is_asked:
        return None
    is_addition = mailing.kind == Mailing.Kind.ADDITION
    subject = _("Nieuwe leervragen voor %(topic)s") if is_addition else _("Leervragen voor %(topic)s")
    context = {
        "expert": invitation.expert,
        "meeting": meeting,
        "leervragen": leervragen,
        "is_addition": is_addition,
        "link": absolute(reverse("meetings:expert_link", args=[mint_link(invitation)])),
    }
    pdf = leervragen_pdf(meeting, leervragen, is_addition=is_addition).pdf
    return Letter(
        subject=subject % {"topic": meeting.title},
        template="emails/leervragen/for_expert",
        context=context,
        sender=invitation.invited_by,
        attachments=(Attachment(_("leervragen.pdf"), pdf, "application/pdf"),),
    )
