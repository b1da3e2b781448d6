"""Coming in by the QR on the Scherm: who knocks waits, and sees nothing of the group before the coach lets them in."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.in_room import ROOM_FOR
from groups.models import Invitation, Membership, NetworkGroup, User
from groups.services import inviting
from meetings.doors import find_door, path_of
from meetings.models import MOST_WAITING, Door, Knock, Meeting
from meetings.own_data import knocks_part
from meetings.services import changing, doors, running
from netwerkleren.base.limits import KNOCK_ADDRESS, LINK_ADDRESS
from netwerkleren.base.models import AuditEvent
from tests.factories import make_agenda_item, make_group, make_meeting, make_member, make_user
from tests.types import OnCommit, SignIn

ANNA = {"name": "Anna de Vries", "email": "anna@school.example"}
WAITING = "/binnen/wacht/"


@pytest.fixture
def runs(meeting: Meeting, coach: Membership) -> Meeting:
    make_agenda_item(meeting)
    return running.start_meeting(actor=coach.user, meeting=meeting)


@pytest.fixture
def door(runs: Meeting, coach: Membership) -> Door:
    return doors.open_door(actor=coach.user, meeting=runs)


def _knock(browser: Client, door: Door, **words: str) -> Any:
    return browser.post(path_of(door), {"key": str(uuid4()), **ANNA, **words})


def _waits(door: Door, **words: str) -> Knock:
    """Anna's knock, from a browser of her own."""
    browser = Client()
    assert _knock(browser, door, **words).url == WAITING
    return Knock.objects.latest("created")


def _let_in(coach: Membership, knock: Knock) -> Knock:
    return doors.let_in(actor=coach.user, knock=knock, version=knock.version)


def _invited(group: NetworkGroup, coach: Membership, **facts: Any) -> Invitation:
    return Invitation.objects.create(group=group, email=ANNA["email"], invited_by=coach.user, **facts)


def _join(browser: Client) -> Any:
    page = browser.get("/uitnodiging/")
    sent = {"about": page.context["mark"], "name": "Anna de Vries", "password": "samen-leren-2026"}
    sent |= {"school_name": "obs De Ark", "school_place": "Assen", "discipline": "leerkracht groep 5"}
    return browser.post("/uitnodiging/", sent)


# The door


def test_the_scherm_shows_a_qr_only_once_the_coach_asked_for_it(
    runs: Meeting, coach: Membership, sign_in: SignIn
) -> None:
    browser, screen = sign_in(coach), reverse("meetings:screen", args=[runs.pk])
    assert "qr-code" not in browser.get(screen).content.decode()
    browser.post(reverse("meetings:show_door", args=[runs.pk]), {"shown": "1"})
    shown = browser.get(screen)
    assert 'aria-label="QR-code om binnen te komen"' in shown.content.decode()
    poster = shown.context["poster"]
    assert poster.address == f"{settings.BASE_URL}{path_of(Door.objects.get())}"
    assert "<wbr>".join(poster.parts) in shown.content.decode() and "".join(poster.parts) == poster.short
    assert f"http://{poster.short}/" == poster.address
    browser.post(reverse("meetings:show_door", args=[runs.pk]), {"shown": "0"})
    assert "qr-code" not in browser.get(screen).content.decode()


def test_a_page_that_follows_the_meeting_hears_of_the_door_and_of_who_knocks(
    runs: Meeting, coach: Membership, sign_in: SignIn
) -> None:
    browser, versions = sign_in(coach), []
    for change in (
        lambda: None,
        lambda: doors.open_door(actor=coach.user, meeting=runs),
        lambda: _waits(Door.objects.get()),
        lambda: _let_in(coach, Knock.objects.get()),
        lambda: doors.shut_door(actor=coach.user, meeting=runs),
    ):
        change()
        versions.append(browser.get(f"/live/meeting:{runs.pk}/").json()["version"])
    assert len(set(versions)) == 5


