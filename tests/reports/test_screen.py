"""Who sits with whom on the Scherm, and the lines over each other."""

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from meetings.models import AgendaItem, Meeting
from reports.interviews.pairing import at_tables, propose_pairs
from reports.lines.moments import moments_of, write_moments
from reports.models import BehaviourGraph, GraphPoint, Interview, InterviewNote, Protocol
from tests.factories import make_member
from tests.screens import be_at, drawn, words_on
from tests.types import CountQueries, SignIn

Kind = AgendaItem.Kind


def _pair(closing: Meeting, members: list[Membership]) -> None:
    for teller, asker in propose_pairs(members).items():
        Interview.objects.create(group=closing.group, teller=teller, interviewer=asker)


def _draw(member: Membership, *, shared: bool) -> BehaviourGraph:
    graph = BehaviourGraph.objects.create(member=member, shared_at=timezone.now() if shared else None)
    moments = moments_of(member.group)
    write_moments(moments)
    GraphPoint.objects.bulk_create(
        GraphPoint(graph=graph, moment=moment, value=50, note="Dat weet ik alleen.") for moment in moments
    )
    return graph


def test_everyone_sits_at_one_table_in_twos_and_once_in_threes(closing: Meeting) -> None:
    members = [
        make_member(closing.group, f"{name} Jansen") for name in ("An", "Bas", "Cor", "Dirk", "Els", "Fien", "Guus")
    ]
    _pair(closing, members)
    found = at_tables(Interview.objects.of_group(closing.group))
    assert sorted(len(table.names) for table in found) == [2, 2, 3]
    assert sorted(name for table in found for name in table.names) == [
        "An",
        "Bas",
        "Cor",
        "Dirk",
        "Els",
        "Fien",
        "Guus",
    ]


def test_at_the_stories_stand_the_tables_and_the_parts_and_nothing_that_was_told(
    coach: Membership, participant: Membership, maatje: Membership, closing: Meeting, sign_in: SignIn
) -> None:
    interview = Interview.objects.create(group=closing.group, teller=participant, interviewer=maatje)
    InterviewNote.objects.create(interview=interview, part="B1", text="Wat ik vertelde.")
    Protocol.objects.create(group=closing.group, parts=["B1", "B3"])
    be_at(coach, closing, Kind.STORIES)
    words = words_on(sign_in(coach), closing)
    assert (
        f"{participant.user.first_name} {maatje.user.first_name} Hoe was het? 2 min Wat doe je anders? 5 min" in words
    )
    assert "Na 7 minuten wisselen jullie" in words
    assert "Wat ik vertelde." not in words


def test_the_lines_that_members_share_lie_over_each_other_told_apart_by_more_than_colour(
    coach: Membership, participant: Membership, maatje: Membership, closing: Meeting, sign_in: SignIn
) -> None:
    _draw(participant, shared=True)
    _draw(maatje, shared=False)
    _draw(make_member(closing.group, "Truus Bos"), shared=True)
    be_at(coach, closing, Kind.GRAPH)
    page = sign_in(coach).get(reverse("meetings:screen", args=[closing.pk])).content.decode()
    words = words_on(sign_in(coach), closing)
    assert 'class="series s1"' in page and 'class="series s2"' in page and 'class="series s3"' not in page
    assert f"{participant.user.first_name} Truus Wat zien we? Wat betekent het? Wat nu?" in words
    assert maatje.user.first_name not in words
    assert "Dat weet ik alleen." not in words


def test_without_a_shared_line_nobody_is_named(
    coach: Membership, participant: Membership, closing: Meeting, sign_in: SignIn
) -> None:
    _draw(participant, shared=False)
    be_at(coach, closing, Kind.GRAPH)
    words = words_on(sign_in(coach), closing)
    assert "Teken eerst je eigen lijn. Wie hem deelt, ziet hem hier." in words
    assert participant.user.first_name not in words


@pytest.mark.parametrize("number", [2, 20])
@pytest.mark.parametrize(("kind", "queries"), [(Kind.STORIES, 5), (Kind.GRAPH, 5)])
def test_a_panel_of_the_oogst_asks_as_much_for_twenty_as_for_two(
    coach: Membership,
    closing: Meeting,
    django_assert_num_queries: CountQueries,
    kind: str,
    queries: int,
    number: int,
) -> None:
    members = [make_member(closing.group) for _each in range(number)]
    _pair(closing, members)
    for member in members:
        _draw(member, shared=True)
    item = be_at(coach, closing, kind)
    with django_assert_num_queries(queries):
        assert drawn(item)
