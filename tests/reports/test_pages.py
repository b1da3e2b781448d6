"""Weight of the pages, and what the Oogst shows on the pages of others."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from meetings.models import AgendaItem, Meeting
from reports import contributions, tools
from reports.models import BehaviourGraph, Export, Interview, InterviewNote, Protocol, ValueStory
from reports.services import interviews
from tests.factories import make_agenda_item, make_member
from tests.types import CountQueries, SignIn

from .factories import make_line, make_story


@pytest.fixture
def pages(group: NetworkGroup, participant: Membership, maatje: Membership) -> dict[str, str]:
    interview = Interview.objects.create(group=group, teller=participant, interviewer=maatje)
    InterviewNote.objects.create(interview=interview, part="A", activities="Filmen", text="Dat hielp.")
    names = ("harvest", "interviews", "my_story", "my_line", "group_lines", "moments", "exports")
    return {
        **{name: reverse(f"reports:{name}", args=[group.pk]) for name in names},
        "interview": reverse("reports:interview", args=[interview.pk, "B3"]),
    }


@pytest.mark.parametrize(
    ("who", "name", "queries"),
    [
        ("participant", "harvest", 11),
        ("coach", "harvest", 11),
        ("coach", "interviews", 9),
        ("participant", "interview", 11),
        ("participant", "my_story", 8),
        ("participant", "my_line", 7),
        ("participant", "group_lines", 9),
        ("coach", "moments", 8),
        ("coach", "exports", 5),
    ],
)
def test_a_page_asks_as_much_for_thirty_members_as_for_one(
    sign_in: SignIn,
    request: pytest.FixtureRequest,
    django_assert_num_queries: CountQueries,
    group: NetworkGroup,
    coach: Membership,
    participant: Membership,
    meeting: Meeting,
    closing: Meeting,
    pages: dict[str, str],
    who: str,
    name: str,
    queries: int,
) -> None:
    client = sign_in(request.getfixturevalue(who))

    def grow(count: int) -> None:
        for _ in range(count):
            member = make_member(group)
            make_story(member, "Verhaal", ValueStory.Decision.GROUP)
            make_line(member, {meeting: 40, closing: 60}, shared=True)
            Interview.objects.create(group=group, teller=member, interviewer=participant)
            Export.objects.create(group=group, state=Export.State.READY, pages=3)

    grow(1)
    client.get(pages[name])
    with django_assert_num_queries(queries):
        client.get(pages[name])

    grow(29)
    with django_assert_num_queries(queries):
        html = client.get(pages[name]).content
    assert len(html) <= 60_000


def test_the_tools_of_the_afsluiting(
    coach: Membership, participant: Membership, group: NetworkGroup, closing: Meeting
) -> None:
    stories = make_agenda_item(closing, AgendaItem.Kind.STORIES, 20)
    graph = make_agenda_item(closing, AgendaItem.Kind.GRAPH, 15)
    pause = make_agenda_item(closing, AgendaItem.Kind.BREAK, 15)

    interviews, lines = (
        tools.interviews_tool(stories, coach.user),
        tools.lines_tool(graph, participant.user),
    )
    assert interviews and interviews.template == "reports/_interviews_tool.html"
    assert lines and lines.template == "reports/_lines_tool.html"
    assert lines.context["has_line"] is False
    BehaviourGraph.objects.create(member=participant)
    drawn = tools.lines_tool(graph, participant.user)
    assert drawn and drawn.context["has_line"], "who drew it is not asked to draw it"
    assert [tool(pause, coach.user) for tool in (tools.interviews_tool, tools.lines_tool)] == [
        None,
        None,
    ]


def test_the_checklist_of_the_afsluiting_knows_whether_the_interviews_fit(
    coach: Membership, group: NetworkGroup, closing: Meeting, meeting: Meeting
) -> None:
    before = contributions.protocol_fact(closing)
    interviews.save_protocol(
        actor=coach.user,
        group=group,
        parts=["A", "B1"],
        part_a_before=False,
        theme="",
        has_clock=True,
        version=Protocol().version,
    )
    after = contributions.protocol_fact(closing)

    assert before and after
    assert before and after
    assert before and after
    assert before and after
    assert (before.done, after.done) == (False, True)
    assert before.detail == ""
    assert contributions.protocol_fact(meeting) is None


def test_a_deelnemer_is_asked_to_read_the_story_and_to_draw_the_line(
    participant: Membership, maatje: Membership, group: NetworkGroup, closing: Meeting, pages: dict[str, str]
) -> None:
    def asked() -> list[str]:
        return [todo.title for todo in contributions.todos(participant.user)]

    assert asked() == ["Lees je verhaal na"]

    Meeting.objects.filter(pk=closing.pk).update(state=Meeting.State.RUNNING)
    assert asked() == ["Lees je verhaal na", "Teken jouw lijn"]

    make_story(participant, "Gelezen")
    make_line(participant, {closing: 50})
    assert asked() == []
    assert [todo.title for todo in contributions.todos(maatje.user)] == ["Teken jouw lijn"]


def test_in_a_group_that_was_closed_the_oogst_asks_for_nothing_any_more(
    sign_in: SignIn, group: NetworkGroup, coach: Membership, participant: Membership
) -> None:
    address, asked = reverse("reports:harvest", args=[group.pk]), ("Teken mijn lijn", "zet de interviews klaar")
    for words in asked:
        assert words in sign_in(participant).get(address).content.decode()
    assert "Klaarzetten voor de afsluiting" in sign_in(coach).get(address).content.decode()

    NetworkGroup.objects.update(closed_at=timezone.now())

    page = sign_in(participant).get(address).content.decode()
    assert not any(words in page for words in asked)
    assert "Er is geen lijn getekend." in page and "Er is geen verhaal bewaard." in page and "Maak mijn editie" in page
    page = sign_in(coach).get(address).content.decode()
    assert "Klaarzetten voor de afsluiting" not in page and "Maak de slot-pdf" in page


def test_who_joins_after_the_afsluiting_is_asked_for_no_line(
    participant: Membership, group: NetworkGroup, closing: Meeting
) -> None:
    ended = participant.joined + timedelta(hours=1)
    Meeting.objects.filter(pk=closing.pk).update(state=Meeting.State.ENDED, ended_at=ended)
    late = make_member(group, joined=ended + timedelta(days=1))
    assert [todo.title for todo in contributions.todos(participant.user)] == ["Teken jouw lijn"]
    assert contributions.todos(late.user) == []
