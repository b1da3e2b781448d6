"""A traject with all that its steps ask for: three meetings with the playbook's agendas, two maatjes, a leervraag."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from groups.models import Membership, NetworkGroup, Pair
from leervragen.models import Leervraag
from meetings.agendas import STANDARD
from meetings.models import AgendaItem, ExpertInvitation, Meeting
from reports.models import Interview
from tests.factories import make_agenda_item, make_expert_invitation, make_group, make_meeting, make_member, make_topic
from tests.video_feedback.factories import make_clip
from video_feedback.services import cycles


@dataclass
class Traject:
    group: NetworkGroup
    people: dict[str, Membership]
    meetings: dict[str, Meeting]

    def be_at(self, kind: str, item: str = "") -> None:
        """Of the meetings this one is on, at this onderdeel, with slides on the Scherm; without one it is planned, for
        tomorrow, and "held" is over.
        """
        for meeting in self.meetings.values():
            on = meeting.agenda.filter(kind=item).first() if item and meeting.kind == kind else None
            now = timezone.now()
            AgendaItem.objects.filter(meeting=meeting).update(started_at=None, ended_at=None)
            if on:
                AgendaItem.objects.filter(pk=on.pk).update(started_at=now)
            Meeting.objects.filter(pk=meeting.pk).update(
                state=self._state(meeting, kind, item),
                current_item=on,
                shows_slides=on is not None,
                started_at=now if on else None,
                ended_at=now if item == "held" and meeting.kind == kind else None,
                starts_at=now if on else now + timedelta(days=1 if meeting.kind == kind else 20 + meeting.position),
            )

    def _state(self, meeting: Meeting, kind: str, item: str) -> Meeting.State:
        if meeting.kind != kind or not item:
            return Meeting.State.PLANNED
        return Meeting.State.ENDED if item == "held" else Meeting.State.RUNNING


def make_traject() -> Traject:
    group = make_group(theme="Autisme in de klas")
    coach = make_member(group, "Hanneke Dijkstra", coach=True)
    participant, maatje = make_member(group, "Marijke Hoekstra"), make_member(group, "Yusuf Demir")
    Membership.objects.filter(pk__in=[participant.pk, maatje.pk]).update(pair=Pair.objects.create(group=group))
    meetings = {}
    for position, kind in enumerate(Meeting.Kind.values):
        topic = make_topic(group) if kind == Meeting.Kind.NETWORK else None
        meetings[kind] = made = make_meeting(group, kind, position=position, topic=topic, place="De Ark")
        for item in STANDARD[kind]:
            make_agenda_item(made, item.kind, item.minutes, title=str(item.title))
    network = meetings[Meeting.Kind.NETWORK]
    make_expert_invitation(network, answer=ExpertInvitation.Answer.YES)
    Leervraag.objects.create(meeting=network, author=participant, text="Hoe wacht ik langer?")
    make_clip(participant, meeting=network)
    participant.refresh_from_db()
    cycles.begin_cycle(actor=participant.user, key=uuid4(), owner=participant, goal="Ik wacht drie tellen.")
    Interview.objects.create(group=group, teller=maatje, interviewer=participant)
    return Traject(group, {"coach": coach, "participant": participant}, meetings)
