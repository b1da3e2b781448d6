"""From the link in a mail to a member: accepting, and every way in which a link has ended."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from groups.addresses import Address
from groups.models import Invitation, Membership, NetworkGroup, School, User
from groups.services import closing, inviting, members
from netwerkleren.base.access import NOBODY
from netwerkleren.base.models import AuditEvent
from netwerkleren.base.tokens import hash_of
from tests.factories import make_user
from tests.types import Invite, OnCommit, SignIn

from .invited import ANNA, BUTTON_ONLY, FILLED, fill_in, open_link


def test_looking_at_the_link_changes_nothing(invite: Invite) -> None:
    link = invite()
    before = Invitation.objects.values().get()
    client = Client()
    assert client.head(link).status_code == 302
    client, page = open_link(link, client)
    assert client.get(page).status_code == 200
    assert client.post(link).status_code == 405
    assert Invitation.objects.values().get() == before


def test_the_link_leaves_no_trace_and_the_page_is_no_search_engines(invite: Invite) -> None:
    client = Client()
    exchanged = client.get(invite())
    assert exchanged.headers["Referrer-Policy"] == "no-referrer"
    page = client.get(exchanged.headers["Location"])
    for answer in (exchanged, page):
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in answer.headers["Cache-Control"]


def test_accepting_makes_an_account_signs_in_and_offers_a_passkey(invite: Invite, group: NetworkGroup) -> None:
    client, page = open_link(invite())
    assert 'value="Anna de Vries"' in client.get(page).content.decode()
    response = fill_in(client, page, FILLED)
    assert (response.status_code, response.headers["Location"]) == (302, "/welkom/")

    user = User.objects.get(email="anna@school.example")
    membership = user.memberships.get()
    assert (membership.group, membership.role, str(membership.school), membership.discipline) == (
        group,
        "participant",
        "obs De Lindenhof, Assen",
        "leerkracht groep 5",
    )
    assert user.check_password("fiets-regen-appeltaart") and not user.is_coach
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")) == [
        ("anna@school.example", True, True)
    ]
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/").status_code == 200
    offer = client.get("/welkom/").content.decode()
    assert "Welkom, Anna" in offer and f'href="{reverse("mfa_add_webauthn")}"' in offer
    # The password was chosen a moment ago, so it is not asked again.
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200
    assert Invitation.objects.get().state == "accepted"
    assert AuditEvent.objects.filter(action="invitation.accepted", actor_id=user.pk).count() == 1


@pytest.mark.parametrize(
    ("role", "of_group", "is_asked"), [("participant", True, False), ("coach", True, True), ("coach", False, True)]
)
def test_the_welcome_offers_what_there_is_for_them(
    role: str, of_group: bool, is_asked: bool, invite: Invite, group: NetworkGroup
) -> None:
    client, page = open_link(invite())
    Invitation.objects.update(role=role, group=group if of_group else None)
    fields = FILLED if of_group else {name: FILLED[name] for name in ("name", "password")}
    assert fill_in(client, page, fields).headers["Location"] == "/welkom/"

    offer = client.get("/welkom/").content.decode()

    assert ("binnen een week" in offer) == is_asked
    assert (reverse("groups:make_own_device") in offer) == of_group


def test_a_known_address_logs_in_and_accepts(invite: Invite, sign_in: SignIn, group: NetworkGroup) -> None:
    known = make_user("Anna", email="anna@school.example")
    client, page = open_link(invite())
    anonymous = client.get(page).content.decode()
    assert f"/account/login/?next={page}" in anonymous
    login = client.post(
        "/account/login/", {"login": known.email, "password": "een-lang-wachtwoord", "next": page}, follow=False
    )
    assert login.headers["Location"] == page
    answer = fill_in(client, page, {"school_name": "De Brink", "school_place": "Zuidlaren", "discipline": "ib'er"})
    assert answer.headers["Location"] == "/"
    assert known.memberships.get().group == group
    assert User.objects.count() == 2  # the coach and Anna


def test_the_page_is_the_same_for_a_known_and_an_unknown_address(invite: Invite) -> None:
    pages = []
    for person in (ANNA, Address("nieuw@school.example", ANNA.name)):
        if person is ANNA:
            make_user("Anna", email=ANNA.email)
        client, page = open_link(invite(person))
        text = re.sub(r"(?:csrf|server-now)[^>]*>|value=\"[\w+/=]{60,}\"", "", client.get(page).content.decode())
        pages.append(text.replace(person.email, "ADDRESS"))
    assert pages[0] == pages[1]


def test_a_known_address_that_fills_in_the_form_is_told_to_log_in_and_the_link_stays_good(
    invite: Invite,
) -> None:
    make_user("Anna", email=ANNA.email)
    client, page = open_link(invite())
    response = fill_in(client, page, FILLED)
    assert response.status_code == 422
    assert "Er is al een account met dit e-mailadres. Log in, dan kun je meedoen." in response.content.decode()
    assert Invitation.objects.get().is_open
    assert Membership.objects.participants().count() == 0


def test_someone_elses_account_cannot_take_the_place(invite: Invite, sign_in: SignIn, outsider: User) -> None:
    client, page = open_link(invite(), sign_in(outsider))
    assert "voor een ander adres" in client.get(page).content.decode()
    response = fill_in(client, page, {"school_name": "X", "school_place": "Y", "discipline": "z"})
    assert response.status_code == 422
    assert "voor een ander adres" in response.content.decode()
    assert not outsider.memberships.exists()


@pytest.mark.parametrize(
    ("ended", "status", "said"),
    [
        ("unknown", 404, "Deze link werkt niet"),
        ("accepted", 410, "al gebruikt"),
        ("revoked", 410, "geldt niet meer"),
        ("expired", 410, "Een uitnodiging geldt 14 dagen."),
        ("replaced", 404, "laatste mail"),
    ],
)
def test_a_link_that_has_ended_says_why(
    ended: str,
    status: int,
    said: str,
    invite: Invite,
    coach: Membership,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    link = invite()
    invited = Invitation.objects.get()
    client, page = open_link(link)
    if ended == "unknown":
        link = "/uitnodiging/verzonnen/"
        client.cookies.clear()
    elif ended == "accepted":
        inviting.accept_as_new(
            actor=coach.user, invitation=invited, name="Anna", password=FILLED["password"], discipline="x"
        )
    elif ended == "revoked":
        inviting.revoke_invitation(actor=coach.user, invitation=invited)
    elif ended == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        with time_machine.travel(timezone.now() + timedelta(days=2)), django_capture_on_commit_callbacks(execute=True):
            assert inviting.resend_invitation(actor=coach.user, invitation=invited)
    users = User.objects.count()
    for answer in (client.get(link), client.get(page), fill_in(client, page, FILLED)):
        assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert User.objects.count() == users


@pytest.mark.parametrize(("ended", "said"), [("expires_at", "geldt 14 dagen"), ("revoked_at", "is ingetrokken")])
def test_who_would_become_coach_is_sent_to_the_beheerder(ended: str, said: str, client: Client, db: None) -> None:
    gone = {ended: timezone.now()}
    Invitation.objects.create(email="lies@school.example", role="coach", token_hash=hash_of("sleutel"), **gone)
    page = client.get("/uitnodiging/sleutel/").content.decode()
    assert said in page and "Vraag" in page
    assert "beheerder van het portaal" in page and "coach die" not in page and "je coach" not in page


def test_a_group_that_was_closed_is_why_its_link_ended(invite: Invite, coach: Membership, client: Client) -> None:
    link = invite()
    closing.close_group(actor=coach.user, group=coach.group)
    assert "De groep is afgesloten." in client.get(link).content.decode()


@pytest.mark.parametrize("role", ["coach", "participant"])
def test_who_comes_back_finds_school_and_work_filled_in(
    role: str, invite: Invite, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    members.remove_member(actor=coach.user, membership=participant)
    link = invite(Address(participant.user.email))
    Invitation.objects.update(role=role)
    browser, page = open_link(link, sign_in(participant))
    form = browser.get(page).context["form"]

    fill_in(browser, page, {name: form[name].value() or "" for name in ("school", "discipline")})

    back = Membership.objects.get(pk=participant.pk)
    assert (back.left, back.role) == (None, role)
    assert (back.school, back.discipline) == (participant.school, "groep 5")


def test_a_link_is_good_for_14_days(invite: Invite) -> None:
    link = invite()
    with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
        assert Client().get(link).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(days=14, hours=1)):
        assert Client().get(link).status_code == 410


def test_two_clicks_make_one_member(invite: Invite) -> None:
    client, page = open_link(invite())
    second = Client()
    second.cookies = client.cookies.copy()  # type: ignore[assignment]
    assert fill_in(client, page, FILLED).status_code == 302
    # The session of the first click has a new key: what the second click sends is worth nothing by itself.
    assert fill_in(second, page, FILLED).status_code in (404, 410)
    assert User.objects.filter(email=ANNA.email).count() == 1
    with pytest.raises(ValidationError, match="al gebruikt"):
        inviting.accept_as_new(
            actor=NOBODY, invitation=Invitation.objects.get(), name="Anna", password=FILLED["password"]
        )


def test_an_empty_form_says_what_misses_beside_each_field_and_nothing_is_made(invite: Invite) -> None:
    client, page = open_link(invite())
    response = fill_in(client, page, BUTTON_ONLY)
    assert response.status_code == 422
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
    field: str, value: str, said: str, invite: Invite
) -> None:
    client, page = open_link(invite())
    response = fill_in(client, page, {**FILLED, field: value})
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert said in str(form.errors[field])
    kept = {name: form[name].value() for name in ("name", "discipline", "school_name", "school_place")}
    assert kept == {name: {**FILLED, field: value}[name] for name in kept}
    assert User.objects.count() == 1


def test_emoji_and_right_to_left_names_are_names(invite: Invite) -> None:
    client, page = open_link(invite())
    assert fill_in(client, page, {**FILLED, "name": "نورا 🌞 <b>Ö</b>"}).status_code == 302
    assert User.objects.get(email=ANNA.email).name == "نورا 🌞 <b>Ö</b>"
    assert "<b>Ö</b>" not in client.get("/mijn-gegevens/").content.decode()


def test_a_photo_comes_along_and_a_bad_one_is_refused(invite: Invite) -> None:
    client, page = open_link(invite())
    fake = SimpleUploadedFile("foto.jpg", b"geen foto", "image/jpeg")
    response = fill_in(client, page, {**FILLED, "photo": fake})
    assert "geen foto" in str(response.context["form"].errors["photo"])
    assert User.objects.count() == 1

    picture = BytesIO()
    Image.new("RGB", (700, 900)).save(picture, "PNG")
    photo = SimpleUploadedFile("../../ik.png", picture.getvalue(), "image/png")
    assert fill_in(client, page, {**FILLED, "photo": photo}).status_code == 302
    assert re.fullmatch(r"photos/[0-9a-f]{32}\.webp", User.objects.get(email=ANNA.email).photo.name or "")


def test_a_good_photo_is_kept_while_another_field_is_wrong(invite: Invite) -> None:
    client, page = open_link(invite())
    picture = BytesIO()
    Image.new("RGB", (700, 900), (10, 200, 30)).save(picture, "JPEG")
    photo = SimpleUploadedFile("ik.jpg", picture.getvalue(), "image/jpeg")
    refused = fill_in(client, page, {**FILLED, "password": "kort", "photo": photo}).content.decode()
    kept = re.search(r'name="photo-kept" value="([^"]+)"', refused)
    assert kept is not None

    assert fill_in(client, page, {**FILLED, "photo-kept": kept[1]}).status_code == 302
    with User.objects.get(email=ANNA.email).photo.open("rb") as file, Image.open(file) as stored:
        red, green, blue = stored.convert("RGB").getpixel((256, 256))  # type: ignore[misc]
    assert green > 150 and red < 60 and blue < 80


@pytest.mark.parametrize("kept", ["geen base64!", "Z2VlbiBmb3Rv"])
def test_what_is_sent_as_a_kept_photo_is_checked_like_any_other(kept: str, invite: Invite) -> None:
    client, page = open_link(invite())
    response = fill_in(client, page, {**FILLED, "password": "kort", "photo-kept": kept})
    assert "photo-kept" not in response.content.decode()
    fill_in(client, page, {**FILLED, "photo-kept": kept})
    assert not User.objects.filter(email=ANNA.email).exclude(photo="").exists()


def test_a_school_of_the_group_can_be_picked_and_one_of_another_group_cannot(
    invite: Invite, participant: Membership, other_member: Membership
) -> None:
    client, page = open_link(invite())
    filled = {**FILLED, "school_name": "", "school_place": ""}
    response = fill_in(client, page, {**filled, "school": str(other_member.school_id)})
    assert list(response.context["form"].errors) == ["school"]
    assert fill_in(client, page, {**filled, "school": str(participant.school_id)}).status_code == 302
    assert Membership.objects.get(user__email=ANNA.email).school == participant.school


def test_the_same_school_typed_otherwise_is_one_school(invite: Invite, participant: Membership) -> None:
    client, page = open_link(invite())
    schools = School.objects.count()
    fill_in(client, page, {**FILLED, "school_name": "OBS de lindenhof", "school_place": "assen"})
    assert School.objects.count() == schools
    assert Membership.objects.get(user__email=ANNA.email).school == participant.school
