"""Mail to the expert: the leervragen, as text, as HTML, and as a PDF to take along."""

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.guests import mint_link
from netwerkleren.base.mail import Attachment, Letter, absolute
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.templatetags.ui import long_date

from .documents import leervragen_pdf
from .models import Leervraag, Mailing


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
    leervragen = list(
        Leervraag.objects.as_handed_in().select_related("meeting__group", "meeting__topic").filter(mailings=mailing)
    )
    if not leervragen or not invitation.is_asked:
        return None
    is_addition = mailing.kind == Mailing.Kind.ADDITION
    context = {
        "expert": invitation.expert,
        "meeting": meeting,
        "leervragen": leervragen,
        "is_addition": is_addition,
        "is_parked": mailing.kind == Mailing.Kind.PARKED,
        "link": absolute(reverse("meetings:expert_link", args=[mint_link(invitation)])),
    }
    pdf = leervragen_pdf(leervragen[0].meeting, leervragen, is_addition=is_addition).pdf
    return Letter(
        subject=_subject(mailing),
        template="emails/leervragen/for_expert",
        context=context,
        sender=next(iter(invitation.coaches_to_hear), None),
        attachments=(Attachment(_("leervragen.pdf"), pdf, "application/pdf"),),
    )


def _subject(mailing: Mailing) -> str:
    """What an expert looks for in a full mailbox: which meeting, when and where; no word about pupils."""
    meeting = mailing.invitation.meeting
    if mailing.kind == Mailing.Kind.PARKED:
        return _("Een leervraag van %(group)s") % {"group": meeting.group.name}
    kinds = {
        Mailing.Kind.FIRST.value: _("Leervragen voor %(topic)s"),
        Mailing.Kind.ADDITION.value: _("Nieuwe leervragen voor %(topic)s"),
    }
    when = long_date(meeting.starts_at) if meeting.starts_at else ""
    facts = [kinds[mailing.kind] % {"topic": meeting.title}, when, meeting.place]
    return ", ".join(fact for fact in facts if fact)
