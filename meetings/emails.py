"""Mails about meetings: to members, to the expert, and to the coach who asked the expert."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Membership, User
from netwerkleren.base.mail import Attachment, Letter, absolute
from netwerkleren.base.models import OutgoingMail

from .calendar import CANCEL, REQUEST, attachment_of
from .guests import mint_link
from .models import PITCH_MINUTES, Attendance, ExpertInvitation, ExpertLink, Meeting, Thanks
from .news import told_by
from .reminding import waiting_for

REMINDED_OF = {
    "leervraag_deadline": gettext_lazy("Lever je je leervraag nog in? %(meeting)s"),
    "clip_deadline": gettext_lazy("Plaats je nog een fragment? %(meeting)s"),
}
CHANGED = {
    "starts_at": gettext_lazy("datum en uur"),
    "minutes_available": gettext_lazy("hoe lang het duurt"),
    "place": gettext_lazy("plaats"),
    "online_url": gettext_lazy("link om online mee te doen"),
    "topic": gettext_lazy("onderwerp"),
    "leervraag_deadline": gettext_lazy("tot wanneer je een leervraag inlevert"),
    "clip_deadline": gettext_lazy("tot wanneer je een fragment plaatst"),
    "feedback_deadline": gettext_lazy("tot wanneer je feedback geeft"),
    "state": gettext_lazy("de bijeenkomst gaat toch door"),
}


def facts(mail: OutgoingMail) -> Letter | None:
    """To a member: when and where a meeting is. What a later mail to them tells is left to that mail.

    One that was written before each meeting had a mail of its own may tell of several.

    A mail that never went out is told by the one that takes its place: what had changed by it has changed in this one.
    """
    membership = _current_member(mail)
    told = told_by(mail)
    found = Meeting.objects.filter(pk__in=told.meetings).not_cancelled().with_facts()
    meetings = list(found.order_by("position"))
    if membership is None or not meetings:
        return None
    user = membership.user
    calendars = [
        attachment_of(meeting, method=REQUEST if meeting.starts_at else CANCEL, name=user.name, email=user.email)
        for meeting in meetings
        if meeting.starts_at or str(meeting.pk) in told.undated
    ]
    is_change = told.is_change_for_member
    context: dict[str, Any] = {
        "membership": membership,
        "meetings": meetings,
        "changed": [CHANGED[name] for name in told.changed] if is_change else [],
        "link": _link_to(meetings),
    }
    return Letter(
        _subject(meetings, is_change=is_change),
        "emails/meetings/facts",
        context,
        sender=_sender(mail),
        attachments=tuple(calendars) if len(meetings) > 1 else (),
        calendar=next(iter(calendars), None) if len(meetings) == 1 else None,
    )


def cancelled(mail: OutgoingMail) -> Letter | None:
    membership = _current_member(mail)
    meeting = Meeting.objects.filter(state=Meeting.State.CANCELLED, pk=mail.values["meeting"]).with_facts().first()
    if membership is None or meeting is None:
        return None
    user = membership.user
    meeting.told_number = mail.values.get("number")
    return Letter(
        _("Gaat niet door: %(meeting)s") % {"meeting": meeting.title},
        "emails/meetings/cancelled",
        {"membership": membership, "meeting": meeting, "link": _link_to([meeting])},
        sender=_sender(mail),
        calendar=_taken_back(meeting, name=user.name, email=user.email),
    )


def absence(mail: OutgoingMail) -> Letter | None:
    """To a coach: a member cannot come, or can after all. Not when that is otherwise by now, or the meeting over."""
    membership = _current_member(mail)
    meeting = Meeting.objects.filter(pk=mail.values["meeting"], state=Meeting.State.PLANNED).with_facts().first()
    if membership is None or meeting is None:
        return None
    absent = Attendance.objects.absent_from(meeting).filter(membership=membership).exists()
    if absent != mail.values["absent"]:
        return None
    subject = _("%(name)s kan niet: %(meeting)s") if absent else _("%(name)s komt toch: %(meeting)s")
    context = {"membership": membership, "meeting": meeting, "absent": absent, "link": _link_to([meeting])}
    return Letter(subject % {"name": membership.name, "meeting": meeting.title}, "emails/meetings/absence", context)


def removed(mail: OutgoingMail) -> Letter | None:
    """A meeting that was taken out before anything was made for it; only the mail knows of it now."""
    membership = _current_member(mail)
    if membership is None:
        return None
    told = mail.values
    meeting = Meeting(
        group=membership.group,
        kind=Meeting.Kind.NETWORK,
        position=told["position"],
        starts_at=datetime.fromisoformat(told["starts_at"]),
        minutes_available=told["minutes_available"],
        ics_uid=UUID(told["ics_uid"]),
        ics_sequence=told["ics_sequence"],
    )
    meeting.total_minutes = 0
    user = membership.user
    return Letter(
        _("Gaat niet door: %(meeting)s") % {"meeting": meeting.number_name},
        "emails/meetings/cancelled",
        {"membership": membership, "meeting": meeting, "link": absolute(reverse("meetings:overview"))},
        sender=_sender(mail),
        calendar=_taken_back(meeting, name=user.name, email=user.email),
    )


def reminder(mail: OutgoingMail) -> Letter | None:
    """To who is not ready yet at the moment that it goes out; else it is needed no more."""
    membership = _current_member(mail)
    field = mail.values["field"]
    meeting = Meeting.objects.filter(state=Meeting.State.PLANNED, pk=mail.values["meeting"]).with_facts().first()
    if membership is None or meeting is None or (deadline := getattr(meeting, field)) is None:
        return None
    is_asked = any(row.field == field and membership in left for row, left in waiting_for(meeting))
    if deadline <= timezone.now() or not is_asked:
        return None
    return Letter(
        REMINDED_OF[field] % {"meeting": meeting.title},
        "emails/meetings/reminder",
        {
            "membership": membership,
            "meeting": meeting,
            "what": REMINDED_OF[field] % {"meeting": meeting.title},
            "deadline": deadline,
            # "Deze keer niet" is an answer to a leervraag; whoever places no fragment says nothing.
            "can_pass": field == "leervraag_deadline",
            "link": _link_to([meeting]),
        },
        sender=_sender(mail),
    )


def day_leader(mail: OutgoingMail) -> Letter | None:
    """To who leads a meeting on its day, or no longer does. None when it is the other way round by now, or past."""
    membership = _current_member(mail)
    meeting = Meeting.objects.filter(pk=mail.values["meeting"]).with_facts().first()
    if membership is None or meeting is None or not meeting.can_be_handed_over:
        return None
    leads = bool(mail.values["leads"])
    if leads != (meeting.day_leader_id == membership.pk):
        return None
    subject = _("Jij leidt: %(meeting)s") if leads else _("Je leidt niet meer: %(meeting)s")
    return Letter(
        subject % {"meeting": meeting.title},
        "emails/meetings/day_leader",
        {"membership": membership, "meeting": meeting, "leads": leads, "link": _link_to([meeting])},
        sender=_sender(mail),
    )


def expert_invitation(mail: OutgoingMail) -> Letter | None:
    """To the expert: the question with all facts, or what changed. Each mail mints a link of its own.

    As long as none of them went out, the next one is the question. A later one makes those before it superfluous.
    """
    invitation = _invitation(mail)
    if invitation is None or not invitation.is_asked:
        return None
    meeting = Meeting.objects.with_facts().get(pk=invitation.meeting_id)
    told = told_by(mail)
    if meeting.is_over or told.is_superfluous:
        return None
    is_change = told.is_change_for_expert
    method = REQUEST if meeting.starts_at else CANCEL if told.undated else None
    expert = invitation.expert
    comes = invitation.answer == ExpertInvitation.Answer.YES
    question = _("Je komt als expert: %(meeting)s") if comes else _("Wil je komen als expert? %(meeting)s")
    return Letter(
        (_("Gewijzigd: %(meeting)s") if is_change else question) % {"meeting": meeting.title},
        "emails/meetings/expert_invitation",
        {
            "invitation": invitation,
            "meeting": meeting,
            "pitch_minutes": PITCH_MINUTES,
            "is_change": is_change,
            "comes": comes,
            "link": absolute(reverse("meetings:expert_link", args=[mint_link(invitation)])),
        },
        sender=next(iter(invitation.coaches_to_hear), None),
        calendar=attachment_of(meeting, method=method, name=expert.name, email=expert.email) if method else None,
    )


def expert_cancelled(mail: OutgoingMail) -> Letter | None:
    """To the expert: the question was taken back, or the meeting does not take place."""
    invitation = _invitation(mail)
    if invitation is None:
        return None
    meeting = Meeting.objects.with_facts().get(pk=invitation.meeting_id)
    if invitation.revoked_at is None and meeting.state != Meeting.State.CANCELLED:
        return None
    meeting.told_number = mail.values.get("number")
    expert = invitation.expert
    return Letter(
        _("Gaat niet door: %(meeting)s") % {"meeting": meeting.title},
        "emails/meetings/expert_cancelled",
        {"invitation": invitation, "meeting": meeting},
        sender=next(iter(invitation.coaches_to_hear), None),
        calendar=_taken_back(meeting, name=expert.name, email=expert.email),
    )


def expert_thanks(mail: OutgoingMail) -> Letter | None:
    """To the expert, in the coach's words; with a link to leave something for the group, as long as a link lives."""
    invitation = _invitation(mail)
    thanks = Thanks.objects.filter(invitation=invitation).select_related("sent_by").first()
    if invitation is None or thanks is None or invitation.revoked_at is not None:
        return None
    ends_at = ExpertLink(invitation=invitation).ends_at
    lives = ends_at is not None and ends_at > timezone.now()
    return Letter(
        _("Dank je wel: %(meeting)s") % {"meeting": invitation.meeting.title},
        "emails/meetings/expert_thanks",
        {
            "text": thanks.text,
            "ends_at": ends_at,
            "link": absolute(reverse("meetings:expert_link", args=[mint_link(invitation)])) if lives else "",
        },
        sender=thanks.sent_by,
    )