def test_a_second_press_leaves_the_code_and_a_new_opening_has_another(
    door: Door, runs: Meeting, coach: Membership
) -> None:
    again = doors.open_door(actor=coach.user, meeting=runs)
    assert again.code == door.code
    doors.shut_door(actor=coach.user, meeting=runs)
    assert Client().get(path_of(door)).status_code == 404
    assert doors.open_door(actor=coach.user, meeting=runs).code != door.code
    assert Client().get(path_of(door)).status_code == 404


def test_the_code_stands_in_no_row_and_none_follows_from_the_rows_alone(door: Door) -> None:
    kept = " ".join(str(value) for row in Door.objects.values() for value in row.values())
    assert door.code not in kept
    code = door.code
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.SECRET_KEY", "another")
        assert door.code != code


@pytest.mark.parametrize("typed", [str.upper, lambda code: code.replace("-", ""), lambda code: code.replace("0", "O")])
def test_a_code_is_found_as_people_type_it(door: Door, typed: Callable[[str], str]) -> None:
    Door.objects.update(nonce="a nonce whose code has a nought")
    door.refresh_from_db()
    assert find_door(typed(door.shown_code)) == door


def test_it_ends_with_the_meeting_with_all_names(door: Door, runs: Meeting, coach: Membership) -> None:
    _waits(door)
    running.end_meeting(actor=coach.user, meeting=runs)
    assert Client().get(path_of(door)).status_code == 404
    assert (Door.objects.count(), Knock.objects.count()) == (0, 0)
    changing.reopen_meeting(actor=coach.user, meeting=runs)
    assert Meeting.objects.get().is_running and Door.objects.count() == 0


def test_it_ends_with_the_group(door: Door, group: NetworkGroup) -> None:
    NetworkGroup.objects.update(closed_at=timezone.now())
    assert Client().get(path_of(door)).status_code == 404


def test_of_a_meeting_that_nobody_ends_it_ends_after_hours_and_its_names_are_erased(door: Door) -> None:
    _waits(door)
    with time_machine.travel(timezone.now() + timedelta(hours=4, minutes=1)):
        assert Client().get(path_of(door)).status_code == 404
        doors.erase_old_doors()
        assert Knock.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=12, minutes=1)):
        doors.erase_old_doors()
        assert (Door.objects.count(), Knock.objects.count()) == (0, 0)


def test_no_door_of_a_meeting_that_does_not_run_or_of_a_draft(meeting: Meeting, coach: Membership) -> None:
    with pytest.raises(ValidationError, match="nu niet bezig"):
        doors.open_door(actor=coach.user, meeting=meeting)
    make_agenda_item(meeting)
    running.start_meeting(actor=coach.user, meeting=meeting)
    NetworkGroup.objects.update(published_at=None)
    with pytest.raises(ValidationError, match="Publiceer"):
        doors.open_door(actor=coach.user, meeting=meeting)


def test_wrong_codes_are_not_tried_without_end(door: Door) -> None:
    browser = Client()
    for _ in range(LINK_ADDRESS.most):
        assert browser.get("/binnen/0000-0000-0000/").status_code == 404
    assert browser.get(path_of(door)).status_code == 429


# Who knocks


def test_before_being_let_in_nothing_of_the_group_is_shown(
    door: Door, coach: Membership, participant: Membership
) -> None:
    browser = Client()
    pages = [browser.get(path_of(door)), _knock(browser, door), browser.get(WAITING), browser.get(f"{WAITING}stand/")]
    meeting = door.meeting
    hidden = [
        meeting.group.name,
        meeting.title,
        meeting.place,
        coach.name,
        participant.name,
        "Lindenhof",
        str(meeting.pk),
    ]
    for page in pages:
        assert not [word for word in hidden if word in page.content.decode()]


def test_an_address_that_takes_part_one_with_an_account_and_a_new_one_get_the_same(
    door: Door, participant: Membership, outsider: User
) -> None:
    addresses = ["nieuw@school.example", participant.user.email, outsider.email]
    shown = set()
    for email in addresses:
        browser = Client()
        answer = _knock(browser, door, email=email)
        page = browser.get(WAITING).content.decode()
        number = str(Knock.objects.latest("created").number)
        page = page.replace(email, "").replace(f">{number}</b>", "")
        shown.add(
            (answer.status_code, answer.url, re.sub(r'csrf-token" content="\w*"|server-now" content="\d*"', "", page))
        )
    assert len(shown) == 1


