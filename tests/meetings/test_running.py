"""Leading a meeting: the clock, the order, who is there, the end."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone

from groups.models import Membership
from meetings.models import AgendaItem, Meeting
from meetings.points import meeting_ended
from meetings.services import agenda_items, changing, running
from meetings.timeline import Run, plan_of, run_of
from meetings.urls import LEAD_ITEM_STEPS, LEAD_STEPS
from meetings.views import lead
from netwerkleren.base import live
from tests.factories import local, make_agenda_item, make_meeting
from tests.shown import fields_on
from tests.types import SignIn

START = local(2027, 1, 20, 15, 30)


@pytest.fixture
def planned(coach: Membership) -> Meeting:
    """With the playbook's nine onderdelen, at half past three."""
    meeting = make_meeting(coach.group, starts_at=START, position=1)
    agenda_items.reset_agenda(actor=coach.user, meeting=meeting)
    return meeting


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def _items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.agenda.all())


def _run(meeting: Meeting) -> Run:
    run = run_of(Meeting.objects.get(pk=meeting.pk), _items(meeting))
    assert run is not None
    return run


def _titles(meeting: Meeting) -> list[str]:
    return list(meeting.agenda.values_list("title", flat=True))


def test_a_plan_has_the_clock_of_each_onderdeel(planned: Meeting) -> None:
    plan = plan_of(planned, _items(planned))
    assert [f"{timezone.localtime(block.starts_at):%H.%M}" for block in plan.blocks] == [
        *["15.30", "15.45", "16.00", "16.15", "16.25", "16.35", "17.20", "17.25", "17.40"]
    ]
    assert (plan.minutes, plan.ends_at) == (140, local(2027, 1, 20, 17, 50))


def test_a_plan_across_summer_time_keeps_its_length(coach: Membership) -> None:
    meeting = make_meeting(coach.group, starts_at=local(2027, 3, 28, 1, 30))
    make_agenda_item(meeting, minutes=60)
    # The clock goes from 2.00 to 3.00: an hour after half past one is half past three.
    assert plan_of(meeting, _items(meeting)).ends_at == local(2027, 3, 28, 3, 30)


