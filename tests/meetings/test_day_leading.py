""" "Leidt vandaag": a deelnemer whom the coach lets lead one meeting, from 0.00 to 24.00 of its date."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from groups.models import Membership
from groups.services import members
from meetings.contributions import todos_of
from meetings.emails import day_leader as letter
from meetings.models import Meeting
from meetings.own_data import days_led_part
from meetings.services import changing, day_leading, running
from netwerkleren.base.models import AuditEvent, OutgoingMail
from netwerkleren.base.permissions import has_perm
from tests.factories import local, make_agenda_item, make_group, make_meeting, make_member
from tests.types import OnCommit, SignIn

DAY = local(2027, 1, 20, 15, 30)
LEADS = ("meetings.lead_meeting", "meetings.change_agenda")
COACHS_ALONE = (
    "meetings.change_meeting",
    "meetings.hand_over_day",
    "meetings.invite_expert",
    "leervragen.send_leervragen",
    "leervragen.add_leervraag_for_others",
    "groups.change_networkgroup",
    "groups.change_invitation",
    "groups.remove_membership",
    "groups.confirm_pairs",
    "reports.make_export",
    "reports.change_protocol",
    "reports.change_moments",
)


@pytest.fixture(autouse=True)
def the_week_before() -> Iterator[None]:
    with time_machine.travel(DAY - timedelta(days=7), tick=False):
        yield


@pytest.fixture
def led(meeting: Meeting, coach: Membership, participant: Membership) -> Meeting:
    """The meeting of 20 January at 15.30, which Marijke leads."""
    meeting.starts_at = DAY
    meeting.save()
    day_leading.hand_over_day(actor=coach.user, meeting=meeting, membership=participant)
    meeting.refresh_from_db()
    return meeting


def _may(member: Membership, meeting: Meeting, at: datetime) -> bool:
    with time_machine.travel(at, tick=False):
        answers = {has_perm(need, member.user, meeting) for need in LEADS}
    assert len(answers) == 1
    return answers.pop()


@pytest.mark.parametrize(
    ("begins", "first", "last"),
    [
        (DAY, local(2027, 1, 20), local(2027, 1, 20, 23, 59)),
        (local(2027, 1, 20, 0, 15), local(2027, 1, 20), local(2027, 1, 20, 23, 59)),
        (local(2027, 1, 20, 23, 45), local(2027, 1, 20), local(2027, 1, 20, 23, 59)),
        # The nights in which the clock goes on and back: a day of 23 hours and one of 25.
        (local(2027, 3, 28, 10), local(2027, 3, 28), local(2027, 3, 28, 23, 59)),
        (local(2027, 10, 31, 10), local(2027, 10, 31), local(2027, 10, 31, 23, 59)),
    ],
    ids=["afternoon", "just after midnight", "just before midnight", "summer time begins", "summer time ends"],
)
def test_it_is_from_midnight_to_midnight_of_the_date_on_the_dutch_clock(
    begins: datetime, first: datetime, last: datetime, led: Meeting, participant: Membership
) -> None:
    led.starts_at = begins
    minute = timedelta(minutes=1)
    moments = [first - minute, first, begins, last, last + minute]
    assert [_may(participant, led, moment) for moment in moments] == [False, True, True, True, False]


def test_a_meeting_that_runs_over_midnight_is_the_coachs_again_from_then_on(
    led: Meeting, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    make_agenda_item(led)
    with time_machine.travel(local(2027, 1, 20, 23, 50), tick=False):
        running.start_meeting(actor=participant.user, meeting=led)
        assert sign_in(participant).get(f"/bijeenkomsten/{led.pk}/leiden/").status_code == 200
    with time_machine.travel(local(2027, 1, 21, 0, 1), tick=False):
        assert sign_in(participant).get(f"/bijeenkomsten/{led.pk}/leiden/").status_code == 403
        assert sign_in(participant).post(f"/bijeenkomsten/{led.pk}/leiden/einde/").status_code == 403
        assert sign_in(coach).get(f"/bijeenkomsten/{led.pk}/leiden/").status_code == 200


def test_it_is_this_meeting_of_this_group_and_this_deelnemer(
    led: Meeting, participant: Membership, colleague: Membership
) -> None:
    same_day = make_meeting(led.group, starts_at=DAY + timedelta(hours=2))
    elsewhere = make_meeting(make_group("Hunzedal"), starts_at=DAY)
    elsewhere.day_leader = participant
    asked = [(participant, led), (colleague, led), (participant, same_day), (participant, elsewhere)]
    assert [_may(member, meeting, DAY) for member, meeting in asked] == [True, False, False, False]


def test_people_mails_exports_and_who_has_not_stay_with_the_coach(
    led: Meeting, coach: Membership, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    with time_machine.travel(DAY - timedelta(hours=1), tick=False):
        for need in COACHS_ALONE:
            obj = led if need.startswith(("meetings", "leervragen")) else led.group
            assert has_perm(need, coach.user, obj), need
            assert not has_perm(need, participant.user, obj), need
        page = sign_in(participant).get(f"/bijeenkomsten/{led.pk}/").content.decode()
        assert "Vandaag leid jij deze bijeenkomst." in page
        assert "Bijeenkomst leiden" in page
        assert "Agenda aanpassen" in page
        for words in ("Hoe staat het ervoor?", "Checklist", "Datum, plaats en deadlines", "Laat vervallen"):
            assert words not in page
        home = sign_in(participant).get("/").content.decode()
        assert "Hoe staat het ervoor?" not in home


def test_the_day_itself_is_led_from_begin_to_end(
    led: Meeting, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    item = make_agenda_item(led)
    browser, at = sign_in(participant), f"/bijeenkomsten/{led.pk}/"
    with time_machine.travel(DAY, tick=False):
        # Signed in a week ago is signed out by now.
        browser = sign_in(participant)
        assert [todo.title for todo in todos_of(participant.user)] == ["Vandaag leid jij de bijeenkomst"]
        assert browser.post(f"{at}agenda/{item.pk}/verplaats/", {"position": "1"}).status_code == 302
        assert browser.post(f"{at}leiden/start/").status_code == 302
        assert [todo.title for todo in todos_of(participant.user)] == ["Leid de bijeenkomst verder"]
        running.record_attendance(actor=participant.user, meeting=led, statuses={maatje.pk: "present"})
        assert browser.get(f"{at}leiden/aanwezig/").status_code == 200
        assert "Terug naar Leiden" in browser.get(f"{at}meetlat/").content.decode()
        assert browser.post(f"{at}leiden/einde/").status_code == 302
        led.refresh_from_db()
        assert led.state == Meeting.State.ENDED
        ended = browser.get(f"{at}leiden/").content.decode()
        assert "De bijeenkomst is afgerond" in ended
        assert "Heropen" not in ended
        assert has_perm("leervragen.round_off", participant.user, led)
        assert todos_of(participant.user) == []
    with time_machine.travel(DAY + timedelta(days=1), tick=False):
        assert not has_perm("leervragen.round_off", participant.user, led)
        assert sign_in(participant).get(f"{at}leiden/aanwezig/").status_code == 403


def test_another_date_is_another_day(led: Meeting, coach: Membership, participant: Membership) -> None:
    later = DAY + timedelta(days=7)
    moved = changing.change_meeting(actor=coach.user, meeting=led, starts_at=later)
    assert [_may(participant, moved, moment) for moment in (DAY, later)] == [False, True]
    without = changing.change_meeting(actor=coach.user, meeting=moved, starts_at=None)
    assert not _may(participant, without, later)


def test_what_is_taken_back_is_gone_at_the_next_request(
    led: Meeting, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    with time_machine.travel(DAY, tick=False):
        browser = sign_in(participant)
        assert browser.get(f"/bijeenkomsten/{led.pk}/leiden/").status_code == 200
        sign_in(coach).post(f"/bijeenkomsten/{led.pk}/wie-leidt/terug/")
        assert browser.get(f"/bijeenkomsten/{led.pk}/leiden/").status_code == 403
        assert "Vandaag leid jij" not in browser.get(f"/bijeenkomsten/{led.pk}/").content.decode()


def test_who_leaves_and_comes_back_leads_nothing(led: Meeting, coach: Membership, participant: Membership) -> None:
    members.remove_member(actor=coach.user, membership=participant)
    assert not _may(participant, led, DAY)
    Membership.objects.filter(pk=participant.pk).update(left=None)
    assert not _may(participant, Meeting.objects.get(), DAY)


def test_the_coach_chooses_on_a_page_and_changes_it_there(
    led: Meeting, coach: Membership, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    browser, at = sign_in(coach), f"/bijeenkomsten/{led.pk}/wie-leidt/"
    assert "Marijke leidt deze bijeenkomst." in browser.get(f"/bijeenkomsten/{led.pk}/").content.decode()
    page = browser.get(at).content.decode()
    assert "op woensdag 20 januari" in page
    assert (page.count("/wie-leidt/terug/"), page.count(f"/wie-leidt/{maatje.pk}/")) == (1, 1)
    page = browser.post(f"{at}{maatje.pk}/", follow=True).content.decode()
    assert "Yusuf leidt deze bijeenkomst, en krijgt een mail." in page
    assert Meeting.objects.get().day_leader == maatje
    page = browser.post(f"{at}terug/", follow=True).content.decode()
    assert "Je leidt deze bijeenkomst weer zelf." in page
    assert Meeting.objects.get().day_leader is None
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "meeting.day_handed_over",
        "meeting.day_handed_over",
        "meeting.day_taken_back",
    ]


@pytest.mark.parametrize("button", ["hand over", "take back"])
def test_the_later_of_two_coaches_who_choose_is_told_whom_the_other_chose(
    meeting: Meeting, coach: Membership, participant: Membership, maatje: Membership, sign_in: SignIn, button: str
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=DAY, day_leader=participant)
    third = make_member(coach.group, "Sanne Wolters")
    at = reverse("meetings:day_leader", args=[meeting.pk])
    browser = sign_in(coach)
    seen = {"seen": re.findall(r'name="seen" value="([^"]+)"', browser.get(at).content.decode())[0]}
    other = make_member(coach.group, "Karim Bos", coach=True)
    day_leading.hand_over_day(actor=other.user, meeting=meeting, membership=maatje)
    name, words = (
        ("hand_over_day", [meeting.pk, third.pk]) if button == "hand over" else ("take_day_back", [meeting.pk])
    )
    OutgoingMail.objects.all().delete()

    page = browser.post(reverse(f"meetings:{name}", args=words), seen, follow=True).content.decode()

    assert "Een andere coach koos intussen Yusuf Demir. Wat jij koos, is niet bewaard." in page
    assert Meeting.objects.get(pk=meeting.pk).day_leader == maatje
    assert not OutgoingMail.objects.exists()


def test_who_leads_reads_beforehand_when_and_the_others_nothing(
    led: Meeting, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    page = sign_in(participant).get(f"/bijeenkomsten/{led.pk}/").content.decode()
    assert "Jij leidt deze bijeenkomst. Op woensdag 20 januari vind je hier de knop" in page
    assert f"/bijeenkomsten/{led.pk}/leiden/" not in page
    assert "leidt deze bijeenkomst" not in sign_in(maatje).get(f"/bijeenkomsten/{led.pk}/").content.decode()


def test_each_change_is_one_mail_to_whom_it_is_about(
    led: Meeting,
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    OutgoingMail.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        answers = [day_leading.hand_over_day(actor=coach.user, meeting=led, membership=maatje) for _twice in range(2)]
    assert answers == [True, False]
    assert [(one.to, one.subject) for one in mail.outbox] == [
        ([participant.user.email], f"Je leidt niet meer: {led.title}"),
        ([maatje.user.email], f"Jij leidt: {led.title}"),
    ]
    assert "Woensdag 20 januari" in str(mail.outbox[1].body)
    assert mail.outbox[1].reply_to == [coach.user.email]
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answers = [day_leading.take_day_back(actor=coach.user, meeting=led) for _twice in range(2)]
    assert answers == [True, False]
    assert [(one.to, one.subject) for one in mail.outbox] == [([maatje.user.email], f"Je leidt niet meer: {led.title}")]


def test_a_mail_that_is_no_longer_true_does_not_go(led: Meeting, coach: Membership) -> None:
    waiting = OutgoingMail.objects.get(kind="meetings.day_leader")
    assert letter(waiting) is not None
    with time_machine.travel(DAY + timedelta(days=1), tick=False):
        assert letter(waiting) is None
    day_leading.take_day_back(actor=coach.user, meeting=led)
    assert letter(waiting) is None


def test_a_draft_sends_none(coach: Membership, participant: Membership, meeting: Meeting) -> None:
    meeting.group.published_at = None
    meeting.group.save()
    assert day_leading.hand_over_day(actor=coach.user, meeting=meeting, membership=participant)
    assert not OutgoingMail.objects.exists()
    assert not _may(make_member(meeting.group), meeting, DAY)


def test_only_a_deelnemer_of_now_can_lead(
    led: Meeting, coach: Membership, ex_member: Membership, other_member: Membership
) -> None:
    for nobody in (coach, ex_member, other_member):
        with pytest.raises(ValidationError, match="Kies een deelnemer van deze groep"):
            day_leading.hand_over_day(actor=coach.user, meeting=led, membership=nobody)


def test_someone_of_another_group_in_the_address_does_not_exist(
    led: Meeting, coach: Membership, other_member: Membership, ex_member: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    for nobody in (other_member, ex_member):
        assert browser.post(f"/bijeenkomsten/{led.pk}/wie-leidt/{nobody.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"starts_at": None}, "Zet eerst de datum"),
        ({"starts_at": DAY - timedelta(days=8)}, "De dag van deze bijeenkomst is voorbij"),
        ({"state": Meeting.State.CANCELLED}, "De dag van deze bijeenkomst is voorbij"),
    ],
)
def test_without_a_day_to_come_there_is_nothing_to_hand_over(
    facts: dict[str, object], words: str, led: Meeting, coach: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    Meeting.objects.update(**facts)
    with pytest.raises(ValidationError, match=words):
        day_leading.hand_over_day(actor=coach.user, meeting=led, membership=maatje)
    page = sign_in(coach).get(f"/bijeenkomsten/{led.pk}/wie-leidt/").content.decode()
    assert "Laat leiden" not in page


def test_it_is_in_ones_own_data(led: Meeting, participant: Membership, maatje: Membership) -> None:
    rows = [{"groep": "De Hondsrug", "bijeenkomst": "Bijeenkomst 1", "datum": DAY}]
    assert [days_led_part(member.user).rows for member in (participant, maatje)] == [rows, []]
