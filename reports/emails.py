"""Mails about PDFs: that one is ready, for who did not wait; and the day before a meeting, what can be printed."""

from django.urls import reverse
from django.utils.translation import gettext as _

from groups.models import Membership
from meetings.models import Meeting
from netwerkleren.base.mail import Letter, absolute
from netwerkleren.base.models import OutgoingMail

from .models import Edition, Export, Interview, MadePdf


def export_ready(mail: OutgoingMail) -> Letter | None:
    """Not needed by who took it along, nor when it is not valid any more."""
    ready = Export.objects.filter(state=MadePdf.State.READY, fetched_at=None).select_related("group", "made_by")
    export = mail.row_among(ready)
    if export is None or export.made_by is None:
        return None
    link = absolute(reverse("reports:export", args=[export.pk]))
    is_member = Membership.objects.current().filter(user=export.made_by, group=export.group_id).exists()
    return _ready(_("De slot-pdf is klaar"), export.made_by.first_name, link) if is_member else None


def edition_ready(mail: OutgoingMail) -> Letter | None:
    """The same of an edition, which is there for a day."""
    ready = Edition.objects.filter(state=MadePdf.State.READY, fetched_at=None, member__left=None)
    edition = mail.row_among(ready.select_related("member__user"))
    if edition is None:
        return None
    link = absolute(reverse("reports:edition", args=[edition.pk]))
    return _ready(_("Je pdf is klaar"), edition.member.user.first_name, link, is_edition=True)


def _ready(subject: str, name: str, link: str, *, is_edition: bool = False) -> Letter:
    context = {"subject": subject, "name": name, "link": link, "is_edition": is_edition}
    return Letter(subject=subject, template="emails/reports/ready", context=context)


def part_a_before(mail: OutgoingMail) -> Letter | None:
    """Not needed by who wrote it, nor once the coach chose otherwise, or the two have no interview any more."""
    asked = Interview.objects.with_people().filter(
        teller__left=None, group__closed_at=None, group__protocol__part_a_before=True
    )
    interview = mail.row_among(asked.without_part_a())
    if interview is None:
        return None
    link = absolute(reverse("reports:interview", args=[interview.pk, "A"]))
    return Letter(
        subject=_("Schrijf vast op wat voor jou waardevol was"),
        template="emails/reports/part_a_before",
        context={"name": interview.teller.user.first_name, "group": interview.group, "link": link},
    )


def pack_tomorrow(mail: OutgoingMail) -> Letter | None:
    """Not needed when the meeting is off, or not to come, or its coach has left."""
    coach = mail.row_among(Membership.objects.current().coaches().select_related("user"))
    planned = Meeting.objects.filter(state=Meeting.State.PLANNED, starts_at__isnull=False).with_facts()
    meeting = planned.filter(pk=mail.values["meeting"]).first()
    if coach is None or meeting is None or not meeting.is_to_come:
        return None
    link = absolute(reverse("reports:print_meeting", args=[meeting.pk]))
    return Letter(
        subject=_("Printen voor %(meeting)s") % {"meeting": meeting.title},
        template="emails/reports/pack_tomorrow",
        context={"name": coach.user.first_name, "meeting": meeting, "link": link},
    )
