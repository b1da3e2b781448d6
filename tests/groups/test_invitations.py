"""From a pasted address to a member: the mail, its link, accepting, and every way in which a link has ended."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from groups.addresses import Address
from groups.models import Invitation, Membership, NetworkGroup, School, User
from groups.services import (
    accept_as_new,
    create_group,
    invite_coach,
    invite_people,
    publish_group,
    remove_member,
    resend_invitation,
    revoke_invitation,
)
from netwerkleren.base.models import AuditEvent
from tests.factories import make_user

SignIn = Callable[[Membership | User], Client]
ANNA = Address("anna@school.example", "Anna de Vries")
FILLED = {
    "name": "Anna de Vries",
    "school_name": "obs De Lindenhof",
    "school_place": "Assen",
    "discipline": "leerkracht groep 5",
    "password": "fiets-regen-appeltaart",
}

BUTTON_ONLY = {"csrfmiddlewaretoken": "x"}
"""What a browser sends when nothing was filled in."""


@pytest.fixture
def invite(coach: Membership, django_capture_on_commit_callbacks: Callable) -> Callable[..., str]:
    """`invite(address)` sends an invitation and answers the link in its mail, as a path."""

    def _invite(person: Address = ANNA) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            invite_people(coach.user, group=coach.group, people=[person])
        return link_in(mail.outbox[-1])

    return _invite


def link_in(message: mail.EmailMessage) -> str:
    found = re.search(r"http://[^/\s]+(/uitnodiging/[\w-]+/)", str(message.body))
    assert found is not None
    return found[1]


def open_link(link: str, client: Client | None = None) -> tuple[Client, str]:
    """Follows a link of a mail; answers the browser and the clean address where it ends."""
    client = client or Client()
    response = client.get(link)
    assert response.status_code == 302, response.content
    return client, response.headers["Location"]


def test_a_draft_sends_no_mail_and_publishing_invites_everyone_once(
    coach: Membership, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        group = create_group(coach.user, name="Drenthe", people=[ANNA, Address("tom@school.example")])
    assert mail.outbox == []
    assert [invitation.state for invitation in group.invitations.all()] == ["draft", "draft"]

    with django_capture_on_commit_callbacks(execute=True):
        assert publish_group(coach.user, group=group) is True
        assert publish_group(coach.user, group=group) is False
    assert sorted(message.to[0] for message in mail.outbox) == ["anna@school.example", "tom@school.example"]
    assert {invitation.state for invitation in group.invitations.all()} == {"invited"}


def test_the_mail_has_one_link_in_text_and_html_and_comes_in_the_coachs_name(
    coach: Membership, invite: Callable[..., str]
) -> None:
    link = invite()
    message = mail.outbox[0]
    html = str(message.alternatives[0][0])  # type: ignore[attr-defined]
    assert message.subject == "Doe mee met netwerkgroep De Hondsrug"
    assert message.from_email.startswith('"Hanneke Dijkstra via Netwerkleren"') or message.from_email.startswith(
        "Hanneke Dijkstra via Netwerkleren"
    )
    assert message.reply_to == [coach.user.email]
    assert link in html
    assert "Hallo Anna de Vries," in str(message.body)
    assert "Leerlingen met autisme in de klas" in str(message.body)


def test_only_a_hash_of_the_token_is_kept(invite: Callable[..., str]) -> None:
    token = invite().split("/")[2]
    stored = Invitation.objects.get()
    assert len(token) >= 43
    assert token not in stored.token_hash
    assert len(stored.token_hash) == 64


def test_looking_at_the_link_changes_nothing(invite: Callable[..., str]) -> None:
    link = invite()
    before = Invitation.objects.values().get()
    client = Client()
    assert client.head(link).status_code == 302
    client, page = open_link(link, client)
    assert client.get(page).status_code == 200
    assert client.post(link).status_code == 405
    assert Invitation.objects.values().get() == before


def test_the_link_leaves_no_trace_and_the_page_is_no_search_engines(invite: Callable[..., str]) -> None:
    client = Client()
    exchanged = client.get(invite())
    assert exchanged.headers["Referrer-Policy"] == "no-referrer"
    page = client.get(exchanged.headers["Location"])
    for answer in (exchanged, page):
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in answer.headers["Cache-Control"]


def test_accepting_makes_an_account_signs_in_and_leads_to_vandaag(
    invite: Callable[..., str], group: NetworkGroup
) -> None:
    client, page = open_link(invite())
    assert 'value="Anna de Vries"' in client.get(page).content.decode()
    response = client.post(page, FILLED)
    assert (response.status_code, response.headers["Location"]) == (302, "/")

    user = User.objects.get(email="anna@school.example")
    membership = user.memberships.get()
    assert (membership.group, membership.role, str(membership.school), membership.discipline) == (
        group,
        "participant",
        "obs De Lindenhof, Assen",
        "leerkracht groep 5",
    )
    assert user.check_password("fiets-regen-appeltaart") and not user.is_coach
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("anna@school.example", True, True)
    ]
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/").status_code == 200
    assert Invitation.objects.get().state == "accepted"
    assert AuditEvent.objects.filter(action="invitation.accepted", actor_id=user.pk).count() == 1


def test_a_known_address_logs_in_and_accepts(invite: Callable[..., str], sign_in: SignIn, group: NetworkGroup) -> None:
    known = make_user("Anna", email="anna@school.example")
    client, page = open_link(invite())
    anonymous = client.get(page).content.decode()
    assert f"/account/login/?next={page}" in anonymous
    login = client.post(
        "/account/login/", {"login": known.email, "password": "een-lang-wachtwoord", "next": page}, follow=False
    )
    assert login.headers["Location"] == page
    answer = client.post(page, {"school_name": "De Brink", "school_place": "Zuidlaren", "discipline": "ib'er"})
    assert answer.headers["Location"] == "/"
    assert known.memberships.get().group == group
    assert User.objects.count() == 2  # the coach and Anna


def test_the_page_is_the_same_for_a_known_and_an_unknown_address(invite: Callable[..., str]) -> None:
    pages = []
    for person in (ANNA, Address("nieuw@school.example", ANNA.name)):
        if person is ANNA:
            make_user("Anna", email=ANNA.email)
        client, page = open_link(invite(person))
        text = re.sub(r"csrf[^>]*>|value=\"[\w+/=]{60,}\"", "", client.get(page).content.decode())
        pages.append(text.replace(person.email, "ADDRESS"))
    assert pages[0] == pages[1]


def test_a_known_address_that_fills_in_the_form_is_told_to_log_in_and_the_link_stays_good(
    invite: Callable[..., str],
) -> None:
    make_user("Anna", email=ANNA.email)
    client, page = open_link(invite())
    response = client.post(page, FILLED)
    assert response.status_code == 200
    assert "Er is al een account met dit e-mailadres. Log in, dan kun je meedoen." in response.content.decode()
    assert Invitation.objects.get().is_open
    assert Membership.objects.participants().count() == 0


def test_someone_elses_account_cannot_take_the_place(
    invite: Callable[..., str], sign_in: SignIn, outsider: User
) -> None:
    client, page = open_link(invite(), sign_in(outsider))
    assert "voor een ander adres" in client.get(page).content.decode()
    response = client.post(page, {"school_name": "X", "school_place": "Y", "discipline": "z"})
    assert "voor een ander adres" in response.content.decode()
    assert not outsider.memberships.exists()


@pytest.mark.parametrize(
    ("ended", "status", "said"),
    [
        ("unknown", 404, "Deze link werkt niet"),
        ("accepted", 410, "al gebruikt"),
        ("revoked", 410, "geldt niet meer"),
        ("expired", 410, "is verlopen"),
        ("replaced", 404, "laatste mail"),
    ],
)
def test_a_link_that_has_ended_says_why(
    ended: str,
    status: int,
    said: str,
    invite: Callable[..., str],
    coach: Membership,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    link = invite()
    invited = Invitation.objects.get()
    client, page = open_link(link)
    if ended == "unknown":
        link = "/uitnodiging/verzonnen/"
        client.cookies.clear()
    elif ended == "accepted":
        accept_as_new(coach.user, invitation=invited, name="Anna", password=FILLED["password"], discipline="x")
    elif ended == "revoked":
        revoke_invitation(coach.user, invitation=invited)
    elif ended == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        with time_machine.travel(timezone.now() + timedelta(days=2)), django_capture_on_commit_callbacks(execute=True):
            assert resend_invitation(coach.user, invitation=invited)
    users = User.objects.count()
    for answer in (client.get(link), client.get(page), client.post(page, FILLED)):
        assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert User.objects.count() == users


def test_a_link_is_good_for_14_days(invite: Callable[..., str]) -> None:
    link = invite()
    with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
        assert Client().get(link).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(days=14, hours=1)):
        assert Client().get(link).status_code == 410


def test_two_clicks_make_one_member(invite: Callable[..., str]) -> None:
    client, page = open_link(invite())
    second = Client()
    second.cookies = client.cookies.copy()  # type: ignore[assignment]
    assert client.post(page, FILLED).status_code == 302
    # The session of the first click has a new key: what the second click sends is worth nothing by itself.
    assert second.post(page, FILLED).status_code in (404, 410)
    assert User.objects.filter(email=ANNA.email).count() == 1
    with pytest.raises(ValidationError, match="al gebruikt"):
        accept_as_new(None, invitation=Invitation.objects.get(), name="Anna", password=FILLED["password"])


def test_an_empty_form_says_what_misses_beside_each_field_and_nothing_is_made(invite: Callable[..., str]) -> None:
    client, page = open_link(invite())
    response = client.post(page, BUTTON_ONLY)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"name", "school_name", "discipline", "password"}
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "x" * 5000, "80 tekens"),
        ("discipline", "é" * 5000, "200 tekens"),
        ("school_name", "x" * 5000, "200 tekens"),
        ("password", "kort", "te kort"),
        ("password", "wachtwoord1234567890" * 10, "128 tekens"),
        ("password", "annadevries", "lijkt te veel op"),
        ("school_place", "", "In welke plaats"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_the_rest_stays(
    field: str, value: str, said: str, invite: Callable[..., str]
) -> None:
    client, page = open_link(invite())
    response = client.post(page, {**FILLED, field: value})
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert said in str(form.errors[field])
    kept = {name: form[name].value() for name in ("name", "discipline", "school_name", "school_place")}
    assert kept == {name: {**FILLED, field: value}[name] for name in kept}
    assert User.objects.count() == 1


def test_emoji_and_right_to_left_names_are_names(invite: Callable[..., str]) -> None:
    client, page = open_link(invite())
    assert client.post(page, {**FILLED, "name": "نورا 🌞 <b>Ö</b>"}).status_code == 302
    assert User.objects.get(email=ANNA.email).name == "نورا 🌞 <b>Ö</b>"
    assert "<b>Ö</b>" not in client.get("/mijn-gegevens/").content.decode()


def test_a_photo_comes_along_and_a_bad_one_is_refused(invite: Callable[..., str]) -> None:
    client, page = open_link(invite())
    fake = SimpleUploadedFile("foto.jpg", b"geen foto", "image/jpeg")
    response = client.post(page, {**FILLED, "photo": fake})
    assert "geen foto" in str(response.context["form"].errors["photo"])
    assert User.objects.count() == 1

    picture = BytesIO()
    Image.new("RGB", (700, 900)).save(picture, "PNG")
    photo = SimpleUploadedFile("../../ik.png", picture.getvalue(), "image/png")
    assert client.post(page, {**FILLED, "photo": photo}).status_code == 302
    assert re.fullmatch(r"photos/[0-9a-f]{32}\.webp", User.objects.get(email=ANNA.email).photo.name or "")


def test_a_good_photo_is_kept_while_another_field_is_wrong(invite: Callable[..., str]) -> None:
    client, page = open_link(invite())
    picture = BytesIO()
    Image.new("RGB", (700, 900), (10, 200, 30)).save(picture, "JPEG")
    photo = SimpleUploadedFile("ik.jpg", picture.getvalue(), "image/jpeg")
    refused = client.post(page, {**FILLED, "password": "kort", "photo": photo}).content.decode()
    kept = re.search(r'name="photo-kept" value="([^"]+)"', refused)
    assert kept is not None

    assert client.post(page, {**FILLED, "photo-kept": kept[1]}).status_code == 302
    with User.objects.get(email=ANNA.email).photo.open("rb") as file, Image.open(file) as stored:
        red, green, blue = stored.convert("RGB").getpixel((256, 256))  # type: ignore[misc]
    assert green > 150 and red < 60 and blue < 80


@pytest.mark.parametrize("kept", ["geen base64!", "Z2VlbiBmb3Rv"])
def test_what_is_sent_as_a_kept_photo_is_checked_like_any_other(kept: str, invite: Callable[..., str]) -> None:
    client, page = open_link(invite())
    response = client.post(page, {**FILLED, "password": "kort", "photo-kept": kept})
    assert "photo-kept" not in response.content.decode()
    client.post(page, {**FILLED, "photo-kept": kept})
    assert not User.objects.filter(email=ANNA.email).exclude(photo="").exists()


def test_a_school_of_the_group_can_be_picked_and_one_of_another_group_cannot(
    invite: Callable[..., str], participant: Membership, other_member: Membership
) -> None:
    client, page = open_link(invite())
    filled = {**FILLED, "school_name": "", "school_place": ""}
    response = client.post(page, {**filled, "school": str(other_member.school_id)})
    assert list(response.context["form"].errors) == ["school"]
    assert client.post(page, {**filled, "school": str(participant.school_id)}).status_code == 302
    assert Membership.objects.get(user__email=ANNA.email).school == participant.school


def test_the_same_school_typed_otherwise_is_one_school(invite: Callable[..., str], participant: Membership) -> None:
    client, page = open_link(invite())
    schools = School.objects.count()
    client.post(page, {**FILLED, "school_name": "OBS de lindenhof", "school_place": "assen"})
    assert School.objects.count() == schools
    assert Membership.objects.get(user__email=ANNA.email).school == participant.school


def test_who_is_a_member_or_invited_already_gets_no_second_mail(
    coach: Membership, participant: Membership, django_capture_on_commit_callbacks: Callable
) -> None:
    people = [ANNA, Address(participant.user.email)]
    with django_capture_on_commit_callbacks(execute=True):
        assert len(invite_people(coach.user, group=coach.group, people=people)) == 1
        assert invite_people(coach.user, group=coach.group, people=people) == []
    assert [message.to for message in mail.outbox] == [[ANNA.email]]


def test_sending_again_ends_the_old_link_and_a_second_click_sends_nothing(
    invite: Callable[..., str], coach: Membership, django_capture_on_commit_callbacks: Callable
) -> None:
    old = invite()
    invited = Invitation.objects.get()
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        assert invited.state == "expired"
        with django_capture_on_commit_callbacks(execute=True):
            assert resend_invitation(coach.user, invitation=invited) is True
            assert resend_invitation(coach.user, invitation=invited) is False
        assert len(mail.outbox) == 2
        assert Client().get(old).status_code == 404
        assert Client().get(link_in(mail.outbox[-1])).status_code == 302


def test_who_was_removed_can_be_invited_again(
    coach: Membership, participant: Membership, invite: Callable[..., str], sign_in: SignIn
) -> None:
    remove_member(coach.user, membership=participant)
    client, page = open_link(invite(Address(participant.user.email)), sign_in(participant))
    client.post(page, {"school": str(participant.school_id), "discipline": "groep 6"})
    back = Membership.objects.get(pk=participant.pk)
    assert (back.left, back.discipline) == (None, "groep 6")


def test_a_mail_that_waits_is_dropped_when_the_invitation_was_revoked(
    coach: Membership, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        [invited] = invite_people(coach.user, group=coach.group, people=[ANNA])
        revoke_invitation(coach.user, invitation=invited)
    assert mail.outbox == []


def test_a_beheerder_invites_a_coach_in_the_admin(
    beheerder: User, sign_in: SignIn, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = sign_in(beheerder).post("/beheer/groups/invitation/add/", {"email": "Coach@School.example"})
    assert response.status_code == 302
    assert mail.outbox[0].subject == "Je bent uitgenodigd als coach"
    client, page = open_link(link_in(mail.outbox[0]))
    response = client.post(page, {"name": "Karin Bos", "password": FILLED["password"]})
    assert response.headers["Location"] == "/"
    karin = User.objects.get(email="coach@school.example")
    assert (karin.is_coach, karin.is_staff, karin.memberships.count()) == (True, False, 0)


def test_a_known_user_becomes_coach_by_invitation(
    beheerder: User, outsider: User, sign_in: SignIn, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invite_coach(beheerder, email=outsider.email)
    client, page = open_link(link_in(mail.outbox[0]), sign_in(outsider))
    assert client.post(page, BUTTON_ONLY).headers["Location"] == "/"
    outsider.refresh_from_db()
    assert outsider.is_coach


def test_the_coach_pastes_sends_again_and_revokes(
    coach: Membership, sign_in: SignIn, django_capture_on_commit_callbacks: Callable
) -> None:
    client = sign_in(coach)
    page = f"/groepen/{coach.group_id}/uitnodigingen/"
    response = client.post(page, {"people": f"Anna <anna@school.example>; kapot; {coach.user.email}"})
    assert "Dit is geen e-mailadres: “kapot”." in response.content.decode()
    assert "anna@school.example" in response.content.decode()
    assert Invitation.objects.count() == 0

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"people": "Anna <anna@school.example>; kapot", "without_bad": "1"})
    assert [message.to for message in mail.outbox] == [["anna@school.example"]]
    invited = Invitation.objects.get()
    assert "uitgenodigd" in client.get(page).content.decode()
    client.post(f"/groepen/uitnodigingen/{invited.pk}/intrekken/")
    assert "ingetrokken" in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/groepen/uitnodigingen/{invited.pk}/opnieuw/")
    assert len(mail.outbox) == 2


def test_more_people_than_a_group_holds_is_said(coach: Membership, sign_in: SignIn) -> None:
    many = "\n".join(f"p{number}@school.example" for number in range(61))
    response = sign_in(coach).post(f"/groepen/{coach.group_id}/uitnodigingen/", {"people": many})
    assert "Dit zijn 61 mensen. Een groep heeft er hoogstens 60." in response.content.decode()
    assert Invitation.objects.count() == 0
