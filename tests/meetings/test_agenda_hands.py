"""The agenda in the hand: each change is small, can be put back, and is told to who came too late."""

import re
from datetime import time
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from meetings.models import AgendaChange, AgendaItem, Meeting
from meetings.services import agenda_items, agenda_undo, changing, running
from meetings.timeline import plan_of, run_of
from netwerkleren.base.conflicts import WrittenMeanwhile
from tests.factories import local, make_agenda_item, make_meeting, make_member
from tests.shown import fields_of, fields_on
from tests.types import SignIn

HTMX = {"HX-Request": "true", "HX-Target": "x"}


@pytest.fixture
def planned(coach: Membership) -> Meeting:
    starts_at = local(2027, 1, 20, 15, 30)
    meeting = make_meeting(coach.group, position=1, starts_at=starts_at, minutes_available=140)
    agenda_items.reset_agenda(actor=coach.user, meeting=meeting)
    AgendaChange.objects.all().delete()
    return meeting


@pytest.fixture
def karim(coach: Membership) -> Membership:
    return make_member(coach.group, "Karim Bos", coach=True)


def _item(meeting: Meeting, kind: str) -> AgendaItem:
    return meeting.agenda.get(kind=kind)


def _shape(meeting: Meeting) -> list[tuple[str, int]]:
    return list(meeting.agenda.values_list("title", "minutes"))


def _retime(browser: Client, item: AgendaItem, minutes: str, *, version: str | None = None) -> str:
    """What the fragment says of it."""
    data = {f"{item.pk}-minutes": minutes, f"{item.pk}-version": version or item.version}
    url = reverse("meetings:retime_items", args=[item.meeting_id])
    return browser.post(url, data, headers=HTMX).content.decode()


def _all_minutes(meeting: Meeting) -> dict[str, str]:
    """What the page sends without a module: the minutes of every onderdeel, and their versions."""
    items = list(meeting.agenda.all())
    return {f"{one.pk}-minutes": str(one.minutes) for one in items} | {
        f"{one.pk}-version": one.version for one in items
    }


def _undo_last(of: Membership, meeting: Meeting) -> None:
    change = AgendaChange.objects.of(meeting).filter(by=of.user).first()
    assert change is not None
    agenda_undo.undo_change(actor=of.user, meeting=meeting, change=change.pk)


def test_typed_minutes_come_back_as_the_agenda_with_its_times_and_are_said_once(
    coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    page = _retime(sign_in(coach), _item(planned, "talent"), "25")

    assert "<html" not in page
    assert page.count("“Talentmomenten” duurt nu 25 min.") == 1
    assert "<time>16.10</time>" in page
    assert "10 minuten langer dan de tijd die er is" in page
    assert _item(planned, "talent").minutes == 25


@pytest.mark.parametrize("minutes", ["0", "-5", "10000", "", "vijf", "1.5"])
def test_minutes_that_cannot_be_change_nothing_and_say_of_which_onderdeel(
    coach: Membership, planned: Meeting, sign_in: SignIn, minutes: str
) -> None:
    before = _shape(planned)
    page = _retime(sign_in(coach), _item(planned, "pitch"), minutes)
    assert "“Pitch van de expert”: " in page
    assert _shape(planned) == before
    assert not planned.agenda_changes.exists()


@pytest.mark.parametrize("minutes", ["0", "-5", "10000"])
def test_minutes_that_cannot_be_are_refused_beside_the_field_wherever_they_are_typed(
    coach: Membership, planned: Meeting, sign_in: SignIn, minutes: str
) -> None:
    browser, before = sign_in(coach), _shape(planned)
    pitch = _item(planned, "pitch")
    pages = {
        reverse("meetings:agenda", args=[planned.pk]): "minutes",
        reverse("meetings:edit_item", args=[planned.pk, pitch.pk]): "minutes",
        reverse("meetings:edit", args=[planned.pk]): "minutes_available",
    }
    for url, field in pages.items():
        form = fields_on(browser, url) if url in list(pages)[1:] else {"key": str(uuid4()), "kind": "break"}
        answer = browser.post(url, form | {field: minutes})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field]), url
        assert f'value="{minutes}"' in answer.content.decode(), url
    assert _shape(planned) == before
    with pytest.raises(ValidationError) as refused:
        agenda_items.change_item(actor=coach.user, item=pitch, version=pitch.version, minutes=int(minutes))
    assert "minutes" in refused.value.message_dict


