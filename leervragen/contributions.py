"""What meetings, the expert's page and Vandaag show of leervragen; and what happens when a meeting ends."""

from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.models import Membership, User
from groups.rules import is_participant_of, memberships_as
from meetings.models import AgendaItem, Meeting, meetings_of
from meetings.points import Readiness
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Fact, Panel, ToDo
from netwerkleren.base.models import OutgoingMail

from .models import Leervraag, Meetlat, NotThisTime
from .pages import MeetlatPage
from .queries import expert_of, mail_to
from .services import answering


def leervragen_readiness(meeting: Meeting) -> Readiness | None:
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    return Readiness(
        _("Leervraag"), meeting.leervraag_deadline, frozenset(author for author, _user in _authors(meeting))
    )


def _authors(meeting: Meeting) -> list[tuple[UUID, UUID]]:
    """Whose the questions of a meeting are, one per question: (membership, user). Asked once for all that a page shows
    of the meeting.
    """
    known: list[tuple[UUID, UUID]] | None = vars(meeting).get("_leervraag_authors")
    if known is None:
        questions = Leervraag.objects.current().filter(meeting=meeting).order_by()
        known = vars(meeting)["_leervraag_authors"] = list(questions.values_list("author", "author__user"))
    return known


def leervragen_fact(meeting: Meeting) -> Fact | None:
    """ "Leervragen binnen": how many there are; "deze keer niet" counts as an answer too."""
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    count = Leervraag.objects.current().filter(meeting=meeting).count()
    handed_in = Leervraag.objects.current().filter(meeting=meeting, author=OuterRef("pk"))
    not_this_time = NotThisTime.objects.filter(meeting=meeting, member=OuterRef("pk"))
    participants = Membership.objects.current().participants().filter(group=meeting.group_id)
    someone_missing = participants.exclude(Exists(handed_in)).exclude(Exists(not_this_time)).exists()
    return Fact(
        label=_("Leervragen binnen"),
        done=count > 0 and not someone_missing,
        detail=ngettext("%(count)d leervraag", "%(count)d leervragen", count) % {"count": count},
        url=reverse("leervragen:leervragen", args=[meeting.pk]),
    )


def mailing_fact(meeting: Meeting) -> Fact | None:
    """ "Leervragen naar de expert": all of them, and every mail went out."""
    expert = expert_of(meeting) if meeting.kind == Meeting.Kind.NETWORK else None
    if expert is None:
        return None
    mail = mail_to(expert)
    waiting = Leervraag.objects.not_sent_to(expert).filter(meeting=meeting).count()
    still = ngettext("nog %(count)d te sturen", "nog %(count)d te sturen", waiting) % {"count": waiting}
    is_lost = bool(mail & OutgoingMail.LOST)
    lost = _("Een mail is niet, of misschien niet aangekomen")
    return Fact(
        label=_("Leervragen naar de expert"),
        done=bool(mail) and mail <= {OutgoingMail.Status.SENT, OutgoingMail.Status.DROPPED} and not waiting,
        detail=lost if is_lost else still if waiting else "",
        url=f"{meeting.group.get_absolute_url()}#mail"
        if is_lost
        else reverse("leervragen:leervragen", args=[meeting.pk]),
    )


def meeting_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """On the page of a meeting: how many questions there are, the ways to them and to the meetlat, and what the group
    wanted to do otherwise with the questions this time.
    """
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    authors = _authors(meeting)
    has_asked = any(user == actor.pk for _author, user in authors)
    context = {
        "meeting": meeting,
        "count": len(authors),
        "is_asked": is_participant_of(actor, meeting) and not has_asked and not meeting.is_over,
        "change": Meetlat.objects.last_change_before(meeting) if meeting.is_planned else None,
    }
    return Panel("leervragen/_meeting_panel.html", context)


def agenda_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """In "Bijeenkomst leiden", while the meetlat or the answering is on: how far it is, and the way there."""
    if item.kind not in (AgendaItem.Kind.MEETLAT, AgendaItem.Kind.ANSWERING):
        return None
    context = {"page": MeetlatPage.of(item.meeting), "meeting": item.meeting, "item": item}
    return Panel("leervragen/_agenda_tool.html", context)


def screen(item: AgendaItem, actor: Actor) -> Panel | None:
    """On the beamer: the meetlat as it is laid, and later the question that is answered; never its fragment."""
    if item.kind not in (AgendaItem.Kind.MEETLAT, AgendaItem.Kind.ANSWERING):
        return None
    return Panel("leervragen/_screen.html", {"page": MeetlatPage.of(item.meeting), "item": item})


def expert_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """On the expert's page: the questions from the first mail on, late and changed ones marked. First names only.

    Who cannot come gets to read none.
    """
    expert = expert_of(meeting) if meeting.kind == Meeting.Kind.NETWORK else None
    if expert is None or getattr(actor, "invitation_id", None) != expert.pk:
        return None
    leervragen = meeting.leervragen.as_handed_in().shown_to_expert()
    context = {"meeting": meeting, "leervragen": leervragen}
    return Panel("leervragen/_expert_panel.html", context)


def leervraag_todos(user: User) -> list[ToDo]:
    """A leervraag for the next netwerkbijeenkomst of each group, until it is in or the answer is "deze keer niet"."""
    mine = memberships_as(Membership.Role.PARTICIPANT, user)
    groups = {own.group_id for own in mine}
    next_of_group: dict[UUID, Meeting] = {}
    for meeting in meetings_of(user):
        if meeting.group_id not in groups or meeting.kind != Meeting.Kind.NETWORK:
            continue
        if meeting.is_to_come and not meeting.is_running:
            next_of_group.setdefault(meeting.group_id, meeting)
    asked = [meeting for meeting in next_of_group.values() if meeting.leervraag_deadline]
    if not asked:
        return []
    handed_in = Leervraag.objects.current().filter(meeting__in=asked, author__in=mine)
    not_this_time = NotThisTime.objects.filter(meeting__in=asked, member__in=mine)
    answers = (rows.order_by().values_list("meeting", flat=True) for rows in (handed_in, not_this_time))
    answered = {meeting for meetings in answers for meeting in meetings}
    return [
        ToDo(
            title=_("Lever je leervraag in"),
            detail=_("Voor %(meeting)s. Een vraag uit je eigen werk, in een minuut.") % {"meeting": meeting.title},
            url=reverse("leervragen:leervragen", args=[meeting.pk]),
            action=_("Schrijf je leervraag"),
            icon="pen-line",
            due=meeting.leervraag_deadline,
        )
        for meeting in asked
        if meeting.pk not in answered
    ]


def keep_open_questions(meeting: Meeting, actor: Actor) -> None:
    """A meeting that ends, early or not, or does not take place, loses no question."""
    if meeting.kind == Meeting.Kind.NETWORK:
        answering.finish_open_questions(actor=actor, meeting=meeting)


def bring_questions_back(meeting: Meeting, actor: Actor) -> None:
    """A meeting that is open again has its questions again."""
    if meeting.kind == Meeting.Kind.NETWORK:
        answering.bring_back_moved(actor=actor, meeting=meeting)
