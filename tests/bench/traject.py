"""A whole traject with a number of members, each with questions, a story and a line that is shared."""

from datetime import timedelta

from groups.models import NetworkGroup
from meetings.agendas import standard_agenda
from meetings.models import AgendaItem, Meeting
from reports.models import ValueStory
from tests.factories import local, make_group, make_meeting, make_member, make_topic
from tests.reports.factories import make_leervraag, make_line, make_story

TOPICS = ("Prikkels in de klas", "Contact met klasgenoten", "Zelfstandig aan het werk", "Samen met ouders")
STORY = (
    "Wat was waardevol?\n- Filmen met mijn maatje\n- De pitch\n\n" + "Ik wachtte, en toen kwam er een antwoord. " * 30
)


def make_traject(count: int) -> NetworkGroup:
    group = make_group()
    make_member(group, "Hanneke Dijkstra", coach=True)
    begin = local(2026, 9, 16, 15, 30)
    meetings = [make_meeting(group, Meeting.Kind.INTRODUCTION, starts_at=begin)]
    for position, topic in enumerate(TOPICS, start=1):
        starts_at = begin + timedelta(days=35 * position)
        meetings.append(make_meeting(group, topic=make_topic(group, topic), position=position, starts_at=starts_at))
    meetings.append(make_meeting(group, Meeting.Kind.CLOSING, position=5, starts_at=begin + timedelta(days=175)))
    for meeting in meetings:
        AgendaItem.objects.bulk_create(standard_agenda(meeting))
    for number in range(count):
        member = make_member(group, f"Marijke Hoekstra {number}")
        for meeting in meetings[1:5]:
            make_leervraag(
                member, meeting, "Hoe bied ik rust in de klas?", answer="Begin klein. " * 8, outcome="answered"
            )
        make_story(member, STORY, ValueStory.Decision.PDF)
        make_line(member, {meeting: (number * 13) % 101 for meeting in meetings[1:]}, shared=True)
    return group
