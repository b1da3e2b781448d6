"""Queries for the closing PDF: rows in, frozen dataclasses out. No totals, no averages, no ranking."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup
from leervragen.journeys import Journey, group_journeys
from leervragen.models import Leervraag
from meetings.models import Agreement, ExpertInvitation, ImprovementPoint, LookBack, Meeting

from ..lines.moments import moments_of
from ..lines.shared import Lines, shared_lines
from ..models import BehaviourGraph, LinesTalk, ValueStory
from .typesetting import Passage, blocks_of


@dataclass(frozen=True)
class Person:
    name: str
    school: str
    discipline: str

    @property
    def detail(self) -> str:
        return ", ".join(part for part in (self.school, self.discipline) if part)


@dataclass(frozen=True)
class Written:
    """What someone wrote in the own name."""

    writer: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question of the group, once, however often it moved on."""

    text: str
    author: str
    became: str
    """What became of it, in words."""
    way: tuple[str, ...]
    """The stations of its line of life, as far as it came."""
    earlier: str
    """The meetings at which it was before, in words."""
    answers: tuple[str, ...]
    answered_with: str
    typed_in_by: str
    """Who typed the answer in from paper, by first name."""
    written: tuple[Written, ...]
    tried: str
    """What happened when its asker tried it, as far as the group reads that."""


@dataclass(frozen=True)
class Improvement:
    """`about_answering`: it was named when the group looked back on answering its leervragen."""

    text: str
    done: bool
    about_answering: bool


@dataclass(frozen=True)
class Held:
    """A meeting, with what it brought. Cancelled meetings are not in the PDF."""

    name: str
    topic: str
    starts_at: datetime | None
    expert: str
    questions: tuple[Question, ...]
    improvements: tuple[Improvement, ...]

    @property
    def title(self) -> str:
        return self.topic or self.name


@dataclass(frozen=True)
class Appointment:
    """An afspraak; without `who` it is the whole group's."""

    what: str
    who: str
    due: date | None
    done: bool


@dataclass(frozen=True)
class Story:
    teller: str
    text: str

    @property
    def blocks(self) -> list[Passage]:
        return blocks_of(self.text)


@dataclass(frozen=True)
class ClosingFacts:
    group: str
    theme: str
    participants: tuple[Person, ...]
    coaches: tuple[Person, ...]
    meetings: tuple[Held, ...]
    appointments: tuple[Appointment, ...]
    stories: tuple[Story, ...]
    lines: Lines | None
    talk: tuple[tuple[str, str], ...]
    """What the group said about its lines: a question and what was written at it."""

    @property
    def is_large(self) -> bool:
        """So many people that they stand closer together on the first page."""
        return len(self.participants) > 12

    @property
    def has_questions(self) -> bool:
        return any(meeting.questions for meeting in self.meetings)

    @property
    def has_improvements(self) -> bool:
        return any(meeting.improvements for meeting in self.meetings)

    @property
    def texts(self) -> list[str]:
        """Every text in it, the smallest too."""
        return list(_texts_in(astuple(self)))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _texts_in(part)


def closing_facts(group: NetworkGroup) -> ClosingFacts:
    """All that the closing PDF tells: of stories those ticked for it, of lines those shared with the group."""
    members = list(group.memberships.current().with_people())
    return ClosingFacts(
        group=group.name,
        theme=group.theme,
        participants=tuple(_person(member) for member in members if not member.is_coach),
        coaches=tuple(_person(member) for member in members if member.is_coach),
        meetings=_meetings(group),
        appointments=_appointments(group),
        stories=tuple(
            Story(story.teller.name, story.text.strip()) for story in ValueStory.objects.shared_in(group).for_pdf()
        ),
        lines=shared_lines(moments_of(group), BehaviourGraph.objects.shared_in(group)),
        talk=tuple(pair for talk in LinesTalk.objects.filter(group=group) for pair in talk.said),
    )


def _person(member: Membership) -> Person:
    return Person(member.name, member.school.name if member.school else "", member.discipline)


def _meetings(group: NetworkGroup) -> tuple[Held, ...]:
    """The meetings in order, each with its questions and what it led to."""
    asked: dict[object, list[Question]] = {}
    for journey in group_journeys(group, reader=None):
        asked.setdefault(_home_of(journey).pk, []).append(question_of(journey))
    coming = dict(ExpertInvitation.objects.coming().filter(meeting__group=group).values_list("meeting", "expert__name"))
    meetings = (
        Meeting.objects.of_group(group)
        .not_cancelled()
        .with_facts()
        .prefetch_related(Prefetch("improvement_points", ImprovementPoint.objects.order_by("created")))
    )
    return tuple(
        Held(
            name=meeting.number_name,
            topic=meeting.topic.title if meeting.topic else "",
            starts_at=meeting.starts_at,
            expert=coming.get(meeting.pk, ""),
            questions=tuple(asked.get(meeting.pk, ())),
            improvements=tuple(
                Improvement(
                    point.text,
                    done=point.done_in_id is not None,
                    about_answering=point.about == LookBack.ANSWERING,
                )
                for point in meeting.improvement_points.all()
            ),
        )
        for meeting in meetings
    )


def _home_of(journey: Journey) -> Meeting:
    """Under which meeting it stands: the last that had it and was held, or is to come."""
    held = [meeting for meeting in journey.meetings if meeting.state != Meeting.State.CANCELLED]
    return held[-1] if held else journey.question.meeting


def question_of(journey: Journey) -> Question:
    leervraag = journey.question
    became = leervraag.became
    if leervraag.outcome == Leervraag.Outcome.MOVED and leervraag.moved_to:
        became = _("verder in %(meeting)s") % {"meeting": leervraag.moved_to.number_name.lower()}
    elif leervraag.is_taken_back_there:
        became = _("later ingetrokken")
    if leervraag.destination:
        became = _("%(became)s: %(destination)s") % {"became": became, "destination": leervraag.destination}
    other = leervraag.answered_by
    tried = journey.tried if journey.tried and journey.tried.is_tried and not journey.has_left else None
    return Question(
        text=leervraag.text,
        author=leervraag.author.name,
        became=became,
        way=tuple(stage.words for stage in journey.stages if stage.is_done and (tried or not stage.is_tried)),
        earlier=_(" en ").join(meeting.number_name.lower() for meeting in journey.meetings[:-1]),
        answers=tuple(journey.answers),
        answered_with=other.text if other else "",
        typed_in_by=journey.typed_in_by,
        written=tuple(Written(answer.writer, answer.text.strip()) for answer in journey.written_answers),
        tried=tried.happened.strip() if tried else "",
    )


def _appointments(group: NetworkGroup) -> tuple[Appointment, ...]:
    agreements = Agreement.objects.filter(meeting__group=group).select_related("owner__user")
    return tuple(
        Appointment(
            agreement.text,
            agreement.owner.name if agreement.owner else "",
            agreement.due,
            done=agreement.done_at is not None,
        )
        for agreement in agreements.filter(dropped_at=None).order_by("meeting__position", "created")
    )
