""" "Dit is mijn eigen telefoon": it adds for sixty days, shows nothing of others, and ends in each of its ways
(docs/security.md L3)."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup, OwnDevice, User
from groups.own_phone import OWN_DEVICE_COOKIE
from groups.services import accounts, members, own_devices
from leervragen.models import Leervraag
from meetings.models import Meeting
from netwerkleren.base.models import AuditEvent
from tests.access.table import leads_to_login, own_phone_of
from tests.factories import add_second_factor
from tests.groups.signing_in import log_in
from tests.types import SignIn
from tests.video_feedback.factories import make_clip
from video_feedback.models import Talentmoment

NOTE = "/talentmomenten/"
DEVICES = "/account/sessions/"


def note(browser: Client, text: str = "Een leerling telde hardop.", **more: str) -> int:
    return int(browser.post(NOTE, {"key": str(uuid4()), "text": text, **more}).status_code)


def lets_add(browser: Client) -> bool:
    return not leads_to_login(browser.get(NOTE))


@pytest.fixture
def phone(participant: Membership) -> Client:
    """Of `participant`, who is not signed in on it."""
    return own_phone_of(participant.user)


def test_after_three_hours_it_notes_and_reads_nothing_of_others(
    participant: Membership, maatje: Membership, meeting: Meeting
) -> None:
    Talentmoment.objects.create(author=maatje, text="Wat Yusuf zag", meeting=meeting)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = log_in(participant.user)
        assert browser.post(reverse("groups:make_own_device"))["Location"] == DEVICES
        assert "Wat Yusuf zag" in browser.get(NOTE).content.decode()
        clock.shift(timedelta(hours=4))

        page = browser.get(NOTE).content.decode()

        assert note(browser) == 302
        after = browser.get(NOTE).content.decode()
        assert "Je schrijft als Marijke Hoekstra." in page and "Wat Yusuf zag" not in page + after
        assert "Een leerling telde hardop." in after
        for address in ("/", reverse("video_feedback:talentmoment_wall", args=[meeting.pk]), "/fragmenten/"):
            assert leads_to_login(browser.get(address))
        noted = Talentmoment.objects.get(author=participant)
        assert (noted.text, noted.meeting) == ("Een leerling telde hardop.", meeting)


def test_it_adds_for_sixty_days_and_no_longer(phone: Client) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=59, hours=23)):
        assert note(phone) == 302
    with time_machine.travel(timezone.now() + timedelta(days=60, seconds=1)):
        assert leads_to_login(phone.post(NOTE, {"key": str(uuid4()), "text": "Te laat"}))
    assert Talentmoment.objects.count() == 1


def test_a_leervraag_is_handed_in_and_those_of_others_are_not_shown(
    participant: Membership, maatje: Membership, meeting: Meeting, phone: Client
) -> None:
    Leervraag.objects.create(meeting=meeting, author=maatje, text="De vraag van Yusuf")
    address = reverse("leervragen:leervragen", args=[meeting.pk])
    assert address in phone.get(NOTE).content.decode()
    body = {"key": str(uuid4()), "text": "Hoe wacht ik langer?", "nobody_recognisable": "on"}

    answer = phone.post(address, body)

    page = phone.get(address).content.decode()
    assert answer["Location"] == address
    assert "Hoe wacht ik langer?" in page and "De vraag van Yusuf" not in page
    assert Leervraag.objects.get(author=participant).text == "Hoe wacht ik langer?"
    line = AuditEvent.objects.get(action="leervraag.handed_in")
    assert line.actor_id == participant.user_id


def test_no_fragment_goes_along_and_none_is_named(participant: Membership, meeting: Meeting, phone: Client) -> None:
    clip = make_clip(participant, title="Mijn les")
    address = reverse("leervragen:leervragen", args=[meeting.pk])
    pages = phone.get(NOTE).content.decode() + phone.get(address).content.decode()

    note(phone, clip=str(clip.pk))
    phone.post(address, {"key": str(uuid4()), "text": "Hoe?", "nobody_recognisable": "on", "clip": str(clip.pk)})

    assert "Mijn les" not in pages
    assert Talentmoment.objects.get().clip is None and Leervraag.objects.get().clip is None
    assert leads_to_login(phone.get(reverse("video_feedback:film", args=[clip.pk])))


def test_of_a_coach_it_does_nothing_that_is_for_coaches(
    coach: Membership, participant: Membership, meeting: Meeting
) -> None:
    phone = own_phone_of(coach.user)
    address = reverse("leervragen:leervragen", args=[meeting.pk])
    body = {"key": str(uuid4()), "text": "Hoe?", "nobody_recognisable": "on", "author": str(participant.pk)}

    page = phone.get(address).content.decode()
    phone.post(address, body)

    assert participant.name not in page
    assert Leervraag.objects.get().author == coach
    for name in ("meetings:lead", "meetings:agenda", "leervragen:meetlat"):
        assert leads_to_login(phone.get(reverse(name, args=[meeting.pk])))
    assert leads_to_login(phone.get("/beheer/"))


def test_it_is_no_way_round_a_second_step(coach_without_factor: Membership) -> None:
    phone = own_phone_of(coach_without_factor.user)
    assert not lets_add(phone)
    add_second_factor(coach_without_factor.user)
    assert lets_add(phone)


def test_it_is_the_owners_for_what_it_may_add_and_nobodys_for_the_rest(
    participant: Membership, meeting: Meeting, phone: Client
) -> None:
    def who(**headers: str) -> str:
        return str(phone.get("/wie/", headers=headers).json()["account"])

    mine = str(participant.user_id)
    assert who(**{"X-Sends-To": NOTE}) == mine
    assert who(**{"X-Sends-To": reverse("leervragen:leervragen", args=[meeting.pk])}) == mine
    for address in ("", "/", "/fragmenten/nieuw/", "/bestaat-niet/", "//[", "https://elders.example/talentmomenten/x/"):
        assert who(**{"X-Sends-To": address}) == ""
    assert who() == ""


def test_what_is_sent_without_a_token_of_the_page_is_refused(participant: Membership, phone: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[OWN_DEVICE_COOKIE] = phone.cookies[OWN_DEVICE_COOKIE].value
    assert note(strict) == 403
    token = strict.get("/wie/", headers={"X-Sends-To": NOTE}).json()["token"]
    assert note(strict, csrfmiddlewaretoken=token) == 302


def test_the_outbox_of_noteren_sends_from_it_once(phone: Client) -> None:
    body = {"key": str(uuid4()), "text": "Zonder netwerk geschreven"}
    for _turn in range(2):
        assert phone.post(NOTE, body, headers={"X-From-Outbox": "1", "Accept": "text/html"}).status_code == 302
    assert Talentmoment.objects.count() == 1


def test_another_password_ends_it(participant: Membership, phone: Client) -> None:
    assert lets_add(phone)
    participant.user.set_password("een-heel-ander-wachtwoord")
    participant.user.save()
    assert not lets_add(phone)
    assert OwnDevice.objects.of(participant.user) == []


def test_leaving_the_group_ends_it(coach: Membership, participant: Membership, phone: Client) -> None:
    members.remove_member(actor=coach.user, membership=participant)
    assert not lets_add(phone)
    assert not OwnDevice.objects.exists()


def test_a_closed_group_ends_it(group: NetworkGroup, participant: Membership, meeting: Meeting, phone: Client) -> None:
    NetworkGroup.objects.filter(pk=group.pk).update(closed_at=timezone.now())
    assert not lets_add(phone)
    assert leads_to_login(phone.get(reverse("leervragen:leervragen", args=[meeting.pk])))


def test_of_two_groups_it_adds_to_the_one_that_is_open(
    group: NetworkGroup, participant: Membership, meeting: Meeting, other_group: NetworkGroup, phone: Client
) -> None:
    Membership.objects.create(user=participant.user, group=other_group)
    NetworkGroup.objects.filter(pk=group.pk).update(closed_at=timezone.now())
    assert note(phone, author=str(participant.pk)) == 302
    assert Talentmoment.objects.get().author.group == other_group
    assert phone.get(reverse("leervragen:leervragen", args=[meeting.pk])).status_code == 404


def test_the_end_of_the_account_ends_it(participant: Membership, phone: Client) -> None:
    accounts.delete_account(actor=participant.user)
    assert not lets_add(phone)
    assert not OwnDevice.objects.exists()


def test_an_account_that_is_not_active_adds_nothing(participant: Membership, phone: Client) -> None:
    User.objects.filter(pk=participant.user_id).update(is_active=False)
    assert not lets_add(phone)


def test_signing_out_on_it_ends_it(participant: Membership) -> None:
    browser = log_in(participant.user)
    browser.post(reverse("groups:make_own_device"))
    browser.post(reverse("account_logout"))
    assert not lets_add(browser)
    assert not OwnDevice.objects.exists()


def test_another_who_signs_in_on_it_ends_it(participant: Membership, colleague: Membership, phone: Client) -> None:
    phone.post("/account/login/", {"login": colleague.user.email, "password": "een-lang-wachtwoord"})
    assert phone.get("/").status_code == 200
    assert not OwnDevice.objects.exists()


def test_its_owner_signs_in_on_it_and_it_stays(participant: Membership, phone: Client) -> None:
    phone.post("/account/login/", {"login": participant.user.email, "password": "een-lang-wachtwoord"})
    assert "Hier ben je nu" in phone.get(DEVICES).content.decode()
    assert OwnDevice.objects.of(participant.user) == list(OwnDevice.objects.all())


def test_its_owner_ends_it_from_elsewhere_and_nobody_else_does(
    participant: Membership, colleague: Membership, phone: Client, sign_in: SignIn
) -> None:
    device = OwnDevice.objects.get()
    address = reverse("groups:end_own_device", args=[device.pk])
    assert address in sign_in(participant).get(DEVICES).content.decode()
    assert address not in sign_in(colleague).get(DEVICES).content.decode()

    assert sign_in(colleague).post(address).status_code == 302
    assert lets_add(phone)
    assert sign_in(participant).post(address).status_code == 302
    assert not lets_add(phone)


def test_logging_out_everywhere_else_ends_those_that_are_elsewhere(participant: Membership, phone: Client) -> None:
    here = log_in(participant.user)
    here.post(reverse("groups:make_own_device"))
    here.post(DEVICES)
    assert not lets_add(phone)
    assert OwnDevice.objects.count() == 1


def test_logging_out_its_session_from_elsewhere_ends_it_too(participant: Membership) -> None:
    phone, laptop = log_in(participant.user), log_in(participant.user)
    phone.post(reverse("groups:make_own_device"))
    session = phone.session.session_key
    page = laptop.get(DEVICES)
    pk = next(row.pk for row in page.context["sessions"] if row.session_key == session)
    laptop.post(reverse("groups:end_device"), {"device": pk})
    assert not lets_add(phone)


def test_on_the_phone_itself_it_is_let_go_without_signing_in(phone: Client) -> None:
    answer = phone.post(reverse("groups:forget_own_device"))
    assert answer["Location"] == "/" and leads_to_login(phone.get("/"))
    assert phone.cookies[OWN_DEVICE_COOKIE].value == ""
    assert not OwnDevice.objects.exists()


def test_who_is_in_no_group_is_told_so(outsider: User, sign_in: SignIn) -> None:
    browser = sign_in(outsider)
    browser.post(reverse("groups:make_own_device"))
    assert "Je zit nog niet in een groep." in browser.get(DEVICES).content.decode()
    assert OWN_DEVICE_COOKIE not in browser.cookies and not OwnDevice.objects.exists()


def test_its_token_is_long_kept_as_a_hash_and_out_of_reach_of_scripts(participant: Membership, sign_in: SignIn) -> None:
    browser = sign_in(participant)
    browser.post(reverse("groups:make_own_device"))
    cookie = browser.cookies[OWN_DEVICE_COOKIE]
    device = OwnDevice.objects.get()
    assert len(cookie.value) >= 43 and cookie.value not in str(vars(device))
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert not lets_add(_with_cookie("verzonnen")) and not lets_add(_with_cookie(device.token_hash))


def _with_cookie(value: str) -> Client:
    client = Client()
    client.cookies[OWN_DEVICE_COOKIE] = value
    return client


def test_one_browser_is_one_device(participant: Membership, sign_in: SignIn) -> None:
    browser = sign_in(participant)
    for _turn in range(3):
        browser.post(reverse("groups:make_own_device"))
    assert OwnDevice.objects.count() == 1


def test_making_and_ending_stand_in_the_audit(participant: Membership, coach: Membership) -> None:
    device, _token = own_devices.make_own_device(actor=participant.user, user_agent="")
    own_devices.end_own_device(actor=participant.user, device=device.pk)
    own_devices.make_own_device(actor=participant.user, user_agent="")
    members.remove_member(actor=coach.user, membership=participant)
    lines = AuditEvent.objects.filter(action__startswith="own_device").order_by("pk")
    assert [(line.action, line.actor_id, line.object_id) for line in lines] == [
        ("own_device.made", participant.user_id, str(participant.user_id)),
        ("own_device.ended", participant.user_id, str(participant.user_id)),
        ("own_device.made", participant.user_id, str(participant.user_id)),
        ("own_device.ended", coach.user_id, str(participant.user_id)),
    ]


def test_no_browser_keeps_its_pages(phone: Client) -> None:
    assert "no-store" in phone.get(NOTE)["Cache-Control"]


def test_after_joining_it_is_offered_on_a_phone(participant: Membership, sign_in: SignIn) -> None:
    page = sign_in(participant).get(reverse("groups:welcome")).content.decode()
    part = page[page.index('<div class="only-phone') :]
    assert f'action="{reverse("groups:make_own_device")}"' in part


def test_the_login_page_leads_to_noteren(phone: Client, client: Client) -> None:
    assert f'href="{NOTE}"' in phone.get("/account/login/").content.decode()
    assert f'href="{NOTE}"' not in client.get("/account/login/").content.decode()
