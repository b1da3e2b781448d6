"""What the pages of the meetlat show, read in a fixed number of queries."""

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from groups.models import Membership, User
from groups.rules import membership_of
from meetings.models import ExpertInvitation, FilledIn, Meeting
from netwerkleren.base import live, watching
from netwerkleren.base.access import Actor
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.moments import Moments
from netwerkleren.base.pdf import letters_without_font
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.written import written_once

from .board import Block, Board, blocks_for_today, blocks_of
from .examples import EXAMPLES
from .held import is_held
from .models import Clarification, Leervraag, Meetlat, NotThisTime, StripMove
from .moves import MadeMove
from .queries import expert_of, experts_within_reach, mail_to
from .timing import Division, divide_time

State, Outcome = Leervraag.State, Leervraag.Outcome


@written_once
def _members_of(group: UUID) -> QuerySet[Membership]:
    return Membership.objects.current().filter(group=group).with_names()


@written_once
def _strips_of(meeting: UUID) -> QuerySet[Leervraag]:
    return Leervraag.objects.filter(meeting=meeting).in_order().without_authors().with_first_mail()


@dataclass
class MeetlatPage:
    """One look at a meeting's leervragen: where each lies, which is now, and how the time is divided."""

    meeting: Meeting
    meetlat: Meetlat
    leervragen: list[Leervraag]
    step: Meetlat.Step

    @classmethod
    def of(cls, meeting: Meeting, step: Meetlat.Step | None = None) -> "MeetlatPage":
        """`step` looks at another step than the one that the group is at."""
        meetlat = Meetlat.objects.filter(pk=meeting.pk).first() or Meetlat(meeting=meeting)
        meetlat.meeting = meeting
        leervragen = list(meeting.leervragen.in_order().with_first_mail())
        return cls(meeting, meetlat, leervragen, step or Meetlat.Step(meetlat.step))

    @classmethod
    def of_room(cls, meeting: Meeting, step: Meetlat.Step | None = None) -> "MeetlatPage":
        """The same, for a page that shows who is there: of sixty questions by ten people it reads ten people.

        The meeting was fetched in this request, and what came with it is the meetlat as it is.
        """
        meetlat: Meetlat = getattr(meeting, "meetlat", None) or Meetlat(meeting=meeting)
        meetlat.meeting = meeting
        members, leervragen = _members_of(meeting.group_id), _strips_of(meeting.pk)
        known = {member.pk: member for member in members}
        if left := {one.author_id for one in leervragen} - known.keys():
            known |= {member.pk: member for member in Membership.objects.filter(pk__in=left).with_names()}
        for one in leervragen:
            one.author, one.meeting = known[one.author_id], meeting
        page = cls(meeting, meetlat, leervragen, step or Meetlat.Step(meetlat.step))
        page.members = members
        return page

    @cached_property
    def members(self) -> list[Membership]:
        """Who is in the group now."""
        return _members_of(self.meeting.group_id)

    @classmethod
    def of_moment(cls, meeting: Meeting, version: int) -> "MeetlatPage":
        """As `of_room`, for who follows: what all who ask for this version at once see is read once.

        It is the group's, the same for each of them; the meeting, by which rights are decided, is that of the request.
        """

        def read() -> "MeetlatPage":
            page = cls.of_room(meeting)
            # Read now, for all of them.
            page.watchers  # noqa: B018
            if page.is_laying:
                page.moves  # noqa: B018
            return page

        found = _read.get((meeting.pk, version), read)
        page, page_meetlat = copy(found), copy(found.meetlat)
        page_meetlat.meeting = meeting
        page.meeting, page.meetlat = meeting, page_meetlat
        return page

    @cached_property
    def moves(self) -> list[MadeMove]:
        """What was done on it, the last first."""
        return StripMove.objects.filter(meetlat=self.meeting.pk).newest_first()

    @cached_property
    def watchers(self) -> frozenset[UUID]:
        """The accounts of the group that have the page open now."""
        return watching.who(live.topic_of("meetlat", self.meeting), [member.user_id for member in self.members])

    @cached_property
    def expert(self) -> ExpertInvitation | None:
        return expert_of(self.meeting)

    @cached_property
    def mailed_expert(self) -> ExpertInvitation | None:
        """Whom strips may name. Until the questions went there none does, and then no strip asks for itself."""
        # Of `with_first_mail()`, the same on each row.
        return self.expert if any(getattr(one, "first_mailed_at", None) for one in self.leervragen) else None

    @property
    def steps(self) -> type[Meetlat.Step]:
        """All of them, for a template to go through, or to name one: `page.steps.ANSWERING.query`."""
        return Meetlat.Step

    @property
    def is_held(self) -> bool:
        return is_held(self.meeting)

    @property
    def filled_in(self) -> str:
        """Which coach typed it in from paper, where one did."""
        return FilledIn.objects.names_of(self.meeting) if self.is_held else ""

    @property
    def is_laying(self) -> bool:
        """Whether strips can be moved on what is shown."""
        return self.step == Meetlat.Step.LAYING and not self.is_held

    @property
    def is_skipped(self) -> bool:
        """The group answers in any order: it laid nothing."""
        return self.meetlat.step >= Meetlat.Step.ANSWERING and bool(self.not_laid) and not self.laid

    @property
    def step_template(self) -> str:
        """Once the meeting was held, the steps before Afronden are there to look at."""
        if self.is_held and self.step < Meetlat.Step.FINISHING:
            return "leervragen/_held.html"
        return f"leervragen/_step_{self.step.name.lower()}.html"

    @cached_property
    def board(self) -> Board:
        return Board(self.leervragen)

    def _in(self, state: str) -> list[Leervraag]:
        return [leervraag for leervraag in self.leervragen if leervraag.state == state]

    @cached_property
    def tray(self) -> list[Leervraag]:
        """The pile: what has no place yet. What got its end without one waits for none."""
        return [leervraag for leervraag in self.not_laid if leervraag.is_open]

    @cached_property
    def not_laid(self) -> list[Leervraag]:
        return self._in(State.TRAY)

    @cached_property
    def parked(self) -> list[Leervraag]:
        return self._in(State.PARKED)

    @cached_property
    def pitch(self) -> list[Leervraag]:
        return self._in(State.PITCH)

    @cached_property
    def today(self) -> list[Block]:
        return blocks_for_today(self.leervragen)

    @cached_property
    def not_today(self) -> list[Block]:
        elsewhere = (State.PARKED, State.PITCH)
        return blocks_of(one for one in self.leervragen if one.not_today and one.state not in elsewhere)

    @property
    def position(self) -> int | None:
        """The place of the current question among those of today, from 1."""
        return self.today.index(self.current) + 1 if self.current else None

    @property
    def laid(self) -> list[tuple[int, list[Block]]]:
        """The numbers on which something lies."""
        return [(number, blocks) for number, blocks in self.board if blocks]

    @property
    def next_open(self) -> Block | None:
        """The least complex question of today that is not ended and not the current one."""
        return next((block for block in self.today if block.is_open and block != self.current), None)

    @property
    def is_answered(self) -> bool:
        """Nothing of today is open any more: time for Afronden."""
        return not any(block.is_open for block in self.today)

    @cached_property
    def ended(self) -> list[Leervraag]:
        return [leervraag for leervraag in self.leervragen if not leervraag.is_open]

    @cached_property
    def rounded_off(self) -> list[Leervraag]:
        """What got its place all at once: that can be undone all at once."""
        return [leervraag for leervraag in self.leervragen if leervraag.rounded_off is not None]

    @property
    def to_place(self) -> list[Leervraag]:
        """What got its place by itself, or lies on P without saying where it goes: someone may still choose."""
        on_p = [one for one in self.ended if one.outcome == Outcome.PARKED and not one.destination]
        return [one for one in self.ended if one.rounded_off is not None or one in on_p]

    @cached_property
    def open(self) -> list[Leervraag]:
        return [leervraag for leervraag in self.leervragen if leervraag.is_open]

    @cached_property
    def division(self) -> Division:
        return divide_time(self.meeting, self.meetlat, len(self.today))

    @cached_property
    def current(self) -> Block | None:
        return next((block for block in self.today if self.meetlat.current_id in {s.pk for s in block.strips}), None)

    @cached_property
    def next_meeting(self) -> Meeting | None:
        return Meeting.objects.next_network_after(self.meeting)

    @cached_property
    def experts(self) -> list[ExpertInvitation]:
        """To whom a question may go that was not answered here."""
        return experts_within_reach(self.meeting.group)

    def find(self, pk: UUID | None) -> Leervraag | None:
        return next((leervraag for leervraag in self.leervragen if leervraag.pk == pk), None)


