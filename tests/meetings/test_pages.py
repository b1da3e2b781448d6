"""The pages as a whole: the same number of queries however much there is, and not too heavy; to-dos for Vandaag."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup, User
from meetings.contributions import todos_of
from meetings.models import Agreement, Attendance, Evaluation, ExpertInvitation, ImprovementPoint, Meeting
from meetings.services import running
from netwerkleren.roof.traject import stops_of
from tests.factories import local, make_agenda_item, make_expert_invitation, make_group, make_meeting, make_member
from tests.types import CountQueries, SignIn

MOST_BYTES = 60_000
IN_HAND_BYTES = 66_000
"""Of the agenda in the hand: each block has its field and its buttons, for who has no JavaScript. And of looking back,
where each part is a form of its own.
"""


def _fill(meeting: Meeting, number: int) -> None:
    """`number` of everything that a page of this meeting lists."""
    earlier = meeting.group.meetings.filter(position=0).first() or make_meeting(
        meeting.group, position=0, state=Meeting.State.ENDED
    )
    Evaluation.objects.get_or_create(meeting=earlier, defaults={"tops": "Goed gesprek"})
    for count in range(number):
        member = make_member(meeting.group)
        Attendance.objects.create(meeting=meeting, membership=member, status=Attendance.Status.PRESENT)
        make_agenda_item(meeting, minutes=5, purpose="Waar het om gaat")
        ImprovementPoint.objects.create(meeting=earlier, text=f"Punt {count}")
        ImprovementPoint.objects.create(meeting=meeting, text=f"Punt {count}")
        Agreement.objects.create(meeting=meeting, text=f"Afspraak {count}", owner=member)


QUERIES = {
    "detail": 12,
    "now": 8,
    "agenda": 7,
    "edit": 6,
    "lead": 9,
    "attendance": 6,
    "screen": 8,
    "evaluation": 11,
    "invite_expert": 5,
}
"""The literal number per page, for the coach of a running meeting without leervragen or fragments."""


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("name", QUERIES)
def test_a_page_asks_as_much_for_thirty_as_for_one(
    coach: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
    name: str,
    number: int,
) -> None:
    _fill(meeting, number)
    running.start_meeting(actor=coach.user, meeting=meeting)
    browser = sign_in(coach)
    url = reverse(f"meetings:{name}", args=[meeting.pk])
    with django_assert_num_queries(QUERIES[name]):
        page = browser.get(url)
    assert page.status_code == 200
    assert len(page.content) < (IN_HAND_BYTES if name in ("agenda", "evaluation") else MOST_BYTES)


@pytest.mark.parametrize("number", [1, 30])
def test_a_planned_meeting_asks_its_coach_as_much_for_thirty_as_for_one(
    coach: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
    number: int,
) -> None:
    _fill(meeting, number)
    browser = sign_in(coach)
    with django_assert_num_queries(14):
        page = browser.get(reverse("meetings:detail", args=[meeting.pk]))
    assert len(page.content) < MOST_BYTES


@pytest.mark.parametrize("kind", ["talent", "meetlat", "answering", "video", "stories", "graph"])
@pytest.mark.parametrize("name", ["detail", "now", "lead", "screen"])
def test_with_the_tool_of_any_onderdeel_a_page_stays_within_fifteen(
    coach: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    sign_in: SignIn,
    django_assert_max_num_queries: CountQueries,
    name: str,
    kind: str,
) -> None:
    make_agenda_item(meeting, kind)
    running.start_meeting(actor=coach.user, meeting=meeting)
    browser = sign_in(coach)
    with django_assert_max_num_queries(15):
        assert browser.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_the_checklist_asks_a_fixed_number(
    coach: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
    number: int,
) -> None:
    _fill(meeting, number)
    browser = sign_in(coach)
    with django_assert_num_queries(14):
        browser.get(reverse("meetings:preparation", args=[meeting.pk]))


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_a_fixed_number(
    coach: Membership, group: NetworkGroup, sign_in: SignIn, django_assert_num_queries: CountQueries, number: int
) -> None:
    for position in range(number):
        make_meeting(group, position=position + 1)
        make_meeting(group, position=position + 101, state=Meeting.State.ENDED)
    browser = sign_in(coach)
    with django_assert_num_queries(6):
        page = browser.get(reverse("meetings:overview"))
    assert len(page.context["upcoming"]) == len(page.context["past"]) == number


def test_the_list_has_the_next_one_first_and_those_without_a_date_last(
    participant: Membership, other_member: Membership, group: NetworkGroup, sign_in: SignIn
) -> None:
    now = timezone.now()
    undated = make_meeting(group, position=1, starts_at=None)
    later = make_meeting(group, position=2, starts_at=now + timedelta(days=30))
    soon = make_meeting(group, position=3, starts_at=now + timedelta(days=3))
    make_meeting(other_member.group, position=1)
    page = sign_in(participant).get(reverse("meetings:overview"))
    assert page.context["upcoming"] == [soon, later, undated]


def test_only_the_coach_sees_who_has_not(
    coach: Membership, participant: Membership, maatje: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    url = reverse("meetings:detail", args=[meeting.pk])
    assert "Nog niet:" in sign_in(coach).get(url).content.decode()
    assert "Nog niet:" not in sign_in(participant).get(url).content.decode()
    screen = sign_in(coach).get(reverse("meetings:screen", args=[meeting.pk])).content.decode()
    assert "Nog niet:" not in screen


def test_the_calendar_file_of_a_meeting_without_a_date_is_not_there(
    participant: Membership, group: NetworkGroup, sign_in: SignIn
) -> None:
    undated = make_meeting(group, starts_at=None)
    assert sign_in(participant).get(reverse("meetings:calendar", args=[undated.pk])).status_code == 404


def test_the_calendar_file_of_a_cancelled_meeting_takes_it_out_again(
    participant: Membership, meeting: Meeting, expert_client: Client, sign_in: SignIn
) -> None:
    member, address = sign_in(participant), reverse("meetings:calendar", args=[meeting.pk])
    for browser, url in ((member, address), (expert_client, reverse("meetings:guest_calendar"))):
        assert b"STATUS:CONFIRMED" in browser.get(url).content
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CANCELLED)
    for browser, url in ((member, address), (expert_client, reverse("meetings:guest_calendar"))):
        content = browser.get(url).content
        assert b"METHOD:CANCEL" in content and b"STATUS:CANCELLED" in content


def test_who_take_part_are_counted_by_what_they_are(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    browser, page = sign_in(coach), reverse("meetings:detail", args=[meeting.pk])
    for words in ("1 deelnemer en de coach", "2 deelnemers en de coach"):
        make_member(meeting.group)
        assert words in browser.get(page).content.decode()
    make_member(meeting.group, coach=True)
    make_member(meeting.group, left=timezone.now())
    assert "2 deelnemers en 2 coaches" in browser.get(page).content.decode()


def _titles(user: User) -> list[str]:
    return [todo.title for todo in todos_of(user)]


def test_the_coach_hears_the_one_thing_that_holds_the_next_meeting_up(coach: Membership, meeting: Meeting) -> None:
    topic, starts_at = meeting.topic, meeting.starts_at
    Meeting.objects.filter(pk=meeting.pk).update(topic=None, starts_at=None)
    make_meeting(meeting.group, position=8, starts_at=None)
    assert _titles(coach.user) == ["Zet een datum"]
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=starts_at)
    assert _titles(coach.user) == ["Leg het onderwerp vast"]
    Meeting.objects.filter(pk=meeting.pk).update(topic=topic)
    assert _titles(coach.user) == ["Vraag een expert"]
    invitation = make_expert_invitation(meeting)
    assert _titles(coach.user) == []
    ExpertInvitation.objects.filter(pk=invitation.pk).update(answer=ExpertInvitation.Answer.NO)
    assert _titles(coach.user) == ["Vraag een andere expert"]


def test_on_the_day_itself_the_coach_leads(coach: Membership, participant: Membership, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=local(2027, 1, 20, 15, 30))
    for clock in (local(2027, 1, 20, 0, 1), local(2027, 1, 20, 15, 31), local(2027, 1, 20, 23, 59)):
        with time_machine.travel(clock):
            assert _titles(coach.user) == ["Vandaag is de bijeenkomst"]
            assert _titles(participant.user) == []
    with time_machine.travel(local(2027, 1, 21, 0, 1)):
        assert _titles(coach.user) == ["Is de bijeenkomst geweest?"]


def test_a_date_that_follows_hides_no_meeting_of_today(coach: Membership, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=None)
    later = make_meeting(meeting.group, position=2, starts_at=local(2027, 1, 20, 15, 30))
    with time_machine.travel(local(2027, 1, 19, 9)):
        assert _titles(coach.user) == ["Zet een datum"]
    with time_machine.travel(local(2027, 1, 20, 9)):
        assert _titles(coach.user) == ["Vandaag is de bijeenkomst"]
    Meeting.objects.filter(pk=later.pk).update(state=Meeting.State.RUNNING)
    with time_machine.travel(local(2027, 1, 21, 0, 1)):
        assert _titles(coach.user) == ["Leid de bijeenkomst verder"]


def test_until_its_day_an_expert_is_asked_before_it_is_led(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    def primaries() -> list[str]:
        page = sign_in(coach).get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
        return re.findall(r'class="btn primary"\s+href="([^"]+)"', page)

    ask, lead = (reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("invite_expert", "lead"))
    assert primaries() == [ask]
    invitation = make_expert_invitation(meeting)
    assert primaries() == [lead]
    ExpertInvitation.objects.filter(pk=invitation.pk).update(answer=ExpertInvitation.Answer.NO)
    assert primaries() == [ask]
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now())
    assert primaries() == [lead]


def test_a_meeting_held_on_paper_and_never_ended_holds_up_no_other(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=local(2027, 1, 20, 15, 30))
    following = make_meeting(meeting.group, position=2, starts_at=local(2027, 3, 10, 15, 30))
    list_url = reverse("meetings:overview")
    with time_machine.travel(local(2027, 1, 20, 23)):
        assert sign_in(participant).get(list_url).context["upcoming"] == [meeting, following]
    with time_machine.travel(local(2027, 1, 21, 9)):
        assert _titles(coach.user) == ["Is de bijeenkomst geweest?", "Leg het onderwerp vast"]
        page = sign_in(participant).get(list_url)
        assert (page.context["upcoming"], page.context["past"]) == ([following], [meeting])
        traject = Meeting.objects.of_group(meeting.group)
        assert [stop.is_next for stop in stops_of(traject)] == [False, True]
        found = {row.pk: row.is_to_come for row in traject}
        assert found == {meeting.pk: False, following.pk: True}


def test_a_draft_asks_nothing_of_its_coach(db: None) -> None:
    draft = make_group("Concept", draft=True)
    coach = make_member(draft, coach=True)
    make_meeting(draft, starts_at=None)
    assert todos_of(coach.user) == []
