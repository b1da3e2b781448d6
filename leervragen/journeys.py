"""What became of a leervraag: one line of life, from the asking to "in mijn werk geprobeerd"."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup
from meetings.models import Agreement, FilledIn, Meeting
from netwerkleren.base.written import written_once

from .models import Leervraag, LeervraagQuerySet, Mailing, Tried, WrittenAnswer

State, Outcome = Leervraag.State, Leervraag.Outcome


@dataclass(frozen=True)
class Stage:
    """One station of the line: its words, whether the question came there, and the sign that it carries."""

    words: str
    is_done: bool
    icon: str
    is_tried: bool = False
    """The last, which is its asker's."""


@dataclass
class Journey:
    """A question through all meetings that took it up, oldest first: it stands once, however often it moved on.

    `reader` is who looks: what the asker tried is the asker's alone until shared.
    """

    strips: list[Leervraag]
    reader: Membership | None

    @property
    def question(self) -> Leervraag:
        """As it stands now."""
        return self.strips[-1]

    @property
    def is_own(self) -> bool:
        return self.reader is not None and self.question.author_id == self.reader.pk

    @property
    def has_left(self) -> bool:
        """Its asker is not in the group any more: question and answer stay the group's."""
        return self.question.author.left is not None

    @property
    def meetings(self) -> list[Meeting]:
        return [strip.meeting for strip in self.strips]

    @cached_property
    def tried(self) -> Tried | None:
        """What the asker said of trying it, for who may read that."""
        found = [tried for strip in self.strips if (tried := getattr(strip, "tried", None))]
        readable = [tried for tried in found if self.is_own or tried.is_shared]
        return readable[-1] if readable else None

    @property
    def earlier_answers(self) -> list[str]:
        """What was answered before it moved on."""
        own = self.question.answer.strip()
        told = [strip.answer.strip() for strip in self.strips[:-1]]
        return [text for text in dict.fromkeys(told) if text and text != own]

    @property
    def answers(self) -> list[str]:
        """What the group answered, at whichever meeting, oldest first; and what answered it as well."""
        told = [strip.answer.strip() for strip in self.strips]
        other = self.question.answered_by
        return list(dict.fromkeys(text for text in [*told, other.answer.strip() if other else ""] if text))

    @property
    def written_answers(self) -> list[WrittenAnswer]:
        """What members and experts wrote, at whichever meeting."""
        return [answer for strip in self.strips for answer in strip.written_answers.all()]

    @property
    def texts(self) -> list[str]:
        """Every text that the PDF prints of it."""
        written = [text for answer in self.written_answers for text in (answer.writer, answer.text)]
        return [self.question.text, self.question.situation, *self.answers, *written]

    @property
    def typed_in_by(self) -> str:
        """The coach who typed the answer in from paper, by first name; empty where the group wrote it here."""
        name: str | None = self.question.typed_in_by  # type: ignore[attr-defined]
        return name.split()[0] if name else ""

    @property
    def is_answered(self) -> bool:
        return self.question.outcome in ANSWERED

    @property
    def has_words(self) -> bool:
        """Whether an answer can be read."""
        return bool(self.question.answer.strip() or self.written_answers)

    @property
    def may_be_tried(self) -> bool:
        return self.is_own and self.is_answered

    @cached_property
    def stages(self) -> list[Stage]:
        """Those of every question; the last only for who may read it. What has its answer without having been at a
        station does not go there any more.
        """
        found = [Stage(_("gesteld"), True, "message-circle")]
        between, answer = [self._to_the_expert(), self._on_the_meetlat()], self._answer()
        found += [stage for stage in between if stage.is_done or not answer.is_done]
        found.append(answer)
        is_tried = self.tried is not None and self.tried.is_tried
        if is_tried or self.is_own:
            found.append(Stage(_("in mijn werk geprobeerd"), is_tried, "sprout", is_tried=True))
        return found

    def _to_the_expert(self) -> Stage:
        mailings = [mailing for strip in self.strips for mailing in strip.mailings.all()]
        names = dict.fromkeys(mailing.invitation.expert.name.split()[0] for mailing in mailings)
        words = _("naar %(names)s") % {"names": _(" en ").join(names)} if names else _("naar de expert")
        return Stage(words, bool(names), "send")

    def _on_the_meetlat(self) -> Stage:
        question = self.question
        if question.state == State.PARKED and question.outcome in (Outcome.OPEN, Outcome.PARKED):
            return Stage(_("op de Parkeerplaats"), True, "square-parking")
        if question.state == State.PITCH:
            return Stage(_("in de pitch"), True, "presentation")
        return Stage(_("op de meetlat"), any(strip.state == State.LAID for strip in self.strips), "ruler")

    def _answer(self) -> Stage:
        if self.question.outcome == Outcome.LET_GO:
            return Stage(_("losgelaten"), True, "check")
        words = _("deels beantwoord") if self.question.outcome == Outcome.PARTLY else _("antwoord")
        if self.question.state == State.PITCH and not self.has_words:
            words = _("daar beantwoord")  # The station before says where: nobody looks here for an answer.
        return Stage(words, self.is_answered, "check")