_read: Moments[MeetlatPage] = Moments()


def letters_lost(*leervragen: Leervraag) -> list[str]:
    """What would be a box in the PDF for the expert."""
    texts = ((leervraag.text, leervraag.situation, leervraag.author.user.name) for leervraag in leervragen)
    return letters_without_font(*(text for each in texts for text in each))


def leervragen_page(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    """The questions of a meeting as they were handed in, own ones told apart."""
    leervragen = list(meeting.leervragen.as_handed_in().with_first_mail().with_written_answers())
    member = membership_of(actor, meeting)
    expert = expert_of(meeting)
    may_send = has_perm("leervragen.send_leervragen", actor, meeting) and not meeting.is_over
    waiting = Leervraag.objects.not_sent_to(expert).filter(meeting=meeting).count() if expert and may_send else 0
    mails = mail_to(expert) if expert and may_send and not waiting else set()
    held_back = list(meeting.leervragen.held_back(member))
    has_own = any(one.author_id == getattr(member, "pk", None) for one in [*leervragen, *held_back])
    asked_of_me = Clarification.objects.visible_to(actor).filter(leervraag__meeting=meeting).for_asker()
    not_this_time = NotThisTime.objects.filter(meeting=meeting, member=member).exists()
    return {
        "meeting": meeting,
        "filled_in": FilledIn.objects.names_of(meeting),
        "member": member,
        "leervragen": leervragen,
        "held_back": held_back,
        # Something of one's own came in, and all of it waits for its asker.
        "waits_for_asker": has_own and all(one.author_id != getattr(member, "pk", None) for one in leervragen),
        "has_own": has_own,
        "clarifications": list(asked_of_me) if has_own else [],
        "not_this_time": not_this_time,
        # With the examples beside the form, until it is answered.
        "is_wide": not (has_own or not_this_time or meeting.is_over),
        "expert": expert,
        "may_send": may_send,
        "lost": letters_lost(*leervragen) if may_send else [],
        "waiting": waiting,
        "was_mailed": bool(mails),
        "mail_is_lost": bool(mails & OutgoingMail.LOST),
        "mail_is_under_way": bool(mails & OutgoingMail.UNDER_WAY),
        "examples": EXAMPLES,
    }


def own_questions(meeting: Meeting, user: User) -> list[str]:
    """What someone handed in for a meeting, in their own words."""
    own = meeting.leervragen.as_handed_in().filter(author__user=user)
    return list(own.values_list("text", flat=True))