@pytest.mark.parametrize("minutes", ["0", "-5", "10000", "vijf"])
def test_without_javascript_refused_minutes_stay_in_their_field_with_what_is_wrong_beside_it(
    coach: Membership, planned: Meeting, sign_in: SignIn, minutes: str
) -> None:
    data = _all_minutes(planned) | {f"{_item(planned, 'pitch').pk}-minutes": minutes}
    data[f"{_item(planned, 'talent').pk}-minutes"] = "25"
    before = _shape(planned)

    answer = sign_in(coach).post(reverse("meetings:retime_items", args=[planned.pk]), data)

    page = answer.content.decode()
    assert (answer.status_code, _shape(planned)) == (422, before)
    assert {name: value for name, value in fields_of(page, min(data)).items() if name in data} == data
    assert page.count('aria-invalid="true"') == 1
    assert f'formaction="{reverse("meetings:agenda", args=[planned.pk])}{_item(planned, "pitch").pk}/weg/' in page
    error = page.split(f'id="min-{_item(planned, "pitch").pk}_error"')[1].split("</p>")[0]
    assert ("240" in error) or ("1" in error) or ("getal" in error)


def test_without_javascript_minutes_on_top_of_anothers_stay_in_their_field(
    coach: Membership, karim: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    pitch = _item(planned, "pitch")
    data = _all_minutes(planned) | {f"{pitch.pk}-minutes": "30"}
    _retime(sign_in(karim), pitch, "20")
    browser, url = sign_in(coach), reverse("meetings:retime_items", args=[planned.pk])

    answer = browser.post(url, data)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Karim Bos veranderde “Pitch van de expert” intussen: nu plaats 3, 20 minuten." in page
    shown = fields_of(page, f"{pitch.pk}-minutes")
    assert shown[f"{pitch.pk}-minutes"] == "30"
    assert browser.post(url, {name: shown[name] for name in data}).status_code == 302
    assert _item(planned, "pitch").minutes == 30


def test_with_javascript_refused_minutes_come_along_beside_those_that_stand(
    coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    page = _retime(sign_in(coach), _item(planned, "pitch"), "10000")
    assert 'value="15"\ndata-typed="10000"' in page


@pytest.mark.parametrize("deed", ["fix", "move", "remove", "retime"])
@pytest.mark.parametrize("headers", [HTMX, {}], ids=["with JavaScript", "without"])
def test_who_changes_what_another_took_off_reads_the_agenda_and_why_nothing_happened(
    coach: Membership, karim: Membership, planned: Meeting, sign_in: SignIn, deed: str, headers: dict[str, str]
) -> None:
    pitch = _item(planned, "pitch")
    agenda_items.remove_item(actor=karim.user, item=pitch)
    before = _shape(planned)
    url = (
        reverse("meetings:retime_items", args=[planned.pk])
        if deed == "retime"
        else reverse(f"meetings:{deed}_item", args=[planned.pk, pitch.pk])
    )
    data = {f"{pitch.pk}-minutes": "30", f"{pitch.pk}-version": pitch.version, "position": "1", "fixed_start": "16.10"}

    answer = sign_in(coach).post(url, data, headers=headers, follow=True)

    assert answer.status_code == 200
    assert "Dit onderdeel staat niet meer op de agenda. Wat jij deed, is niet bewaard." in answer.content.decode()
    assert _shape(planned) == before


@pytest.mark.parametrize("button", ["vast", "weg"])
def test_who_locks_or_removes_what_another_changed_meanwhile_is_told(
    coach: Membership, karim: Membership, planned: Meeting, sign_in: SignIn, button: str
) -> None:
    browser, pitch = sign_in(coach), _item(planned, "pitch")
    page = browser.get(reverse("meetings:agenda", args=[planned.pk])).content.decode()
    (action,) = re.findall(rf'formaction="([^"]*{pitch.pk}/{button}/[^"]*)"', page)
    _retime(sign_in(karim), pitch, "20")
    before = _shape(planned)

    answer = browser.post(
        reverse("meetings:agenda", args=[planned.pk]) + action, {"fixed_start": "16.10"}, headers=HTMX
    )

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Karim Bos veranderde “Pitch van de expert” intussen: nu plaats 3, 20 minuten." in said
    assert (_shape(planned), _item(planned, "pitch").fixed_start) == (before, None)


def test_without_javascript_all_minutes_of_the_page_go_at_once(
    coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    data = _all_minutes(planned)
    data |= {f"{_item(planned, kind).pk}-minutes": "20" for kind in ("start", "closing")}
    answer = sign_in(coach).post(reverse("meetings:retime_items", args=[planned.pk]), data)
    assert answer.status_code == 302
    assert [minutes for _title, minutes in _shape(planned)] == [20, 15, 15, 10, 10, 45, 5, 15, 20]


def test_the_later_of_two_coaches_sees_both_minutes(
    coach: Membership, karim: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    pitch = _item(planned, "pitch")
    _retime(sign_in(karim), pitch, "20")
    page = _retime(sign_in(coach), pitch, "30", version=pitch.version)
    assert "Karim Bos veranderde “Pitch van de expert” intussen: nu plaats 3, 20 minuten." in page
    assert _item(planned, "pitch").minutes == 20


def test_the_later_of_two_who_move_one_block_is_told_where_it_lies(
    coach: Membership, karim: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    url = reverse("meetings:move_item", args=[planned.pk, _item(planned, "pitch").pk])
    first = sign_in(karim).post(f"{url}?seen=3", {"position": "2"}, headers=HTMX)
    later = sign_in(coach).post(f"{url}?seen=3", {"position": "5"}, headers=HTMX)
    assert (first.status_code, later.status_code) == (200, 422)
    assert "nu plaats 2, 15 minuten. Wat jij deed, is niet bewaard." in later.content.decode()
    assert _item(planned, "pitch").position == 2
    with pytest.raises(WrittenMeanwhile):
        agenda_items.move_item(actor=coach.user, item=_item(planned, "pitch"), position=1, seen=9)


@pytest.mark.parametrize("deed", ["retime", "fix", "move", "remove", "add", "reset", "edit"])
def test_undo_puts_back_what_one_did_last(coach: Membership, planned: Meeting, sign_in: SignIn, deed: str) -> None:
    agenda_items.move_item(actor=coach.user, item=_item(planned, "talent"), position=5)
    before = [(item.pk, item.version, item.position) for item in planned.agenda.all()]
    pitch = _item(planned, "pitch")
    if deed == "retime":
        agenda_items.change_item(actor=coach.user, item=pitch, version=pitch.version, minutes=25)
    if deed == "fix":
        agenda_items.change_item(actor=coach.user, item=pitch, version=pitch.version, fixed_start=time(16, 15))
    if deed == "edit":
        agenda_items.change_item(actor=coach.user, item=pitch, version=pitch.version, title="Pitch", means="Beamer")
    if deed == "move":
        agenda_items.move_item(actor=coach.user, item=pitch, position=8)
    if deed == "remove":
        agenda_items.remove_item(actor=coach.user, item=pitch)
    if deed == "add":
        data = {"key": "4f3c1c1e-0000-4000-8000-000000000001", "kind": "graph", "title": "", "minutes": ""}
        assert sign_in(coach).post(reverse("meetings:agenda", args=[planned.pk]), data).status_code == 302
        assert _item(planned, "graph").title == "Gedragspatroongrafiek"
        assert _item(planned, "graph").minutes == 15
    if deed == "reset":
        agenda_items.reset_agenda(actor=coach.user, meeting=planned)
    after = [(item.pk, item.version, item.position) for item in planned.agenda.all()]
    assert after != before

    _undo_last(coach, planned)

    assert [(item.pk, item.version, item.position) for item in planned.agenda.all()] == before


def test_undo_pressed_twice_puts_back_once(coach: Membership, planned: Meeting, sign_in: SignIn) -> None:
    browser = sign_in(coach)
    pitch = _item(planned, "pitch")
    for minutes in ("20", "25"):
        _retime(browser, _item(planned, "pitch"), minutes)
    last = planned.agenda_changes.latest("pk")
    for _twice in range(2):
        browser.post(reverse("meetings:undo_change", args=[planned.pk]), {"change": str(last.pk)}, headers=HTMX)
    assert AgendaItem.objects.get(pk=pitch.pk).minutes == 20


def test_what_another_touched_since_is_not_put_back_and_it_says_by_whom(
    coach: Membership, karim: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    _retime(browser, _item(planned, "pitch"), "20")
    mine = planned.agenda_changes.get()
    _retime(sign_in(karim), _item(planned, "pitch"), "30")
    answer = browser.post(reverse("meetings:undo_change", args=[planned.pk]), {"change": str(mine.pk)}, headers=HTMX)
    assert "Karim Bos veranderde dit daarna nog. Er is niets teruggezet." in answer.content.decode()
    assert _item(planned, "pitch").minutes == 30


def test_what_another_did_elsewhere_stays_when_one_puts_back_the_own(
    coach: Membership, karim: Membership, planned: Meeting
) -> None:
    pitch, talent = _item(planned, "pitch"), _item(planned, "talent")
    agenda_items.remove_item(actor=coach.user, item=pitch)
    agenda_items.change_item(actor=karim.user, item=talent, version=talent.version, minutes=30)
    agenda_items.move_item(actor=karim.user, item=_item(planned, "closing"), position=1)
    _undo_last(coach, planned)
    titles = [title for title, _minutes in _shape(planned)]
    assert titles[:4] == ["Afsluiting", "Start", "Talentmomenten", "Pitch van de expert"]
    assert _item(planned, "talent").minutes == 30


def test_nobody_puts_back_what_another_did(coach: Membership, karim: Membership, planned: Meeting) -> None:
    pitch = _item(planned, "pitch")
    agenda_items.change_item(actor=karim.user, item=pitch, version=pitch.version, minutes=30)
    theirs = planned.agenda_changes.get()
    agenda_undo.undo_change(actor=coach.user, meeting=planned, change=theirs.pk)
    assert _item(planned, "pitch").minutes == 30


def test_what_has_begun_is_not_put_back(coach: Membership, planned: Meeting) -> None:
    start = _item(planned, "start")
    agenda_items.change_item(actor=coach.user, item=start, version=start.version, minutes=30)
    running.start_meeting(actor=coach.user, meeting=planned)
    with pytest.raises(ValidationError, match="veranderd of begonnen"):
        _undo_last(coach, planned)
    assert _item(planned, "start").minutes == 30


def test_what_can_be_put_back_ends_with_its_meeting(coach: Membership, planned: Meeting) -> None:
    agenda_items.move_item(actor=coach.user, item=_item(planned, "pitch"), position=1)
    running.start_meeting(actor=coach.user, meeting=planned)
    running.end_meeting(actor=coach.user, meeting=planned)
    assert not planned.agenda_changes.exists()


def test_of_many_changes_the_last_sixty_are_kept(coach: Membership, planned: Meeting) -> None:
    for count in range(65):
        agenda_items.move_item(actor=coach.user, item=_item(planned, "pitch"), position=1 + count % 2)
    assert planned.agenda_changes.count() <= 60


def test_what_has_been_stays_as_it_was_and_what_is_on_stays_in_its_place(
    coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    running.start_meeting(actor=coach.user, meeting=planned)
    running.go_to(actor=coach.user, meeting=planned, item=_item(planned, "talent"))
    done, now = _item(planned, "start"), _item(planned, "talent")
    for item in (done, now):
        with pytest.raises(ValidationError, match="al begonnen"):
            agenda_items.move_item(actor=coach.user, item=item, position=5)
    with pytest.raises(ValidationError, match="al geweest"):
        agenda_items.remove_item(actor=coach.user, item=done)
    with pytest.raises(ValidationError, match="al geweest"):
        agenda_items.change_item(actor=coach.user, item=done, version=done.version, minutes=5)
    page = _retime(sign_in(coach), now, "20")
    assert "“Talentmomenten” duurt nu 20 min." in page


def test_the_agenda_of_a_meeting_that_is_over_or_cancelled_is_read_and_not_changed(
    coach: Membership, planned: Meeting, sign_in: SignIn
) -> None:
    pitch = _item(planned, "pitch")
    changing.cancel_meeting(actor=coach.user, meeting=planned)
    browser = sign_in(coach)
    assert "De agenda blijft zoals hij was." in _retime(browser, pitch, "20")
    page = browser.get(reverse("meetings:agenda", args=[planned.pk])).content.decode()
    assert "De agenda blijft zoals hij was." in page
    assert 'type="number"' not in page
    assert _item(planned, "pitch").minutes == 15


def test_a_fixed_hour_is_waited_for_and_a_clash_is_said(coach: Membership, planned: Meeting, sign_in: SignIn) -> None:
    browser = sign_in(coach)
    pitch = _item(planned, "pitch")
    url = reverse("meetings:fix_item", args=[planned.pk, pitch.pk])
    said = browser.post(url, {"fixed_start": "16.10"}, headers=HTMX).content.decode()
    assert "“Pitch van de expert” begint vast om 16.10 uur." in said
    assert "10 min vrij ervoor" in said
    meeting = Meeting.objects.get(pk=planned.pk)
    plan = plan_of(meeting, list(meeting.agenda.all()))
    assert (plan.blocks[2].starts_at, plan.ends_at) == (local(2027, 1, 20, 16, 10), local(2027, 1, 20, 18))
    assert plan.excess_minutes == 10

    said = _retime(browser, _item(planned, "start"), "45")
    assert "20 min te laat" in said

    loose = browser.post(url, {"fixed_start": ""}, headers=HTMX).content.decode()
    assert "begint weer na het vorige onderdeel" in loose
    assert _item(planned, "pitch").fixed_start is None


def test_an_hour_that_is_none_fixes_nothing(coach: Membership, planned: Meeting, sign_in: SignIn) -> None:
    url = reverse("meetings:fix_item", args=[planned.pk, _item(planned, "pitch").pk])
    sign_in(coach).post(url, {"fixed_start": "25.99"}, headers=HTMX)
    assert _item(planned, "pitch").fixed_start is None


def test_leading_waits_for_a_fixed_hour_on_the_planned_day(coach: Membership, planned: Meeting) -> None:
    pitch = _item(planned, "pitch")
    agenda_items.change_item(actor=coach.user, item=pitch, version=pitch.version, fixed_start=time(16, 30))
    meeting = Meeting.objects.get(pk=planned.pk)
    meeting.state, meeting.started_at = Meeting.State.RUNNING, meeting.starts_at
    meeting.current_item = _item(planned, "start")
    meeting.current_item.started_at = meeting.starts_at
    run = run_of(meeting, [meeting.current_item, *list(meeting.agenda.all())[1:]], now=meeting.starts_at)
    assert run is not None
    assert run.blocks[2].starts_at == local(2027, 1, 20, 16, 30)
    assert run.behind_minutes == 0


def test_a_fixed_part_goes_after_a_warning_and_comes_back_in_its_place(coach: Membership, sign_in: SignIn) -> None:
    closing = make_meeting(coach.group, position=9, kind=Meeting.Kind.CLOSING)
    agenda_items.reset_agenda(actor=coach.user, meeting=closing)
    browser = sign_in(coach)
    url = reverse("meetings:agenda", args=[closing.pk])
    assert "De methode heeft dit in deze bijeenkomst." in browser.get(url).content.decode()
    agenda_items.remove_item(actor=coach.user, item=_item(closing, "stories"))
    assert "“Waardecreatieverhalen” hoort bij deze bijeenkomst." in browser.get(url).content.decode()
    for _twice in range(2):
        browser.post(reverse("meetings:restore_part", args=[closing.pk]), {"kind": "stories"})
    kinds = list(closing.agenda.values_list("kind", flat=True))
    assert kinds == ["start", "talent", "video", "stories", "break", "graph", "closing"]
    browser.post(reverse("meetings:restore_part", args=[closing.pk]), {"kind": "pitch"})
    assert closing.agenda.count() == 7


def test_a_netwerkbijeenkomst_is_free(coach: Membership, planned: Meeting, sign_in: SignIn) -> None:
    planned.agenda.filter(kind="talent").delete()
    page = sign_in(coach).get(reverse("meetings:agenda", args=[planned.pk])).content.decode()
    assert "De methode heeft dit" not in page
    assert "hoort bij deze bijeenkomst" not in page


@pytest.mark.parametrize("name", ["detail", "agenda", "lead"])
def test_doel_and_middelen_are_read_at_every_height(
    coach: Membership, meeting: Meeting, sign_in: SignIn, name: str
) -> None:
    for minutes in (1, 5, 15, 45):
        make_agenda_item(meeting, minutes=minutes, purpose=f"Doel {minutes}", means=f"Kaartjes {minutes}")
    running.start_meeting(actor=coach.user, meeting=meeting)
    page = sign_in(coach).get(reverse(f"meetings:{name}", args=[meeting.pk])).content.decode()
    for minutes in (1, 5, 15, 45):
        assert f"Doel {minutes}<" in page or f"Doel {minutes}\n" in page, minutes
        assert f"Kaartjes {minutes}<" in page, minutes


def test_sixty_onderdelen_are_shown_and_no_more_are_added(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    for _count in range(60):
        make_agenda_item(meeting, minutes=240, title="ש" * 200)
    browser = sign_in(coach)
    url = reverse("meetings:agenda", args=[meeting.pk])
    assert browser.get(url).content.decode().count('dir="auto"') >= 60
    data = {"key": "4f3c1c1e-0000-4000-8000-000000000002", "kind": "other", "title": "Nog een", "minutes": "5"}
    answer = browser.post(url, data)
    assert answer.status_code == 422
    assert "hoogstens 40 onderdelen" in answer.content.decode()
    assert meeting.agenda.count() == 60