def expert_answered(mail: OutgoingMail) -> Letter | None:
    """To the coach: the expert comes, or cannot come. Another answer since then has a mail of its own."""
    invitation = _invitation(mail)
    if invitation is None or invitation.answer != mail.values["answer"]:
        return None
    comes = invitation.answer == ExpertInvitation.Answer.YES
    subject = _("%(name)s komt: %(meeting)s") if comes else _("%(name)s kan niet: %(meeting)s")
    meeting = Meeting.objects.with_facts().get(pk=invitation.meeting_id)
    page = reverse("meetings:detail" if comes else "meetings:invite_expert", args=[meeting.pk])
    return Letter(
        subject % {"name": invitation.expert.name, "meeting": meeting.title},
        "emails/meetings/expert_answered",
        {"invitation": invitation, "meeting": meeting, "comes": comes, "link": absolute(page)},
    )


def _taken_back(meeting: Meeting, *, name: str, email: str) -> Attachment | None:
    """Takes the calendar item back; where there never was a date, there is none."""
    return attachment_of(meeting, method=CANCEL, name=name, email=email) if meeting.starts_at else None


def _current_member(mail: OutgoingMail) -> Membership | None:
    """None when the reader has left the group since: it is no longer theirs to know."""
    return mail.row_among(Membership.objects.current().select_related("user", "group"))


def _invitation(mail: OutgoingMail) -> ExpertInvitation | None:
    asked = ExpertInvitation.objects.select_related("expert", "invited_by", "meeting__group", "meeting__topic")
    return mail.row_among(asked)


def _sender(mail: OutgoingMail) -> User | None:
    sender: User | None = User.objects.filter(pk=mail.values["sender"]).first()
    return sender


def _subject(meetings: list[Meeting], *, is_change: bool) -> str:
    what = meetings[0].title if len(meetings) == 1 else meetings[0].group.name
    if is_change:
        return _("Gewijzigd: %(what)s") % {"what": what}
    return _("Zet in je agenda: %(what)s") % {"what": what}


def _link_to(meetings: list[Meeting]) -> str:
    if len(meetings) == 1:
        return absolute(reverse("meetings:detail", args=[meetings[0].pk]))
    return absolute(reverse("meetings:overview"))