def test_a_form_that_says_too_little_says_so_and_makes_nothing(door: Door) -> None:
    page = _knock(Client(), door, name="", email="geen adres")
    assert page.status_code == 422
    assert Knock.objects.count() == 0


def test_a_form_sent_twice_is_one_and_a_slip_of_the_pen_is_mended_while_one_waits(door: Door) -> None:
    browser, key = Client(), str(uuid4())
    browser.post(path_of(door), {"key": key, **ANNA})
    Client().post(path_of(door), {"key": key, **ANNA})
    assert Knock.objects.count() == 1
    _knock(browser, door, email="anna@ander.example")
    assert [(knock.number, knock.email) for knock in Knock.objects.all()] == [(1, "anna@ander.example")]


def test_two_who_give_one_address_are_two_with_numbers_of_their_own(door: Door, coach: Membership) -> None:
    hers, other = Client(), Client()
    _knock(hers, door)
    _knock(other, door)
    assert [knock.number for knock in Knock.objects.all()] == [1, 2]
    _invited(door.meeting.group, coach)
    _let_in(coach, Knock.objects.get(number=1))
    assert hers.get(WAITING)["Location"] == "/uitnodiging/"
    assert other.get(WAITING).status_code == 200
    assert other.get("/uitnodiging/").status_code == 404


def test_so_many_wait_and_no_more(door: Door) -> None:
    for number in range(MOST_WAITING):
        _waits(door, email=f"mens{number}@school.example")
    page = _knock(Client(), door)
    assert page.status_code == 422 and "te veel mensen" in page.content.decode()
    assert Knock.objects.count() == MOST_WAITING


def test_one_address_does_not_knock_without_end(door: Door) -> None:
    browser = Client()
    for _ in range(KNOCK_ADDRESS.most):
        _knock(browser, door)
    assert _knock(browser, door).status_code == 429


def test_a_member_who_scans_it_is_led_to_the_meeting(door: Door, participant: Membership, sign_in: SignIn) -> None:
    assert sign_in(participant).get(path_of(door))["Location"] == f"/bijeenkomsten/{door.meeting_id}/"


# Letting in


def test_leiden_says_who_waits_to_the_coach_and_not_to_who_leads_the_day(
    door: Door, coach: Membership, day_leader: Membership, sign_in: SignIn
) -> None:
    _invited(door.meeting.group, coach)
    _waits(door)
    _waits(door, name="Bo Nieuw", email="bo@school.example")
    lead = reverse("meetings:lead", args=[door.meeting_id])
    page = sign_in(coach).get(lead)
    known = [(one.number, one.name, one.is_asked, one.takes_part) for one in page.context["doorway"].knocks]
    assert known == [(1, "Anna de Vries", True, False), (2, "Bo Nieuw", False, False)]
    assert "was uitgenodigd" in page.content.decode() and "nieuw adres" in page.content.decode()
    shown = sign_in(day_leader).get(lead).content.decode()
    assert "Anna" not in shown and "Zet de QR op het Scherm" not in shown


def test_letting_in_makes_an_ordinary_invitation_once_with_a_line_in_the_audit(
    door: Door, coach: Membership, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    knock = _waits(door)
    browser, address = sign_in(coach), reverse("meetings:let_in", args=[knock.pk])
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(address, {"version": knock.version})
        browser.post(address, {"version": knock.version})
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.name, invitation.role) == (ANNA["email"], ANNA["name"], "participant")
    assert [letter.to for letter in mail.outbox] == [[ANNA["email"]]]
    made = AuditEvent.objects.filter(action__in=["invitation.made", "meeting.let_in"])
    assert sorted(made.values_list("action", flat=True)) == ["invitation.made", "meeting.let_in"]


