"""What the Scherm shows of meetings itself: the start, the expert, the pause, the talk, and what was agreed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from meetings.icebreakers import ICEBREAKERS, another_icebreaker, icebreaker_of
from meetings.models import AgendaItem, Agreement, Meeting
from meetings.points import screen_panels
from meetings.screens import row_of
from meetings.services import running
from meetings.timeline import run_of
from netwerkleren.base.access import NOBODY
from tests.factories import local, make_agenda_item, make_expert_invitation, make_meeting, make_topic
from tests.screens import be_at, drawn, words_on
from tests.types import CountQueries, SignIn

Kind = AgendaItem.Kind
AT = local(2027, 1, 20, 15, 30)


@pytest.fixture
def planned(meeting: Meeting) -> Meeting:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=AT, icebreaker="Wat zag je onderweg?")
    meeting.refresh_from_db()
    make_agenda_item(meeting, Kind.START, 15)
    make_agenda_item(meeting, Kind.PITCH, 20)
    return meeting


def test_before_the_start_the_room_reads_the_hours_the_goal_and_the_ijsbreker(
    coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    with time_machine.travel(AT - timedelta(minutes=20), tick=False):
        words = words_on(sign_in(coach), planned)
    assert "We beginnen om 15.30" in words
    assert "15.30 Start 15.45 Pitch van de expert" in words
    assert "Daar gaat het om Contact met klasgenoten" in words
    assert "Om mee te beginnen Wat zag je onderweg?" in words


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (AT - timedelta(days=2), "Woensdag 20 januari, 15.30"),
        (AT - timedelta(minutes=1), "We beginnen om 15.30"),
        (AT + timedelta(minutes=1), "We beginnen zo."),
    ],
)
def test_the_room_reads_no_hour_that_has_gone_by_nor_that_of_another_day(
    now: datetime, said: str, coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    with time_machine.travel(now, tick=False):
        words = words_on(sign_in(coach), planned)
    assert said in words
    assert ("We beginnen om" in words) == said.startswith("We beginnen om")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"state": "ended"}, "Dank je wel, en tot de volgende keer."),
        ({"state": "ended", "kind": "closing"}, "Dank je wel."),
        ({"state": "cancelled"}, "Deze bijeenkomst gaat niet door."),
    ],
)
def test_a_next_time_is_promised_only_where_one_comes(
    facts: dict[str, str], said: str, coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=planned.pk).update(**facts)
    words = words_on(sign_in(coach), planned)
    assert said in words
    assert ("tot de volgende keer" in words) == ("tot de volgende keer" in said)


def test_at_the_start_the_hours_are_those_of_the_meeting_as_it_runs(
    coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    with time_machine.travel(AT + timedelta(minutes=10), tick=False):
        running.start_meeting(actor=coach.user, meeting=planned)
        words = words_on(sign_in(coach), planned)
    assert "15.40 Start 15.55 Pitch van de expert" in words
    assert "Wat zag je onderweg?" in words


def test_the_afsluiting_starts_with_the_traject_in_one_picture(
    coach: Membership, planned: Meeting, group: NetworkGroup, sign_in: SignIn
) -> None:
    gone = make_meeting(group, position=2, topic=make_topic(group, "Ging niet door"), state="cancelled")
    closing = make_meeting(group, position=3, kind="closing", starts_at=AT + timedelta(days=70))
    be_at(coach, closing, Kind.START)
    words = words_on(sign_in(coach), closing)
    assert "wo 20 jan Contact met klasgenoten wo 31 mrt Afsluiting" in words
    assert gone.topic is not None and gone.topic.title not in words


def test_an_ijsbreker_of_ours_is_the_same_each_time_and_ten_are_there(meeting: Meeting) -> None:
    first = icebreaker_of(meeting)
    assert first in [str(words) for words in ICEBREAKERS]
    assert icebreaker_of(Meeting.objects.get(pk=meeting.pk)) == first
    seen = set()
    for _press in range(10):
        meeting.icebreaker = another_icebreaker(meeting)
        seen.add(meeting.icebreaker)
    assert len(seen) == 10
    assert meeting.icebreaker == first


def test_the_coach_writes_an_own_ijsbreker_or_takes_another_of_ours(
    coach: Membership, participant: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    browser, url = sign_in(coach), reverse("meetings:icebreaker", args=[planned.pk])
    own = {"icebreaker": "Wat hoorde je?", "version": planned.version_of_icebreaker}
    assert browser.post(url, own).status_code == 302
    planned.refresh_from_db()
    assert icebreaker_of(planned) == "Wat hoorde je?"
    another = another_icebreaker(planned)
    # Of the field and the button with one name, the button counts: it stands behind the field.
    pressed = {"icebreaker": ["Wat hoorde je?", another], "version": planned.version_of_icebreaker}
    for _twice in range(2):
        assert browser.post(url, pressed).status_code == 302
    planned.refresh_from_db()
    assert planned.icebreaker == another
    assert f'value="{another}"' not in browser.get(url).content.decode()
    assert sign_in(participant).post(url, own).status_code == 403


def test_on_leiden_the_start_shows_the_ijsbreker_and_the_way_to_another(
    coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    page = sign_in(coach).get(reverse("meetings:lead", args=[planned.pk])).content.decode()
    assert "Wat zag je onderweg?" in page
    assert reverse("meetings:icebreaker", args=[planned.pk]) in page


def test_the_way_to_the_ijsbreker_stands_with_the_start_on_the_agenda(
    coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    browser, way = sign_in(coach), reverse("meetings:icebreaker", args=[planned.pk])
    pages = [
        browser.get(reverse("meetings:edit_item", args=[planned.pk, item.pk])).content.decode()
        for item in planned.agenda.all()
    ]
    assert [way in page for page in pages] == [True, False]


def test_at_the_pitch_stand_the_name_and_face_of_the_expert(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    make_expert_invitation(meeting, "Lotte Meijerink", answer="yes")
    be_at(coach, meeting, Kind.PITCH)
    words = words_on(sign_in(coach), meeting)
    assert "LM Lotte Meijerink orthopedagoog Contact met klasgenoten" in words
    assert "praktijk.example" not in words


def test_a_pause_says_when_the_group_goes_on_and_no_seconds(
    coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        be_at(coach, planned, Kind.BREAK, 10)
        words = words_on(sign_in(coach), planned)
        assert "We gaan verder om 15.40" in words
        assert "15.40" not in words.replace("We gaan verder om 15.40", "").split("Straks:")[0]
        clock.shift(timedelta(minutes=12))
        assert "We gaan zo verder" in words_on(sign_in(coach), planned)


def test_over_time_it_says_so_in_minutes_and_the_bar_runs_on(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        be_at(coach, meeting, Kind.LEARNING, 15)
        browser, url = sign_in(coach), reverse("meetings:screen", args=[meeting.pk])
        assert "tot 15.45" in words_on(browser, meeting)
        assert 'class="past"' not in browser.get(url).content.decode()
        clock.shift(timedelta(minutes=15, seconds=10))
        assert "De tijd is op" in words_on(browser, meeting)
        clock.shift(timedelta(minutes=4))
        page, words = browser.get(url).content.decode(), words_on(browser, meeting)
    assert "4 minuten over" in words
    assert "tot 15.45" not in words
    assert '<li class="past" data-minutes="4"' in page
    # Nothing comes after it, so there is no end to expect that would move along with the clock.
    assert "We zijn om" not in words


def test_a_title_stands_there_once(coach: Membership, group: NetworkGroup, sign_in: SignIn) -> None:
    closing = make_meeting(group, Meeting.Kind.CLOSING)
    be_at(coach, closing, Kind.CLOSING)
    assert words_on(sign_in(coach), closing).startswith("Afsluiting De Hondsrug ")


def test_the_talk_has_three_questions(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    be_at(coach, meeting, Kind.EVALUATION)
    words = words_on(sign_in(coach), meeting)
    for question in (
        "Wat ging goed, en wat houden we zo?",
        "Wat zat tegen, en wat doen we anders?",
        "Met welke vragen zitten we nog?",
    ):
        assert question in words


def test_at_the_end_stand_the_afspraken_of_today_and_the_next_date(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    earlier = make_meeting(meeting.group, position=0, state=Meeting.State.ENDED)
    Agreement.objects.create(meeting=earlier, text="Dit liet iemand liggen", owner=participant)
    Agreement.objects.create(meeting=meeting, text="Filmpje delen", owner=participant, due=AT.date())
    Agreement.objects.create(meeting=meeting, text="Koffie")
    following = timezone.now() + timedelta(days=40)
    make_meeting(meeting.group, position=2, starts_at=following, topic=make_topic(meeting.group, "Prikkels"))
    make_meeting(meeting.group, position=3, starts_at=following + timedelta(days=30))
    be_at(coach, meeting, Kind.CLOSING)
    words = words_on(sign_in(coach), meeting)
    assert f"Filmpje delen {participant.user.first_name}, wo 20 jan" in words
    assert "Koffie Iedereen" in words
    assert "Prikkels" in words and words.count(" uur") == 2  # the next date, and what time it is
    assert "liggen" not in words
    running.end_meeting(actor=coach.user, meeting=meeting)
    after = words_on(sign_in(coach), meeting)
    assert "Dank je wel, en tot de volgende keer." in after
    assert "Filmpje delen" in after and "Prikkels" in after


def test_the_introductie_ends_with_all_dates(coach: Membership, group: NetworkGroup, sign_in: SignIn) -> None:
    introduction = make_meeting(group, Meeting.Kind.INTRODUCTION)
    for number in (1, 2):
        make_meeting(group, position=number, starts_at=timezone.now() + timedelta(days=30 * number))
    make_meeting(group, position=3, starts_at=None)
    be_at(coach, introduction, Kind.CLOSING)
    words = words_on(sign_in(coach), introduction)
    assert "Dan zien we elkaar" in words
    assert "Bijeenkomst 1" in words and "Bijeenkomst 2" in words and "Bijeenkomst 3" not in words


def test_a_name_that_would_be_too_small_to_read_becomes_an_icon(coach: Membership, meeting: Meeting) -> None:
    make_agenda_item(meeting, Kind.START, 60)
    make_agenda_item(meeting, Kind.BREAK, 60)
    make_agenda_item(meeting, Kind.OTHER, 5, title="Kennismakingsspel")
    make_agenda_item(meeting, Kind.OTHER, 60, title="Kennismakingsspel")
    running.start_meeting(actor=coach.user, meeting=meeting)
    run = run_of(Meeting.objects.get(pk=meeting.pk), list(meeting.agenda.all()))
    assert run is not None
    assert [(item.has_name, item.icon) for item in row_of(run)] == [
        (True, "users-round"),
        (False, "coffee"),
        (False, "users"),
        (True, "users"),
    ]


def test_it_is_light_whatever_the_reader_chose_for_other_pages(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    browser.cookies["theme"] = "dark"
    page = browser.get(reverse("meetings:screen", args=[meeting.pk])).content.decode()
    assert 'data-theme="light"' in page
    assert page.count("dark.css") == 1 and 'media="not all" data-dark' in page
    assert 'data-theme="dark"' in browser.get(reverse("meetings:lead", args=[meeting.pk])).content.decode()


@pytest.mark.parametrize("kind", Kind.values)
def test_each_panel_is_the_same_to_who_has_no_account(coach: Membership, meeting: Meeting, kind: str) -> None:
    item = be_at(coach, meeting, kind)
    item.meeting = Meeting.objects.with_facts().get(pk=meeting.pk)

    def shown(actor: Any) -> Any:
        return screen_panels.collect(item, actor)

    assert shown(NOBODY) == shown(coach.user)
    assert len(shown(NOBODY)) <= 1


@pytest.mark.parametrize("number", [1, 30])
def test_what_was_agreed_asks_as_much_for_thirty_as_for_one(
    coach: Membership,
    participant: Membership,
    meeting: Meeting,
    django_assert_num_queries: CountQueries,
    number: int,
) -> None:
    for count in range(number):
        Agreement.objects.create(meeting=meeting, text=f"Afspraak {count}", owner=participant)
        make_meeting(meeting.group, position=count + 2, starts_at=timezone.now() + timedelta(days=count + 20))
    item = be_at(coach, meeting, Kind.CLOSING)
    with django_assert_num_queries(3):
        assert drawn(item)