ANSWERED = (Outcome.ANSWERED, Outcome.PARTLY)


def journeys_of(leervragen: Iterable[Leervraag], reader: Membership | None) -> list[Journey]:
    """A journey for every question, in the order of where each is now. For rows of `with_journey`."""
    rows = list(leervragen)
    before = {strip.pk: strip for strip in rows}
    went_on = {strip.moved_from_id for strip in rows}
    return [Journey(_way_to(strip, before), reader) for strip in rows if strip.pk not in went_on]


def _way_to(strip: Leervraag, before: dict[UUID, Leervraag]) -> list[Leervraag]:
    way = [strip]
    while (earlier := before.get(way[0].moved_from_id)) is not None:  # type: ignore[arg-type]
        way.insert(0, earlier)
    return way


def journeys_asked_by(asker: Membership, reader: Membership | None) -> list[Journey]:
    """What became of the questions of one member, in the order of the traject."""
    return journeys_of(_with_journey(Leervraag.objects.for_group(asker.group).filter(author=asker)), reader)


def group_journeys(group: NetworkGroup, reader: Membership | None) -> list[Journey]:
    """Every question of a group, in three queries; the reader's own first, and then by meeting."""
    found = journeys_of(_with_journey(Leervraag.objects.for_group(group)), reader)
    return sorted(found, key=lambda journey: not journey.is_own)


def journeys_through(meeting: Meeting, reader: Membership | None) -> list[Journey]:
    """Those of `group_journeys` that this meeting took up. What was asked at another meeting and stayed there is not
    read: of a traject that is most of it.
    """
    found = [
        journey
        for journey in journeys_of(_taken_up_by(meeting.pk, meeting.group_id), reader)
        if any(strip.meeting_id == meeting.pk for strip in journey.strips)
    ]
    return sorted(found, key=lambda journey: not journey.is_own)


@written_once
def _taken_up_by(meeting: UUID, group: UUID) -> QuerySet[Leervraag]:
    of_it = Q(meeting=meeting) | Q(moved_from__isnull=False) | Q(moved_as__isnull=False)
    return _with_journey(Leervraag.objects.for_group(group).filter(of_it))


def _with_journey(rows: LeervraagQuerySet) -> LeervraagQuerySet:
    mailings = Prefetch("mailings", Mailing.objects.select_related("invitation__expert").order_by("created"))
    typed_in = FilledIn.objects.filter(meeting=OuterRef("meeting"), by=OuterRef("answer_by")).values("by__user__name")
    rows = rows.annotate(typed_in_by=Subquery(typed_in[:1]))
    return rows.select_related("tried").prefetch_related(mailings).with_written_answers()


def agreements_of(group: NetworkGroup) -> list[Agreement]:
    rows = Agreement.objects.filter(meeting__group=group)
    return list(rows.select_related("meeting__topic", "owner__user").order_by("meeting__position", "created"))