def test_an_invitation_that_stands_is_mailed_again(
    door: Door, coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    _invited(door.meeting.group, coach, expires_at=timezone.now() + timedelta(days=3))
    knock = _waits(door)
    with django_capture_on_commit_callbacks(execute=True):
        _let_in(coach, knock)
    assert Invitation.objects.get().expires_at > timezone.now() + timedelta(days=13)
    assert [letter.to for letter in mail.outbox] == [[ANNA["email"]]]


def test_what_changed_since_the_coach_read_it_is_not_let_in(door: Door, coach: Membership) -> None:
    knock = _waits(door)
    read = knock.version
    Knock.objects.update(email="ander@school.example")
    with pytest.raises(ValidationError, match="iets anders"):
        doors.let_in(actor=coach.user, knock=knock, version=read)
    assert Invitation.objects.count() == 0


def test_who_was_asked_before_and_never_opened_the_mail_joins_on_this_phone(
    door: Door, coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    _invited(door.meeting.group, coach)
    browser = Client()
    _knock(browser, door)
    with django_capture_on_commit_callbacks(execute=True):
        _let_in(coach, Knock.objects.get())
    assert browser.get(f"{WAITING}stand/").content == b"in"
    assert browser.get(WAITING)["Location"] == "/uitnodiging/"
    assert _join(browser).status_code == 302
    joined = Membership.objects.get(user__email=ANNA["email"])
    assert (joined.group, joined.role, joined.name) == (door.meeting.group, "participant", "Anna de Vries")


def test_a_new_address_that_was_typed_in_the_room_is_proven_by_the_mail_alone(
    door: Door, coach: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    browser = Client()
    _knock(browser, door)
    with django_capture_on_commit_callbacks(execute=True):
        _let_in(coach, Knock.objects.get())
    page = browser.get(WAITING)
    assert page.status_code == 200 and "Open nu je mail" in page.content.decode()
    assert browser.get("/uitnodiging/").status_code == 404
    found = re.search(r"/uitnodiging/[\w-]+/", str(mail.outbox[0].body))
    assert found is not None
    browser.get(found[0])
    assert _join(browser).status_code == 302
    assert Membership.objects.filter(user__email=ANNA["email"], group=door.meeting.group).exists()


def test_an_address_with_an_account_signs_in_and_only_its_owner_joins(door: Door, coach: Membership) -> None:
    """Someone else types it, and the coach lets them in: they get no further than the login page."""
    _invited(door.meeting.group, coach)
    user = make_user("Anna de Vries", email=ANNA["email"])
    browser = Client()
    _knock(browser, door)
    _let_in(coach, Knock.objects.get())
    assert browser.get(WAITING)["Location"] == "/uitnodiging/"
    refused = _join(browser)
    assert refused.status_code == 422 and "Log in, dan kun je meedoen" in refused.content.decode()
    assert Membership.objects.filter(user=user).count() == 0

    browser.force_login(user, "django.contrib.auth.backends.ModelBackend")
    assert browser.get(WAITING)["Location"] == "/uitnodiging/"
    assert _join(browser).url == "/"
    assert Membership.objects.get(user=user).group == door.meeting.group


def test_who_is_signed_in_with_another_address_gets_no_further(
    door: Door, coach: Membership, outsider: User, sign_in: SignIn
) -> None:
    browser = sign_in(outsider)
    _knock(browser, door)
    _let_in(coach, Knock.objects.get())
    assert browser.get(WAITING).status_code == 200
    assert browser.get("/uitnodiging/").status_code == 404


def test_a_place_as_coach_is_never_given_at_the_door(door: Door, coach: Membership) -> None:
    _invited(door.meeting.group, coach, role=Membership.Role.COACH)
    browser = Client()
    _knock(browser, door)
    knock = _let_in(coach, Knock.objects.get())
    assert knock.is_known is False
    assert browser.get(WAITING).status_code == 200
    assert browser.get("/uitnodiging/").status_code == 404


def test_who_takes_part_already_is_told_to_log_in_and_gets_no_invitation(
    door: Door, coach: Membership, participant: Membership
) -> None:
    browser = Client()
    _knock(browser, door, email=participant.user.email)
    _let_in(coach, Knock.objects.get())
    assert "doe je al mee" in browser.get(WAITING).content.decode()
    assert Invitation.objects.count() == 0
    browser.force_login(participant.user, "django.contrib.auth.backends.ModelBackend")
    assert browser.get(WAITING)["Location"] == f"/bijeenkomsten/{door.meeting_id}/"


def test_what_is_held_on_this_phone_ends_when_it_is_revoked_sent_again_or_an_hour_old(
    door: Door, coach: Membership
) -> None:
    invitation = _invited(door.meeting.group, coach)
    browser = Client()
    _knock(browser, door)
    _let_in(coach, Knock.objects.get())
    browser.get(WAITING)
    assert browser.get("/uitnodiging/").status_code == 200
    with time_machine.travel(timezone.now() + ROOM_FOR + timedelta(minutes=1)):
        assert browser.get("/uitnodiging/").status_code == 404
    invitation.refresh_from_db()
    inviting.revoke_invitation(actor=coach.user, invitation=invitation)
    assert browser.get("/uitnodiging/").status_code == 410
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        inviting.resend_invitation(actor=coach.user, invitation=invitation)
        assert browser.get("/uitnodiging/").status_code == 404


def test_niet_keeps_nothing_and_says_the_same_as_a_meeting_that_is_over(
    door: Door, coach: Membership, sign_in: SignIn
) -> None:
    browser = Client()
    _knock(browser, door)
    sign_in(coach).post(reverse("meetings:turn_away", args=[Knock.objects.get().pk]))
    assert Knock.objects.count() == 0
    assert browser.get(f"{WAITING}stand/").content == b"gone"
    page = browser.get(WAITING)
    assert page.status_code == 404 and "Je wacht niet meer" in page.content.decode()


def test_who_was_let_in_is_not_turned_away_by_a_page_that_is_behind(door: Door, coach: Membership) -> None:
    knock = _let_in(coach, _waits(door))
    doors.turn_away(actor=coach.user, knock=knock)
    assert Knock.objects.count() == 1


def test_who_waits_goes_on_waiting_when_the_qr_leaves_the_scherm(door: Door, coach: Membership) -> None:
    browser = Client()
    _knock(browser, door)
    doors.shut_door(actor=coach.user, meeting=door.meeting)
    assert "Jouw nummer" in browser.get(WAITING).content.decode()
    with pytest.raises(ValidationError, match="weer dicht"):
        doors.add_knock(actor=coach.user, door=door, key=uuid4(), name=ANNA["name"], email=ANNA["email"])
    assert _let_in(coach, Knock.objects.get()).let_in_at is not None


def test_a_coach_of_another_group_sees_and_lets_in_nobody(door: Door, other_coach: Membership, sign_in: SignIn) -> None:
    knock = _waits(door)
    browser = sign_in(other_coach)
    for name in ("let_in", "turn_away"):
        assert browser.post(reverse(f"meetings:{name}", args=[knock.pk])).status_code == 404
    assert Knock.objects.get().let_in_at is None


def test_what_was_typed_with_an_address_is_in_its_owners_data_and_does_not_say_where(
    door: Door, outsider: User
) -> None:
    _waits(door, email=outsider.email)
    rows = knocks_part(outsider).rows
    assert [(row["naam"], row["e-mailadres"]) for row in rows] == [("Anna de Vries", outsider.email)]
    assert door.meeting.group.name not in str(rows)


def test_one_door_does_not_open_another(door: Door, coach: Membership) -> None:
    other = make_group("Hunzedal")
    leads = make_member(other, "Karin Bos", coach=True)
    elsewhere = make_meeting(other)
    make_agenda_item(elsewhere)
    running.start_meeting(actor=leads.user, meeting=elsewhere)
    second = doors.open_door(actor=leads.user, meeting=elsewhere)
    assert {find_door(one.shown_code) for one in (door, second)} == {door, second}
    assert find_door("") is None and find_door("x" * 500) is None