def test_the_picture_of_leiden_four_minutes_behind(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    items = _items(planned)
    for minutes, item in zip([16, 16, 16, 11, 10], items[1:], strict=False):
        clock.shift(timedelta(minutes=minutes))
        running.go_to(actor=coach.user, meeting=planned, item=item)
    clock.shift(timedelta(minutes=26, seconds=36))
    run = _run(planned)
    assert (run.current.title, run.number) == ("Leervragen beantwoorden", 6)
    assert run.left == timedelta(minutes=18, seconds=24)
    assert run.minutes_left == 19
    assert run.behind_minutes == 4
    assert run.expected_end == local(2027, 1, 20, 17, 54)
    assert run.planned_end == local(2027, 1, 20, 17, 50)
    assert run.next is not None and run.next.starts_at == local(2027, 1, 20, 17, 24)


def test_it_may_run_over_and_nothing_moves_by_itself(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    clock.shift(timedelta(minutes=25))
    run = _run(planned)
    assert run.current.title == "Start"
    assert (run.minutes_left, run.behind_minutes) == (-10, 10)
    assert run.percent == 100


def test_going_on_early_is_ahead(coach: Membership, planned: Meeting, clock: time_machine.Traveller) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    clock.shift(timedelta(minutes=9))
    running.go_to(actor=coach.user, meeting=planned, item=_items(planned)[1])
    assert _run(planned).ahead_minutes == 6


def test_time_that_stands_still_costs_the_onderdeel_nothing(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    clock.shift(timedelta(minutes=5))
    running.stop_time(actor=coach.user, meeting=planned)
    clock.shift(timedelta(minutes=7))
    assert _run(planned).left == timedelta(minutes=10)
    assert _run(planned).behind_minutes == 7
    running.resume_time(actor=coach.user, meeting=planned)
    clock.shift(timedelta(minutes=1))
    assert _run(planned).left == timedelta(minutes=9)


def test_going_on_while_time_stands_still_lets_it_run(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    running.stop_time(actor=coach.user, meeting=planned)
    clock.shift(timedelta(minutes=3))
    running.go_to(actor=coach.user, meeting=planned, item=_items(planned)[1])
    assert not _run(planned).is_paused
    assert _run(planned).left == timedelta(minutes=15)


def test_back_to_an_onderdeel_counts_on_from_where_it_was(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    first, second = _items(planned)[:2]
    clock.shift(timedelta(minutes=6))
    running.go_to(actor=coach.user, meeting=planned, item=second)
    clock.shift(timedelta(minutes=2))
    running.go_to(actor=coach.user, meeting=planned, item=AgendaItem.objects.get(pk=first.pk))
    assert _run(planned).left == timedelta(minutes=9)


def test_begin_now_passes_over_and_what_was_passed_still_comes(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    running.go_to(actor=coach.user, meeting=planned, item=_items(planned)[7])
    run = _run(planned)
    assert [block.item.title for block in run.upcoming][:2] == ["Afsluiting", "Talentmomenten"]
    assert run.expected_end == START + timedelta(minutes=140 - 15)


def test_five_more_minutes_pressed_twice_adds_five(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    item = _items(planned)[0]
    for _twice in range(2):
        running.set_extra_minutes(actor=coach.user, meeting=planned, item=item, minutes=5)
    assert _run(planned).left == timedelta(minutes=20)
    with pytest.raises(ValidationError):
        running.set_extra_minutes(actor=coach.user, meeting=planned, item=item, minutes=500)


def test_do_this_later_puts_it_before_the_last(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    before = _titles(planned)
    current = _items(planned)[0]
    clock.shift(timedelta(minutes=4))
    for _twice in range(2):
        running.put_off(actor=coach.user, meeting=planned, item=AgendaItem.objects.get(pk=current.pk))
    assert _titles(planned) == [*before[1:-1], "Start", before[-1]]
    assert list(planned.agenda.values_list("position", flat=True)) == list(range(1, 10))
    run = _run(planned)
    assert run.current.title == "Talentmomenten"
    assert AgendaItem.objects.get(pk=current.pk).started_at is None
    last = _items(planned)[-1]
    running.put_off(actor=coach.user, meeting=planned, item=last)
    assert _titles(planned)[-1] == before[-1]


def test_do_this_later_makes_way_for_what_is_still_to_come(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    _start, talent, pitch = _items(planned)[:3]
    running.start_meeting(actor=coach.user, meeting=planned)
    for item in (pitch, talent):
        clock.shift(timedelta(minutes=5))
        running.go_to(actor=coach.user, meeting=planned, item=AgendaItem.objects.get(pk=item.pk))
    clock.shift(timedelta(minutes=5))
    running.put_off(actor=coach.user, meeting=planned, item=AgendaItem.objects.get(pk=talent.pk))
    run = _run(planned)
    assert run.current.title == "Pauze"
    assert AgendaItem.objects.get(pk=pitch.pk).is_done


def test_what_alone_is_left_is_not_done_later(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    first, *others = _items(planned)
    for item in [*others, first]:
        clock.shift(timedelta(minutes=5))
        running.go_to(actor=coach.user, meeting=planned, item=AgendaItem.objects.get(pk=item.pk))
    before = _titles(planned)
    assert _run(planned).movable == set()
    running.put_off(actor=coach.user, meeting=planned, item=AgendaItem.objects.get(pk=first.pk))
    assert (_titles(planned), _run(planned).current.pk) == (before, first.pk)


def test_pressing_twice_changes_nothing(coach: Membership, planned: Meeting, clock: time_machine.Traveller) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    clock.shift(timedelta(minutes=5))
    running.start_meeting(actor=coach.user, meeting=planned)
    second = _items(planned)[1]
    running.go_to(actor=coach.user, meeting=planned, item=second)
    clock.shift(timedelta(minutes=5))
    running.go_to(actor=coach.user, meeting=planned, item=AgendaItem.objects.get(pk=second.pk))
    assert _run(planned).left == timedelta(minutes=10)
    topic = live.topic_of("meeting", planned)
    version = live.version_of(topic)
    running.resume_time(actor=coach.user, meeting=planned)
    assert live.version_of(topic) == version


def test_ending_runs_the_reactions_in_the_same_transaction(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)

    def fails(meeting: Meeting, actor: object) -> None:
        raise ValidationError("nee")

    with meeting_ended.temporarily(fails), pytest.raises(ValidationError):
        running.end_meeting(actor=coach.user, meeting=planned)
    assert Meeting.objects.get(pk=planned.pk).is_running

    running.end_meeting(actor=coach.user, meeting=planned)
    ended = Meeting.objects.get(pk=planned.pk)
    assert (ended.state, ended.ended_at, ended.current_item) == (Meeting.State.ENDED, START, None)
    running.end_meeting(actor=coach.user, meeting=planned)


def test_an_ended_meeting_reopened_runs_on(coach: Membership, planned: Meeting, clock: time_machine.Traveller) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    clock.shift(timedelta(minutes=5))
    running.end_meeting(actor=coach.user, meeting=planned)
    clock.shift(timedelta(minutes=30))
    changing.reopen_meeting(actor=coach.user, meeting=planned)
    assert _run(planned).left == timedelta(minutes=10)


def test_what_cannot_be_led_says_so(coach: Membership, planned: Meeting) -> None:
    with pytest.raises(ValidationError, match="niet bezig"):
        running.go_to(actor=coach.user, meeting=planned, item=_items(planned)[0])
    with pytest.raises(ValidationError, match="nog niet begonnen"):
        running.end_meeting(actor=coach.user, meeting=planned)
    empty = make_meeting(coach.group, position=7)
    with pytest.raises(ValidationError, match="nog niets op de agenda"):
        running.start_meeting(actor=coach.user, meeting=empty)


def test_a_meeting_held_on_paper_ends_once_its_hour_has_come(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=3))
    running.end_meeting(actor=coach.user, meeting=planned)
    assert Meeting.objects.get(pk=planned.pk).state == Meeting.State.ENDED


def test_each_step_of_leiden_moves_the_live_topic(
    coach: Membership, participant: Membership, planned: Meeting, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    browser = sign_in(coach)
    second = _items(planned)[1].pk
    seen = []
    for address, data in [
        (reverse("meetings:step", args=[planned.pk, "start"]), {}),
        (reverse("meetings:item_step", args=[planned.pk, "go_to", second]), {}),
        (reverse("meetings:item_step", args=[planned.pk, "extend", second]), {"minutes": "5"}),
        (reverse("meetings:step", args=[planned.pk, "pause"]), {}),
        (reverse("meetings:step", args=[planned.pk, "resume"]), {}),
        (reverse("meetings:item_step", args=[planned.pk, "put_off", second]), {}),
        (reverse("meetings:step", args=[planned.pk, "end"]), {}),
    ]:
        assert browser.post(address, data).status_code == 302
        seen.append(live.version_of(live.topic_of("meeting", planned)))
    assert seen == sorted(set(seen))
    assert sign_in(participant).get(f"/live/meeting:{planned.pk}/").json()["version"] == seen[-1]


def test_a_phone_that_follows_sees_the_current_onderdeel(
    coach: Membership, participant: Membership, planned: Meeting, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    url = reverse("meetings:now", args=[planned.pk])
    assert "Nu bezig" not in sign_in(participant).get(url).content.decode()
    running.start_meeting(actor=coach.user, meeting=planned)
    shown = sign_in(participant).get(url).content.decode()
    assert "Nu bezig" in shown
    assert f'at="{round(START.timestamp() * 1000)}"' in shown
    assert f'ends="{round((START + timedelta(minutes=15)).timestamp() * 1000)}"' in shown
    assert f'length="{15 * 60 * 1000}"' in shown


def test_an_unknown_step_or_another_meetings_onderdeel_is_not_there(
    coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    other = make_agenda_item(make_meeting(coach.group, position=8))
    browser = sign_in(coach)
    for address in [
        reverse("meetings:lead", args=[planned.pk]) + "sprong/",
        # An address speaks Dutch, and a step about an onderdeel is none about the meeting.
        reverse("meetings:lead", args=[planned.pk]) + "pause/",
        reverse("meetings:lead", args=[planned.pk]) + "naar/",
        reverse("meetings:item_step", args=[planned.pk, "go_to", other.pk]),
        reverse("meetings:item_step", args=[planned.pk, "go_to", uuid4()]),
    ]:
        assert browser.post(address).status_code == 404


def test_every_word_in_the_address_of_leiden_has_its_step(planned: Meeting) -> None:
    assert (set(LEAD_STEPS), set(LEAD_ITEM_STEPS)) == (set(lead.MEETING_STEPS), set(lead.ITEM_STEPS))
    assert reverse("meetings:step", args=[planned.pk, "pause"]) == f"/bijeenkomsten/{planned.pk}/leiden/stil/"
    assert resolve(f"/bijeenkomsten/{planned.pk}/leiden/stil/").kwargs["step"] == "pause"
    with pytest.raises(NoReverseMatch):
        reverse("meetings:step", args=[planned.pk, "stil"])


def test_attendance_is_one_form_for_everyone(
    coach: Membership, participant: Membership, maatje: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    url = reverse("meetings:attendance", args=[planned.pk])
    statuses = {str(coach.pk): "present", str(participant.pk): "online", str(maatje.pk): "absent"}
    assert sign_in(coach).post(url, fields_on(sign_in(coach), url) | statuses).status_code == 302
    recorded = {str(pk): status for pk, status in planned.attendance.values_list("membership", "status")}
    assert recorded == statuses
    page = sign_in(coach).get(reverse("meetings:lead", args=[planned.pk])).content.decode()
    assert "Aanwezig: 2 van 3" in page
    wrong = sign_in(coach).post(url, fields_on(sign_in(coach), url) | {str(maatje.pk): "dood"})
    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == [str(maatje.pk)]


def test_nobody_of_another_group_is_recorded(coach: Membership, other_member: Membership, planned: Meeting) -> None:
    with pytest.raises(ValidationError):
        running.record_attendance(actor=coach.user, meeting=planned, statuses={other_member.pk: "present"})
    assert not planned.attendance.exists()


def test_a_meeting_begun_on_another_day_is_not_days_ahead(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2027, 1, 10, 9, 0, tzinfo=START.tzinfo))
    running.start_meeting(actor=coach.user, meeting=planned)
    assert _run(planned).behind_minutes == 0


def test_what_was_read_before_someone_else_led_on_takes_nothing_off_that_is_on_now(
    coach: Membership, planned: Meeting
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    stale = AgendaItem.objects.select_related("meeting").get(pk=_items(planned)[1].pk)
    running.go_to(actor=coach.user, meeting=planned, item=_items(planned)[1])
    with pytest.raises(ValidationError, match="nu bezig"):
        agenda_items.remove_item(actor=coach.user, item=stale)
    running.set_extra_minutes(actor=coach.user, meeting=planned, item=stale, minutes=5)
    agenda_items.change_item(actor=coach.user, item=stale, version=stale.version, title="Talentmomenten delen")
    run = _run(planned)
    assert (run.current.title, run.length) == ("Talentmomenten delen", 20)


def test_the_standard_of_a_page_read_before_the_start_replaces_nothing(coach: Membership, planned: Meeting) -> None:
    stale = Meeting.objects.get(pk=planned.pk)
    running.start_meeting(actor=coach.user, meeting=planned)
    with pytest.raises(ValidationError, match="al begonnen"):
        agenda_items.reset_agenda(actor=coach.user, meeting=stale)


def test_an_onderdeel_that_someone_took_off_is_said_to_be_gone(coach: Membership, planned: Meeting) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    gone = _items(planned)[3]
    agenda_items.remove_item(actor=coach.user, item=AgendaItem.objects.select_related("meeting").get(pk=gone.pk))
    for act in (
        lambda: running.go_to(actor=coach.user, meeting=planned, item=gone),
        lambda: running.put_off(actor=coach.user, meeting=planned, item=gone),
        lambda: running.set_extra_minutes(actor=coach.user, meeting=planned, item=gone, minutes=5),
        lambda: agenda_items.move_item(actor=coach.user, item=gone, position=1),
        lambda: agenda_items.change_item(actor=coach.user, item=gone, version=gone.version, title="Terug"),
        lambda: agenda_items.remove_item(actor=coach.user, item=gone),
    ):
        with pytest.raises(ValidationError, match="niet meer op de agenda"):
            act()
    assert list(planned.agenda.values_list("position", flat=True)) == list(range(1, 9))


def test_a_running_meeting_with_nothing_on_can_go_on(coach: Membership, planned: Meeting, sign_in: SignIn) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    Meeting.objects.filter(pk=planned.pk).update(current_item=None)
    page = sign_in(coach).get(reverse("meetings:lead", args=[planned.pk])).content.decode()
    assert "vervalt" not in page
    second = _items(planned)[1]
    way_on = reverse("meetings:item_step", args=[planned.pk, "go_to", second.pk])
    assert f'action="{way_on}"' in page
    sign_in(coach).post(way_on)
    assert _run(planned).current == second


@pytest.mark.parametrize(
    ("minutes", "says", "on_the_screen"),
    [(14, True, "15.45</b>"), (15, False, "De tijd is op</span>"), (20, False, "5 minuten over</span>")],
)
def test_no_page_names_an_end_that_is_past(
    coach: Membership,
    participant: Membership,
    planned: Meeting,
    clock: time_machine.Traveller,
    sign_in: SignIn,
    minutes: int,
    says: bool,
    on_the_screen: str,
) -> None:
    """The first onderdeel lasts 15 minutes, until 15.45."""
    running.start_meeting(actor=coach.user, meeting=planned)
    clock.shift(timedelta(minutes=minutes))

    for person, name in ((coach, "screen"), (participant, "now")):
        page = sign_in(person).get(reverse(f"meetings:{name}", args=[planned.pk])).content.decode()
        assert ('data-over="">15.45</b>' in page) == says, name
        words = on_the_screen if name == "screen" else "15.45</b>" if says else "De tijd is op</span>"
        assert words in page, name
    for person, name in ((participant, "now"), (coach, "lead")):
        page = sign_in(person).get(reverse(f"meetings:{name}", args=[planned.pk])).content.decode()
        scale = page.split('<div class="tape-scale">')[1].split("</div>")[0]
        assert scale.split(">")[-2].split("<")[0].strip() == ("15.45" if says else "nu")


def test_a_meeting_that_runs_over_names_no_end(
    coach: Membership, planned: Meeting, clock: time_machine.Traveller, sign_in: SignIn
) -> None:
    """It was to end at 17.50."""
    running.start_meeting(actor=coach.user, meeting=planned)
    pages = [reverse("meetings:overview"), *[reverse(f"meetings:{n}", args=[planned.pk]) for n in ("detail", "agenda")]]

    def named() -> list[bool]:
        return ["15.30 tot 17.50" in sign_in(coach).get(page).content.decode() for page in pages]

    assert named() == [True, True, True]
    clock.shift(timedelta(minutes=145))
    assert named() == [False, False, False]
    assert "17.50" not in sign_in(coach).get(pages[1]).content.decode()
    running.end_meeting(actor=coach.user, meeting=planned)
    assert named() == [True, True, True]
