"""Someone's own calendar by a secret address: what is in it, who gets it, and when it ends."""

from datetime import datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, User
from groups.services import accounts
from meetings.models import CalendarFeed, Meeting
from meetings.services import changing, feeds
from tests import ics
from tests.factories import local, make_agenda_item, make_expert_invitation, make_group, make_meeting, make_member
from tests.types import OnCommit, SignIn

PAGE = "/bijeenkomsten/mijn-agenda/"


def _address(token: str) -> str:
    return reverse("meetings:feed", args=[token])


def _read(token: str) -> ics.Calendar:
    answer = Client().get(_address(token))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]
    assert answer.cookies == {}
    return ics.read(answer.content)


def test_the_page_shows_the_address_once_and_keeps_only_its_hash(participant: Membership, sign_in: SignIn) -> None:
    browser = sign_in(participant)
    answer = browser.post(PAGE, {"with_deadlines": "on"})
    token = urlsplit(answer.context["address"]).path.removeprefix("/agenda/").removesuffix(".ics")
    page = answer.content.decode()
    assert answer.context["address"] in page
    assert f'href="webcal://{urlsplit(answer.context["address"]).netloc}{_address(token)}"' in page
    assert token not in browser.get(PAGE).content.decode()
    assert token not in str(list(CalendarFeed.objects.values()))
    assert len(_read(token).items) == 0


def test_a_meeting_has_one_uid_in_mail_and_feed_and_a_sequence_that_rises(
    coach: Membership, participant: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    token = feeds.renew_feed(actor=participant.user, with_deadlines=False)
    with django_capture_on_commit_callbacks(execute=True):
        changing.change_meeting(actor=coach.user, meeting=meeting, place="De Ark, lokaal 12; boven")
    (item,) = _read(token).items
    letter = next(one for one in mail.outbox if one.to == [participant.user.email])
    (mailed,) = ics.read(_calendar_in(letter)).items
    assert item.facts["UID"] == mailed.facts["UID"]
    assert (item.facts["SEQUENCE"], mailed.facts["SEQUENCE"]) == ("1", "1")
    assert (item.facts["STATUS"], item.facts["LOCATION"]) == ("CONFIRMED", "De Ark, lokaal 12; boven")

    changing.cancel_meeting(actor=coach.user, meeting=meeting)
    (item,) = _read(token).items
    assert (item.facts["UID"], item.facts["STATUS"]) == (mailed.facts["UID"], "CANCELLED")
    assert item.facts["SEQUENCE"] == "2"


def _calendar_in(letter: object) -> bytes:
    parts = letter.message().walk()  # type: ignore[attr-defined]
    return bytes(next(part for part in parts if part.get_filename()).get_payload(decode=True))


def test_deadlines_are_in_it_if_wished_and_for_who_hands_in(
    coach: Membership, participant: Membership, meeting: Meeting
) -> None:
    with_them = _read(feeds.renew_feed(actor=participant.user)).items
    assert [item.facts["SUMMARY"].split(":")[0] for item in with_them] == [
        "Netwerkleren",
        "Lever je leervraag in",
        "Plaats je fragment",
        "Geef feedback",
    ]
    assert len({item.facts["UID"] for item in with_them}) == 4
    assert len(_read(feeds.renew_feed(actor=participant.user, with_deadlines=False)).items) == 1
    assert len(_read(feeds.renew_feed(actor=coach.user)).items) == 1


def test_it_holds_all_groups_of_its_owner_and_no_other_and_no_names(
    participant: Membership, coach: Membership, meeting: Meeting, other_member: Membership
) -> None:
    make_expert_invitation(meeting, "Lotte Meijerink", invited_by=coach.user)
    second = make_member(make_group("De Wadden"), user=participant.user)
    make_meeting(second.group, place="Texel")
    make_meeting(other_member.group, place="Geheim")
    make_meeting(make_member(make_group("Nog niet", draft=True), user=participant.user).group)
    token = feeds.renew_feed(actor=participant.user, with_deadlines=False)
    assert len(_read(token).items) == 2
    content = Client().get(_address(token)).content.decode()
    for name in (coach.name, participant.name, participant.user.email, "Lotte", "Geheim", other_member.name):
        assert name not in content


def test_a_new_address_ends_the_one_before_it(participant: Membership) -> None:
    first = feeds.renew_feed(actor=participant.user)
    second = feeds.renew_feed(actor=participant.user)
    assert Client().get(_address(first)).status_code == 404
    _read(second)


def test_taken_away_left_or_closed_it_shows_nothing(participant: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    token = feeds.renew_feed(actor=participant.user)
    Membership.objects.filter(pk=participant.pk).update(left=timezone.now())
    assert _read(token).items == []
    User.objects.filter(pk=participant.user_id).update(is_active=False)
    assert Client().get(_address(token)).status_code == 404
    User.objects.filter(pk=participant.user_id).update(is_active=True)
    sign_in(participant).post(reverse("meetings:end_calendar"))
    assert Client().get(_address(token)).status_code == 404


def test_it_ends_with_the_account(participant: Membership) -> None:
    token = feeds.renew_feed(actor=participant.user)
    accounts.delete_account(actor=participant.user)
    assert Client().get(_address(token)).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_it_is_read_only_and_who_guesses_waits(participant: Membership) -> None:
    token = feeds.renew_feed(actor=participant.user)
    assert Client().post(_address(token)).status_code == 405
    codes = {Client().get(_address(f"raden-{number}")).status_code for number in range(101)}
    assert codes == {404, 429}
    assert Client().get("/uitnodiging/bestaat-niet/").status_code != 429, "other links are counted apart"


def test_it_asks_as_much_for_one_meeting_as_for_thirty(
    participant: Membership, meeting: Meeting, django_assert_num_queries: object
) -> None:
    token = feeds.renew_feed(actor=participant.user)
    for number in range(2, 31):
        make_meeting(participant.group, position=number)
    with django_assert_num_queries(5):  # type: ignore[operator]
        _read(token)


@pytest.mark.parametrize(
    "start",
    [local(2026, 10, 24, 15, 30), local(2026, 10, 26, 15, 30), local(2027, 3, 27, 15, 30), local(2027, 3, 29, 15, 30)],
)
def test_on_both_sides_of_summer_time_page_mail_and_calendars_say_one_hour(
    coach: Membership,
    participant: Membership,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: OnCommit,
    start: datetime,
) -> None:
    with time_machine.travel(local(2026, 10, 1, 9), tick=False):
        meeting = make_meeting(coach.group, starts_at=None, minutes_available=140)
        make_agenda_item(meeting, minutes=140)
        with django_capture_on_commit_callbacks(execute=True):
            changing.change_meeting(actor=coach.user, meeting=meeting, starts_at=start)
        page = sign_in(participant).get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
        letter = next(one for one in mail.outbox if one.to == [participant.user.email])
        (mailed,) = ics.read(_calendar_in(letter)).items
        (fed,) = _read(feeds.renew_feed(actor=participant.user, with_deadlines=False)).items
    assert "15.30" in page
    assert "15.30 tot 17.50 uur" in letter.body
    assert [timezone.localtime(one.starts_at).strftime("%d %H:%M") for one in (mailed, fed)] == [
        f"{start:%d} 15:30",
        f"{start:%d} 15:30",
    ]
