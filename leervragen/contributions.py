"""What meetings, the expert's page and Vandaag show of leervragen; and what happens when a meeting ends."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.models import Membership, NetworkGroup, User
from groups.rules import is_participant_of, memberships_as
from meetings.actors import MadeUpGuest
from meetings.models import Meeting, meetings_of, meetings_without
from meetings.pages import came_after, participants_asked
from meetings.points import Readiness
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Fact, Panel, ToDo
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.request import once_a_request
from netwerkleren.base.written import written_once

from .journeys import ANSWERED
from .models import Leervraag, Mailing, NotThisTime
from .queries import expert_of, mail_to
from .services import answering, moves

HELD_BACK = Leervraag.Outcome.HELD_BACK
TRY_FOR = timedelta(weeks=2)
"""After a meeting, before it is asked whether an answer was tried."""


def leervragen_readiness(meeting: Meeting) -> Readiness | None:
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    answers = _answers_on_the_page(meeting)
    return Readiness(
        _("Leervraag"),
        meeting.leervraag_deadline,
        frozenset(answers.authors),
        frozenset(answers.not_this_time),
        "leervraag_deadline",
    )


@dataclass
class Answers:
    """What came in on the request for a leervraag: the membership of each question's author, and of each who said "deze
    keer niet"; `users` are the accounts of both.
    """

    authors: list[UUID] = field(default_factory=list)
    not_this_time: list[UUID] = field(default_factory=list)
    users: set[UUID] = field(default_factory=set)


def _answers(meeting: Meeting) -> Answers:
    """In one query."""
    found = Answers()
    for member, user, is_question in _who_answered(meeting.pk):
        (found.authors if is_question else found.not_this_time).append(member)
        found.users.add(user)
    return found


@written_once
def _who_answered(meeting: UUID) -> QuerySet[Leervraag, tuple[UUID, UUID, int]]:
    asked = Leervraag.objects.current().filter(meeting=meeting).order_by()
    passed = NotThisTime.objects.filter(meeting=meeting).order_by()
    asks = asked.values_list("author", "author__user", Value(1))
    return asks.union(passed.values_list("member", "member__user", Value(0)), all=True)


def _answers_on_the_page(meeting: Meeting) -> Answers:
    """Asked once for all that a page shows of the meeting."""
    known: Answers | None = vars(meeting).get("_leervraag_answers")
    if known is None:
        known = vars(meeting)["_leervraag_answers"] = _answers(meeting)
    return known


def _are_complete(meeting: Meeting) -> bool:
    """Every deelnemer of whom it is asked answered, and there is one. Asked once, as the answers are."""
    known: bool | None = vars(meeting).get("_leervraag_answers_are_complete")
    if known is None:
        answers = _answers_on_the_page(meeting)
        asked = set(participants_asked(meeting, meeting.leervraag_deadline).values_list("pk", flat=True))
        known = bool(asked) and asked <= {*answers.authors, *answers.not_this_time}
        vars(meeting)["_leervraag_answers_are_complete"] = known
    return known


def leervragen_fact(meeting: Meeting) -> Fact | None:
    """ "Leervragen binnen": how many there are; "deze keer niet" is an answer too, also when all gave that."""
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    answers = _answers_on_the_page(meeting)
    count = len(answers.authors)
    return Fact(
        label=_("Leervragen binnen"),
        done=_are_complete(meeting),
        detail=ngettext("%(count)d leervraag", "%(count)d leervragen", count) % {"count": count},
        url=reverse("leervragen:leervragen", args=[meeting.pk]),
    )


def mailing_fact(meeting: Meeting) -> Fact | None:
    """ "Leervragen naar de expert": all of them, and every mail went out; or nobody has one this time."""
    expert = expert_of(meeting) if meeting.kind == Meeting.Kind.NETWORK else None
    if expert is None:
        return None
    mail = mail_to(expert)
    waiting = Leervraag.objects.not_sent_to(expert).filter(meeting=meeting).count()
    still = ngettext("nog %(count)d te sturen", "nog %(count)d te sturen", waiting) % {"count": waiting}
    is_lost = bool(mail & OutgoingMail.LOST)
    went_out = mail <= {OutgoingMail.Status.SENT, OutgoingMail.Status.DROPPED} and not waiting
    lost = _("Een mail is niet, of misschien niet aangekomen")
    return Fact(
        label=_("Leervragen naar de expert"),
        done=went_out if mail else not waiting and _are_complete(meeting),
        detail=lost if is_lost else still if waiting else "",
        url=f"{meeting.group.get_absolute_url()}#mail"
        if is_lost
        else reverse("leervragen:leervragen", args=[meeting.pk]),
    )


def meeting_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """On the page of a meeting: how many questions there are, and the ways to them and to the meetlat."""
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    answers = _answers_on_the_page(meeting)
    has_answered = actor.pk in answers.users
    context = {
        "meeting": meeting,
        "count": len(answers.authors),
        "is_asked": is_participant_of(actor, meeting) and not has_answered and not meeting.is_over,
    }
    return Panel("leervragen/_meeting_panel.html", context)


def expert_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """On the expert's page: the questions from the first mail on, late and changed ones marked. First names only.

    Who cannot come gets to read none.
    """
    expert = expert_of(meeting) if meeting.kind == Meeting.Kind.NETWORK else None
    is_theirs = expert is not None and getattr(actor, "invitation_id", None) == expert.pk
    if not is_theirs and not (isinstance(actor, MadeUpGuest) and meeting.kind == Meeting.Kind.NETWORK):
        return None
    leervragen = meeting.leervragen.as_handed_in().shown_to_expert().with_written_answers()
    apart = Leervraag.objects.as_handed_in().filter(mailings__invitation=expert, mailings__kind=Mailing.Kind.PARKED)
    sent_apart = apart.exclude(meeting=meeting)
    context = {"meeting": meeting, "leervragen": leervragen, "sent_apart": sent_apart}
    return Panel("leervragen/_expert_panel.html", context)


def leervraag_todos(user: User) -> list[ToDo]:
    """A leervraag for the next netwerkbijeenkomst of each group, until it is in or the answer is "deze keer niet"."""
    said = _said_by(user)
    return [
        ToDo(
            title=_("Lever je leervraag in"),
            detail=_("Voor %(meeting)s. Een vraag uit je eigen werk, in een minuut.") % {"meeting": meeting.title},
            url=reverse("leervragen:leervragen", args=[meeting.pk]),
            action=_("Schrijf je leervraag"),
            icon="pen-line",
            due=meeting.leervraag_deadline,
        )
        for meeting in said.asked
        if meeting.pk not in said.answered and meeting.pk not in said.held_back
    ] + _waiting_for_the_asker(said)


def _waiting_for_the_asker(said: "Said") -> list[ToDo]:
    """What is asked of who handed in already: to write it otherwise, or to read "Bedoel je …?"."""
    held_back = [
        ToDo(
            title=_("Schrijf je leervraag anders"),
            detail=_("Je coach denkt dat een leerling te herkennen is, en zegt waaraan."),
            url=reverse("leervragen:leervragen", args=[meeting]),
            action=_("Lees waarom"),
            icon="eye-off",
        )
        for meeting in said.held_back
    ]
    questioned = [
        ToDo(
            title=_("Iemand vraagt: bedoel je …?"),
            detail=_("Bij je leervraag. Alleen jij leest het."),
            url=reverse("leervragen:leervragen", args=[meeting]),
            action=_("Lees het"),
            icon="message-circle",
        )
        for meeting in said.questioned
    ]
    return held_back + questioned


def tried_panel(user: User) -> Panel | None:
    """ "Heb je het geprobeerd?", two weeks after the meeting: one question at a time, the latest first, on Vandaag and
    never by mail. It asks nothing of the database that the to-dos did not ask.
    """
    untried = _said_by(user).untried
    return Panel("leervragen/_tried_card.html", {"question": untried[0]}) if untried else None


@dataclass(frozen=True)
class Said:
    """What Vandaag knows of someone's leervragen: for which meetings one is asked, which of those have an answer, and
    which own questions were answered two weeks ago and not spoken of since, as (key, text); and the meetings for which
    the coach holds an own question back, or someone asks what it means.
    """

    asked: list[Meeting] = field(default_factory=list)
    answered: set[UUID] = field(default_factory=set)
    untried: list[tuple[UUID, str]] = field(default_factory=list)
    held_back: set[UUID] = field(default_factory=set)
    questioned: set[UUID] = field(default_factory=set)


@once_a_request
def _said_by(user: User) -> Said:
    mine = memberships_as(Membership.Role.PARTICIPANT, user)
    groups = {own.group_id: own for own in mine}
    meetings = [one for one in meetings_of(user) if one.group_id in groups and one.kind == Meeting.Kind.NETWORK]
    next_of_group: dict[UUID, Meeting] = {}
    for meeting in meetings:
        if meeting.is_to_come and not meeting.is_running:
            next_of_group.setdefault(meeting.group_id, meeting)
    asked = [
        meeting
        for meeting in next_of_group.values()
        if meeting.leervraag_deadline and not came_after(meeting.leervraag_deadline, groups[meeting.group_id])
    ]
    held = {one.pk: held_at for one in meetings if (held_at := _held_at(one)) and held_at < timezone.now() - TRY_FOR}
    coming = [one.pk for one in meetings if one.is_to_come]
    if not coming and not held:
        return Said()
    # Few rows of many meetings, told apart here: to write the SQL that does so costs more than to read them.
    not_withdrawn = Leervraag.objects.exclude(outcome=Leervraag.Outcome.WITHDRAWN)
    not_withdrawn = not_withdrawn.exclude(outcome=HELD_BACK, moved_as__isnull=False)  # It waits where it is now.
    of_mine = not_withdrawn.filter(meeting__in=[*coming, *held], author__in=mine).order_by()
    found = list(of_mine.values_list("meeting", "pk", "text", "outcome", "tried", "clarifications"))
    held_back = {meeting for meeting, _pk, _text, outcome, *_rest in found if outcome == HELD_BACK}
    answered = {meeting for meeting, _pk, _text, outcome, *_rest in found if outcome != HELD_BACK}
    # A question stands in it once for each "Bedoel je …?".
    once = dict.fromkeys(row[:5] for row in found)
    waiting = [
        (held[meeting], pk, text)
        for meeting, pk, text, outcome, tried in once
        if meeting in held and outcome in ANSWERED and tried is None
    ]
    questioned = {
        meeting
        for meeting, _pk, _text, outcome, _tried, of in found
        if of and outcome != HELD_BACK and meeting in coming
    }
    if asked:
        passed = NotThisTime.objects.filter(meeting__in=asked, member__in=mine).order_by()
        answered |= {*passed.values_list("meeting", flat=True), *meetings_without(user)}
    untried = [(pk, text) for _held_at, pk, text in sorted(waiting, key=lambda one: one[0], reverse=True)]
    return Said(asked, answered, untried, held_back.intersection(coming), questioned)


def _held_at(meeting: Meeting) -> datetime | None:
    """When it was held; None for one that is still to come."""
    if meeting.state == Meeting.State.ENDED:
        return meeting.ended_at or meeting.starts_at
    return None if meeting.is_to_come else meeting.starts_at


def questions_panel(group: NetworkGroup, actor: Actor) -> Panel | None:
    """On the page of a group: the ways to its questions and to its Parkeerplaats, with how many lie there."""
    parked = Leervraag.objects.filter(meeting__group=group).parked().count()
    return Panel("leervragen/_group_panel.html", {"group": group, "parked": parked})


def keep_open_questions(meeting: Meeting, actor: Actor) -> None:
    """A meeting that ends, early or not, loses no question."""
    if meeting.kind == Meeting.Kind.NETWORK:
        answering.finish_open_questions(actor=actor, meeting=meeting)
        moves.forget_moves(meeting=meeting)


def hand_on_questions(meeting: Meeting, actor: Actor, to_next: bool) -> None:
    """A meeting that does not take place loses no question either; the coach chose where they go."""
    if meeting.kind == Meeting.Kind.NETWORK:
        answering.finish_open_questions(actor=actor, meeting=meeting, to_next=to_next)
        moves.forget_moves(meeting=meeting)


def questions_left(meeting: Meeting) -> str | None:
    """The questions that are still open and lie on no P."""
    still_open = meeting.leervragen.current().filter(outcome=Leervraag.Outcome.OPEN)
    count = still_open.exclude(state=Leervraag.State.PARKED).count()
    return ngettext("%(count)d leervraag", "%(count)d leervragen", count) % {"count": count} if count else None


def bring_questions_back(meeting: Meeting, actor: Actor) -> None:
    """A meeting that is open again has its questions again."""
    if meeting.kind == Meeting.Kind.NETWORK:
        answering.bring_back_moved(actor=actor, meeting=meeting)


SHOWN_ON_A_PHONE = 3


def adding_panel(user: User) -> Panel | None:
    """On an own phone while nobody is signed in: the ways to hand in a leervraag. One query."""
    groups = [own.group_id for own in memberships_as(Membership.Role.PARTICIPANT, user)]
    network = Meeting.objects.filter(kind=Meeting.Kind.NETWORK, group__in=groups).select_related("group")
    meetings = list(network.upcoming()[:SHOWN_ON_A_PHONE]) if groups else []
    if not meetings:
        return None
    return Panel("leervragen/_adding_panel.html", {"meetings": meetings, "names_group": len(groups) > 1})
