"""What several places ask about leervragen: who the expert is, how the mail stands, which question is asked."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from groups.models import NetworkGroup
from meetings.models import EXPERT_LINK_DAYS, ExpertInvitation, Meeting
from netwerkleren.base.models import OutgoingMail

from .board import Block, blocks_of
from .models import Leervraag, Mailing

PAUSE = timedelta(hours=1)
"""At most one addition in this time, so that ten late questions are no ten mails."""


def expert_of(meeting: Meeting) -> ExpertInvitation | None:
    """The expert who comes, or who has not answered yet."""
    return meeting.expert_invitations.asked().select_related("expert").first()


def experts_within_reach(group: NetworkGroup) -> list[ExpertInvitation]:
    """Who comes or came to the group, and whose page is still there, the next meeting first."""
    asked = ExpertInvitation.objects.asked().filter(meeting__group=group).select_related("expert", "meeting__topic")
    still = timezone.now() - timedelta(days=EXPERT_LINK_DAYS)
    there = asked.filter(Q(meeting__starts_at=None) | Q(meeting__starts_at__gt=still))
    return list(there.exclude(meeting__state=Meeting.State.CANCELLED).order_by("-meeting__position"))


def mail_to(expert: ExpertInvitation) -> set[str | None]:
    """How the mails with leervragen to this expert stand; empty when none was made."""
    status = OutgoingMail.objects.latest_status("leervragen.for_expert")
    return set(Mailing.objects.of_meeting().filter(invitation=expert).values_list(status, flat=True))


def due_for_mail() -> QuerySet[ExpertInvitation]:
    """Experts who are to get a first mail or an addition now, until the meeting begins."""
    now = timezone.now()
    mailings = Mailing.objects.of_meeting().filter(invitation=OuterRef("pk"))
    sent = Mailing.leervragen.through.objects.filter(
        leervraag=OuterRef("pk"), mailing__invitation=OuterRef(OuterRef("pk"))
    )
    new = Leervraag.objects.for_the_expert().filter(~Exists(sent), meeting=OuterRef("meeting"))
    return (
        ExpertInvitation.objects.asked()
        .filter(
            Q(meeting__starts_at=None) | Q(meeting__starts_at__gt=now),
            ~Exists(mailings.filter(created__gt=now - PAUSE)),
            Exists(new),
            meeting__kind=Meeting.Kind.NETWORK,
            meeting__state=Meeting.State.PLANNED,
            meeting__group__published_at__isnull=False,
            meeting__leervraag_deadline__lte=now,
        )
        .select_related("meeting", "expert")
    )


def block_of(leervraag: Leervraag) -> Block | None:
    """The question with those that are answered as one with it; None once it was taken back."""
    strips = list(leervraag.meeting.leervragen.in_order())
    return next((block for block in blocks_of(strips) if leervraag in block), None)
