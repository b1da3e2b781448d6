"""Leiden alone is enough: what is always at hand there, who did what, and what is said no to is said there."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup, WorkingAgreement
from meetings.cue_cards import cues_for
from meetings.models import AgendaItem, Agreement, LastAct, LeadingNote, Meeting
from meetings.services import agenda_items, leading_notes, running
from meetings.timeline import Run, run_of
from netwerkleren.base import live
from tests.factories import local, make_agenda_item, make_meeting, make_member
from tests.shown import fields_on
from tests.types import CountQueries, SignIn

START = local(2027, 1, 20, 15, 30)


@pytest.fixture
def running_meeting(coach: Membership, meeting: Meeting) -> Meeting:
    agenda_items.reset_agenda(actor=coach.user, meeting=meeting)
    return running.start_meeting(actor=coach.user, meeting=meeting)


def lead_url(meeting: Meeting) -> str:
    return reverse("meetings:lead", args=[meeting.pk])


def page_of(browser: Client, meeting: Meeting) -> str:
    return browser.get(lead_url(meeting)).content.decode()


def on_leiden(meeting: Meeting) -> dict[str, str]:
    """What a browser says by itself of where something was pressed."""
    return {"Referer": f"http://testserver{lead_url(meeting)}"}


def _run(meeting: Meeting) -> Run:
    run = run_of(Meeting.objects.get(pk=meeting.pk), list(meeting.agenda.all()))
    assert run is not None
    return run


def step(browser: Client, meeting: Meeting, item: AgendaItem, word: str = "go_to", **data: str) -> None:
    assert browser.post(reverse("meetings:item_step", args=[meeting.pk, word, item.pk]), data).status_code == 302


def _with_two(meeting: Meeting) -> Meeting:
    for kind in (AgendaItem.Kind.START, AgendaItem.Kind.CLOSING):
        make_agenda_item(meeting, kind)
    return meeting


# --- two who lead at once ---


def test_a_press_on_a_page_that_is_no_longer_true_skips_nothing_and_is_told(
    coach: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    first, second, third, fourth = list(running_meeting.agenda.all())[:4]
    browser = sign_in(coach)
    step(browser, running_meeting, second, seen=str(first.pk))
    step(browser, running_meeting, third, seen=str(second.pk))

    # The other coach still looks at the second, which is where "verder" leads to the third, and "terug" to the first.
    step(browser, running_meeting, fourth, seen=str(second.pk))
    assert _run(running_meeting).current == third
    assert "Iemand anders ging al verder: jullie zijn nu bij “Pitch van de expert”." in page_of(
        browser, running_meeting
    )
    step(browser, running_meeting, third, seen=str(second.pk))
    assert _run(running_meeting).current == third


def test_the_other_reads_who_did_what_and_who_did_it_is_not_told(
    coach: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    other = make_member(coach.group, "Bram de Boer", coach=True)
    second = list(running_meeting.agenda.all())[1]
    running.go_to(actor=coach.user, meeting=running_meeting, item=second)

    said = f"{coach.user.first_name} ging verder naar “Talentmomenten”."
    assert said in page_of(sign_in(other), running_meeting)
    assert said not in page_of(sign_in(coach), running_meeting)

    running.stop_time(actor=other.user, meeting=running_meeting)
    assert "Bram zette de tijd stil." in page_of(sign_in(coach), running_meeting)
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        assert "Bram zette de tijd stil." not in page_of(sign_in(coach), running_meeting)


def test_who_did_what_ends_with_the_meeting(coach: Membership, running_meeting: Meeting) -> None:
    assert LastAct.objects.filter(pk=running_meeting.pk).exists()
    running.end_meeting(actor=coach.user, meeting=running_meeting)
    assert not LastAct.objects.filter(pk=running_meeting.pk).exists()


def test_who_is_coach_elsewhere_leads_nothing_where_they_are_deelnemer(
    participant: Membership, other_group: NetworkGroup, running_meeting: Meeting, sign_in: SignIn
) -> None:
    make_member(other_group, user=participant.user, coach=True)
    theirs = running.start_meeting(actor=participant.user, meeting=_with_two(make_meeting(other_group)))
    browser, now = sign_in(participant), running_meeting.current_item
    assert browser.get(lead_url(theirs)).status_code == 200
    assert browser.get(lead_url(running_meeting)).status_code == 403
    second = list(running_meeting.agenda.all())[1]
    posts = [
        reverse("meetings:item_step", args=[running_meeting.pk, "go_to", second.pk]),
        reverse("meetings:item_step", args=[running_meeting.pk, "extend", second.pk]),
        *(reverse("meetings:step", args=[running_meeting.pk, word]) for word in ("pause", "not_begun", "end")),
        reverse("meetings:couple_display", args=[running_meeting.pk]),
        reverse("meetings:tap", args=[running_meeting.pk]),
    ]
    assert [browser.post(url, headers=on_leiden(theirs)).status_code for url in posts] == [403] * len(posts)
    # Nor by the address of the meeting that they do lead.
    wrong = reverse("meetings:item_step", args=[theirs.pk, "go_to", second.pk])
    assert browser.post(wrong).status_code == 404
    running_meeting.refresh_from_db()
    assert (running_meeting.current_item, running_meeting.paused_at, running_meeting.is_running) == (now, None, True)


# --- always at hand ---


def test_going_back_lets_the_time_of_the_previous_go_on(coach: Membership, running_meeting: Meeting) -> None:
    began = timezone.now()
    first, second = list(running_meeting.agenda.all())[:2]
    with time_machine.travel(began + timedelta(minutes=10), tick=False):
        running.go_to(actor=coach.user, meeting=running_meeting, item=second)
        previous = _run(running_meeting).previous
    assert previous is not None and previous.item == first
    with time_machine.travel(began + timedelta(minutes=14), tick=False):
        running.go_to(actor=coach.user, meeting=running_meeting, item=first, seen=str(second.pk))
        assert _run(running_meeting).minutes_left == 5


def test_what_was_opened_by_mistake_is_not_what_one_goes_back_to_next(
    coach: Membership, running_meeting: Meeting
) -> None:
    first, second, third = running_meeting.agenda.all()[:3]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for item in (second, third, second):
            clock.shift(timedelta(minutes=2))
            running.go_to(actor=coach.user, meeting=running_meeting, item=item)
        previous = _run(running_meeting).previous
        assert previous is not None and previous.item == first
        running.go_to(actor=coach.user, meeting=running_meeting, item=first)
        assert _run(running_meeting).previous is None


@pytest.mark.parametrize(("minutes", "next_is_it"), [(1, True), (3, False)])
def test_what_was_opened_by_mistake_is_still_to_come(
    coach: Membership, running_meeting: Meeting, minutes: int, next_is_it: bool
) -> None:
    first, _second, third = running_meeting.agenda.all()[:3]
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False) as clock:
        running.go_to(actor=coach.user, meeting=running_meeting, item=third)
        clock.shift(timedelta(minutes=minutes))
        running.go_to(actor=coach.user, meeting=running_meeting, item=first)
        upcoming = [block.item for block in _run(running_meeting).upcoming]
    assert (third in upcoming) == next_is_it


def test_what_was_done_before_stays_done_however_short_one_looks_at_it_again(
    coach: Membership, running_meeting: Meeting
) -> None:
    first, second, third = running_meeting.agenda.all()[:3]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for item in (second, third, second):
            clock.shift(timedelta(minutes=5))
            running.go_to(actor=coach.user, meeting=running_meeting, item=item)
        running.go_to(actor=coach.user, meeting=running_meeting, item=first)
        assert next(block.item for block in _run(running_meeting).upcoming) == list(running_meeting.agenda.all())[3]


def test_five_minutes_go_off_once_and_a_minute_is_left(
    coach: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    first = running_meeting.agenda.all()[0]
    browser = sign_in(coach)
    for _press in range(2):
        step(browser, running_meeting, first, "extend", minutes="-5")
    assert _run(running_meeting).length == 10
    with pytest.raises(ValidationError, match="minstens één minuut"):
        running.set_extra_minutes(actor=coach.user, meeting=running_meeting, item=first, minutes=-15)


def test_ending_hides_in_more_until_the_last_onderdeel(
    coach: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    page = page_of(browser, running_meeting)
    assert (
        page.index('id="more"')
        < page.index("Rond de bijeenkomst af")
        < page.index("</details>", page.index('id="more"'))
    )

    for item in list(running_meeting.agenda.all())[1:]:
        running.go_to(actor=coach.user, meeting=running_meeting, item=item)
    page = page_of(browser, running_meeting)
    assert 'id="more"' not in page
    ending = page[: page.index("Rond de bijeenkomst af")]
    assert ending[ending.rindex("<button") :].startswith('<button class="btn primary"')


@pytest.mark.parametrize(
    ("kind", "words"), [("break", "Naar de pauze"), ("closing", "Naar de afsluiting"), ("other", "Naar “Dansen”")]
)
def test_the_way_on_is_a_sentence(
    coach: Membership, meeting: Meeting, sign_in: SignIn, kind: AgendaItem.Kind, words: str
) -> None:
    make_agenda_item(meeting)
    item = make_agenda_item(meeting, kind)
    AgendaItem.objects.filter(pk=item.pk).update(title="Dansen" if kind == "other" else AgendaItem.Kind(kind).label)
    running.start_meeting(actor=coach.user, meeting=meeting)
    assert words in page_of(sign_in(coach), meeting)


def test_a_deelnemer_who_leads_the_day_is_asked_first_for_everybody_moves_along(
    coach: Membership, day_leader: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    asks = 'data-confirm="Neem je de hele groep mee?"'
    assert asks in page_of(sign_in(day_leader), running_meeting)
    assert asks not in page_of(sign_in(coach), running_meeting)


# --- who is there ---


def test_a_tap_says_that_someone_is_there_and_a_second_that_nobody_says_so(
    coach: Membership, participant: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    browser, url = sign_in(coach), reverse("meetings:tap", args=[running_meeting.pk])
    assert "Aanwezig: 0 van 2" in page_of(browser, running_meeting)
    assert not running_meeting.attendance.exists()
    seen = live.version_of(live.topic_of("meeting", running_meeting))

    for _tap in range(2):
        browser.post(url, {"face": f"{participant.pk}:present"})
    assert list(running_meeting.attendance.values_list("membership", "status")) == [(participant.pk, "present")]
    assert "Aanwezig: 1 van 2" in page_of(browser, running_meeting)
    assert live.version_of(live.topic_of("meeting", running_meeting)) == seen + 1

    browser.post(url, {"face": f"{participant.pk}:"})
    assert not running_meeting.attendance.exists()


@pytest.mark.parametrize("face", ["", "nobody:present", "{other}:present", "{own}:dood"])
def test_a_tap_on_who_is_not_there_records_nothing(
    coach: Membership, other_member: Membership, running_meeting: Meeting, sign_in: SignIn, face: str
) -> None:
    face = face.format(other=other_member.pk, own=coach.pk)
    sign_in(coach).post(reverse("meetings:tap", args=[running_meeting.pk]), {"face": face})
    assert not running_meeting.attendance.exists()


def test_the_page_of_who_is_there_says_of_nobody_that_they_are(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    page = sign_in(coach).get(reverse("meetings:attendance", args=[meeting.pk])).content.decode()
    assert 'value="present"' in page
    assert 'value="present" checked' not in page and 'checked value="present"' not in page


# --- a note, an afspraak: typed on Leiden, back on Leiden, refused on Leiden ---


def test_a_note_is_kept_with_its_onderdeel_for_the_coach_alone(
    coach: Membership, participant: Membership, day_leader: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    data = {"note-key": str(uuid4()), "note-text": "Fatima wil straks iets vragen"}
    url = reverse("meetings:jot_down", args=[running_meeting.pk])
    for _press in range(2):
        answer = sign_in(day_leader).post(url, data, headers=on_leiden(running_meeting))
        assert answer.headers["Location"] == lead_url(running_meeting)
    note = LeadingNote.objects.get()
    assert (note.text, note.title, note.writer) == ("Fatima wil straks iets vragen", "Start", day_leader)

    assert note.text in sign_in(coach).get(url).content.decode()
    assert sign_in(participant).get(url).status_code == 403
    assert not LeadingNote.objects.visible_to(participant.user).exists()
    # The coach's own is not for who leads the day.
    own = leading_notes.jot_down(
        actor=coach.user, key=uuid4(), meeting=running_meeting, writer=coach, text="Rustiger beginnen"
    )
    assert own.text not in sign_in(day_leader).get(url).content.decode()
    assert sign_in(day_leader).post(reverse("meetings:remove_note", args=[own.pk])).status_code == 404


def test_the_notes_stand_with_the_meeting_that_was_held_for_the_coach_alone(
    coach: Membership, participant: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    url = reverse("meetings:detail", args=[running_meeting.pk])
    leading_notes.jot_down(actor=coach.user, key=uuid4(), meeting=running_meeting, writer=coach, text="Rustiger")
    assert "Rustiger" not in sign_in(coach).get(url).content.decode()
    running.end_meeting(actor=coach.user, meeting=running_meeting)
    assert "Rustiger" in sign_in(coach).get(url).content.decode()
    assert "Rustiger" not in sign_in(participant).get(url).content.decode()


def test_what_is_refused_on_leiden_is_shown_there_beside_its_field(
    coach: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    url = reverse("meetings:add_agreement", args=[running_meeting.pk])
    answer = sign_in(coach).post(url, {"agreement-text": "x" * 501}, headers=on_leiden(running_meeting))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="now-title"' in page and "x" * 501 in page
    assert '<div class="field bad' in page[page.index('id="agreement-form"') :]


def test_an_afspraak_made_on_leiden_leads_back_there_and_elsewhere_does_not(
    coach: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    url = reverse("meetings:add_agreement", args=[running_meeting.pk])
    browser, data = sign_in(coach), {"agreement-text": "Koffie regelen"}
    talk = reverse("meetings:evaluation", args=[running_meeting.pk])
    for referer, leads_to in [
        (f"http://testserver{lead_url(running_meeting)}", lead_url(running_meeting)),
        (f"http://elders.example{lead_url(running_meeting)}", talk),
        ("http://testserver/vandaag/", talk),
        ("http://testserver/er-is-hier-niets/", talk),
        ("niets", talk),
    ]:
        assert browser.post(url, data, headers={"Referer": referer}).headers["Location"] == leads_to
    assert Agreement.objects.count() == 1


def test_who_may_not_lead_gets_no_leiden_by_saying_that_it_was_pressed_there(
    participant: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    url = reverse("meetings:add_agreement", args=[running_meeting.pk])
    answer = sign_in(participant).post(url, {"agreement-text": ""}, headers=on_leiden(running_meeting))
    assert answer.status_code == 403


# --- the tools ---


def test_the_group_writes_down_how_it_works_on_leiden(coach: Membership, sign_in: SignIn) -> None:
    introduction = make_meeting(coach.group, position=1, kind=Meeting.Kind.INTRODUCTION)
    make_agenda_item(introduction, AgendaItem.Kind.LEARNING)
    running.start_meeting(actor=coach.user, meeting=introduction)
    url = reverse("groups:agreements", args=[coach.group_id])
    browser = sign_in(coach)
    assert f'action="{url}"' in page_of(browser, introduction)

    empty = browser.post(url, {"text": ""}, headers=on_leiden(introduction))
    assert (empty.status_code, 'id="now-title"' in empty.content.decode()) == (422, True)
    taken = browser.post(url, {"text": "Wij laten elkaar uitpraten"}, headers=on_leiden(introduction))
    assert taken.headers["Location"] == lead_url(introduction)
    assert "Wij laten elkaar uitpraten" in page_of(browser, introduction)
    gone = reverse("groups:remove_agreement", args=[WorkingAgreement.objects.get().pk])
    assert browser.post(gone, headers=on_leiden(introduction)).headers["Location"] == lead_url(introduction)


@pytest.mark.parametrize("kind", AgendaItem.Kind.values)
@pytest.mark.parametrize("of", Meeting.Kind.values)
def test_each_onderdeel_of_each_meeting_has_its_cues(kind: str, of: str) -> None:
    cues = cues_for(AgendaItem(kind=kind), of)
    assert 1 <= len(cues) <= 4 and all(len(cue) < 90 for cue in cues)


def test_the_cues_stand_folded_at_the_tool(coach: Membership, running_meeting: Meeting, sign_in: SignIn) -> None:
    assert "Spiekbriefje" in page_of(sign_in(coach), running_meeting)
    assert "Laat iedereen één keer iets zeggen voor je verdergaat." in page_of(sign_in(coach), running_meeting)


QUERIES = {
    ("introduction", "learning"): 9,
    ("introduction", "video"): 9,
    ("introduction", "closing"): 13,
    ("network", "talent"): 11,
    ("network", "pitch"): 11,
    ("network", "meetlat"): 9,
    ("network", "evaluation"): 13,
    ("network", "closing"): 14,
    ("closing", "stories"): 9,
    ("closing", "graph"): 9,
    ("closing", "closing"): 11,
}


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("of", "kind"), QUERIES)
def test_leiden_asks_as_much_for_thirty_as_for_one(
    coach: Membership,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
    of: Meeting.Kind,
    kind: AgendaItem.Kind,
    number: int,
) -> None:
    meeting = make_meeting(coach.group, position=1, kind=of)
    make_agenda_item(meeting, kind)
    for count in range(number):
        member = make_member(coach.group)
        Agreement.objects.create(meeting=meeting, text=f"Afspraak {count}", owner=member)
        LeadingNote.objects.create(meeting=meeting, writer=coach, text=f"Notitie {count}")
        WorkingAgreement.objects.create(group=coach.group, text=f"Regel {count}")
        make_meeting(coach.group, position=2 + count)
    running.start_meeting(actor=coach.user, meeting=meeting)
    browser = sign_in(coach)
    with django_assert_num_queries(QUERIES[of, kind]):
        assert browser.get(lead_url(meeting)).status_code == 200


# --- phones follow ---


def test_the_part_of_now_by_its_address_is_a_page(
    participant: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    url, browser = reverse("meetings:now", args=[running_meeting.pk]), sign_in(participant)
    page, part = browser.get(url).content.decode(), browser.get(url, headers={"HX-Request": "true"}).content.decode()
    assert page.startswith("<!doctype html>") and "Nu bezig" in page
    assert "<!doctype html>" not in part and "Nu bezig" in part


def test_the_agenda_of_a_meeting_that_runs_has_its_real_hours(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=START)
    meeting.refresh_from_db()
    agenda_items.reset_agenda(actor=coach.user, meeting=meeting)
    with time_machine.travel(START + timedelta(minutes=7), tick=False):
        running.start_meeting(actor=coach.user, meeting=meeting)
        browser = sign_in(participant)
        page = browser.get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
        part = browser.get(reverse("meetings:now", args=[meeting.pk]), headers={"HX-Request": "true"}).content.decode()
    for shown in (page, part):
        assert "<time>15.37</time>" in shown and "<time>15.52</time>" in shown
        assert "<time>15.30</time>" not in shown


def test_who_looks_elsewhere_hears_where_the_group_is(
    coach: Membership, participant: Membership, running_meeting: Meeting, sign_in: SignIn
) -> None:
    url, browser = reverse("meetings:where", args=[running_meeting.pk]), sign_in(participant)
    answer = browser.get(url).json()
    assert (answer["words"], answer["url"]) == (
        "De groep is bij de start",
        reverse("meetings:detail", args=[running_meeting.pk]),
    )
    running.end_meeting(actor=coach.user, meeting=running_meeting)
    assert browser.get(url).json() == {}


def test_dates_are_fixed_on_leiden_while_the_meeting_itself_is_on(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    later = make_meeting(meeting.group, position=7, starts_at=None)
    make_agenda_item(meeting, AgendaItem.Kind.CLOSING)
    running.start_meeting(actor=coach.user, meeting=meeting)
    browser, agreed = sign_in(coach), timezone.localtime() + timedelta(days=30)
    # The meeting that is on has no line there.
    typed = fields_on(browser, lead_url(meeting), f"{later.pk}-version")
    typed[f"{later.pk}-starts_at"] = agreed.strftime("%Y-%m-%dT%H:%M")
    answer = browser.post(reverse("meetings:dates", args=[meeting.group_id]), typed, headers=on_leiden(meeting))
    assert (answer.status_code, answer.headers["Location"]) == (302, lead_url(meeting))
    assert Meeting.objects.get(pk=later.pk).starts_at == agreed.replace(second=0, microsecond=0)
