"""Members: their own details and photo, how mixed they are, leaving, agreements, leerdoelen and to-dos."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from groups.contributions import in_my_groups
from groups.mix import mix_of
from groups.models import LearningGoal, Membership, NetworkGroup, Pair, User, WorkingAgreement
from groups.points import member_left
from groups.profiles import Profile
from groups.services import members, pairing
from netwerkleren.base.models import AuditEvent
from tests.factories import make_group, make_member, make_school
from tests.types import CountQueries, OnCommit, SignIn


def _photo() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (600, 600), (10, 90, 90)).save(made, "JPEG")
    return SimpleUploadedFile("ik.jpg", made.getvalue(), "image/jpeg")


def _details(membership: Membership, **changes: object) -> dict[str, object]:
    """What the browser of `membership` sends from Mijn gegevens."""
    prefix = f"place-{membership.pk}"
    sent = {
        "name": membership.user.name,
        f"{prefix}-school": str(membership.school_id),
        f"{prefix}-discipline": membership.discipline,
        "version": Profile.of(User.objects.get(pk=membership.user_id)).version,
    }
    return {**sent, **{name.replace("place", prefix): value for name, value in changes.items()}}


def test_my_details_change_name_school_and_discipline(participant: Membership, sign_in: SignIn) -> None:
    client = sign_in(participant)
    sent = _details(participant, name="Marijke de Boer", place_discipline="x")
    sent[f"place-{participant.pk}-discipline"] = "intern begeleider"
    sent[f"place-{participant.pk}-school_name"] = "De Brink"
    sent[f"place-{participant.pk}-school_place"] = "Zuidlaren"
    assert client.post("/mijn-gegevens/", sent).status_code == 302
    participant.refresh_from_db()
    assert (participant.user.name, str(participant.school), participant.discipline) == (
        "Marijke de Boer",
        "De Brink, Zuidlaren",
        "intern begeleider",
    )


def test_bad_details_change_nothing_and_keep_what_was_typed(participant: Membership, sign_in: SignIn) -> None:
    sent = _details(participant, name="x" * 5000)
    sent[f"place-{participant.pk}-discipline"] = "🌞 مرحبا"
    response = sign_in(participant).post("/mijn-gegevens/", sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]
    assert "🌞 مرحبا" in response.content.decode()
    participant.refresh_from_db()
    assert (participant.user.name, participant.discipline) == ("Marijke Hoekstra", "groep 5")


def test_another_groups_membership_in_the_form_is_left_alone(
    participant: Membership, other_member: Membership, sign_in: SignIn
) -> None:
    sent = _details(participant) | {f"place-{other_member.pk}-discipline": "gekaapt"}
    sign_in(participant).post("/mijn-gegevens/", sent)
    other_member.refresh_from_db()
    assert other_member.discipline == "groep 5"


def test_a_photo_is_seen_by_who_shares_a_group_and_gone_when_removed(
    participant: Membership,
    maatje: Membership,
    ex_member: Membership,
    outsider: User,
    other_member: Membership,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    client = sign_in(participant)
    client.post("/mijn-gegevens/", _details(participant, photo=_photo()))
    participant.refresh_from_db()
    name = participant.user.photo.name or ""
    address = f"/groepen/mensen/{participant.user_id}/foto/"
    assert participant.photo_url.startswith(address)
    seen = sign_in(maatje).get(address)
    assert (seen.status_code, seen.headers["Content-Type"]) == (200, "image/webp")
    assert "private" in seen.headers["Cache-Control"] and "no-cache" in seen.headers["Cache-Control"]
    seen.getvalue()
    for stranger in (ex_member, outsider, other_member):
        assert sign_in(stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 302

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/mijn-gegevens/", _details(participant, remove_photo="on"))
    assert sign_in(maatje).get(address).status_code == 404
    assert not storages["default"].exists(name)


def test_a_removed_member_has_no_access_at_the_next_request(
    coach: Membership, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    client = sign_in(participant)
    page = f"/groepen/{coach.group_id}/"
    assert client.get(page).status_code == 200
    asked = sign_in(coach).get(f"/groepen/leden/{participant.pk}/verwijderen/")
    assert "Marijke Hoekstra uit de groep halen?" in asked.content.decode()
    participant.refresh_from_db()
    assert participant.left is None  # looking removes nobody

    sign_in(coach).post(f"/groepen/leden/{participant.pk}/verwijderen/")
    assert client.get(page).status_code == 404
    maatje.refresh_from_db()
    assert maatje.pair is None
    assert AuditEvent.objects.filter(action="member.removed", object_id=str(participant.pk)).count() == 1


def test_leaving_frees_wishes_keeps_a_three_together_and_tells_the_other_apps_once(
    coach: Membership,
) -> None:
    told: list[Membership] = []
    a, b, c, d, e = (make_member(coach.group) for _ in range(5))
    pair = pairing.make_pair(actor=coach.user, group=coach.group, members=[a, b, c])
    pairing.choose_maatje(actor=d.user, membership=d, maatje=e)
    with member_left.temporarily(lambda membership, actor: told.append(membership), order=99):
        assert members.remove_member(actor=coach.user, membership=c) is True
        assert members.remove_member(actor=coach.user, membership=c) is False
        assert members.remove_member(actor=coach.user, membership=e) is True
    assert told == [c, e]
    assert set(pair.members.all()) == {a, b}
    d.refresh_from_db()
    assert d.wished_maatje is None


@pytest.mark.parametrize("act", ["verwijderen", "coach"])
def test_the_page_says_what_becomes_of_the_maatjes_and_nothing_of_who_has_none(
    act: str, coach: Membership, sign_in: SignIn
) -> None:
    a, b, c, d, e, alone = (make_member(coach.group, f"{letter} Naam") for letter in "ABCDEF")
    pairing.make_pair(actor=coach.user, group=coach.group, members=[d, e])
    Membership.objects.filter(pk__in=[a.pk, b.pk, c.pk]).update(pair=Pair.objects.create(group=coach.group))
    browser = sign_in(coach)

    def said_of(member: Membership) -> str:
        return " ".join(browser.get(f"/groepen/leden/{member.pk}/{act}/").content.decode().split())

    assert "B Naam en C Naam blijven elkaars maatje." in said_of(a)
    assert "E is weer vrij om iemand anders te kiezen." in said_of(d)
    assert "weer vrij" not in said_of(alone) and "maatje." not in said_of(alone)


def test_out_of_a_closed_group_nobody_is_invited_back_before_it_is_open(
    coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    NetworkGroup.objects.update(closed_at=timezone.now())
    asked = sign_in(coach).get(f"/groepen/leden/{participant.pk}/verwijderen/").content.decode()
    assert "Heropen dan de groep en stuur een nieuwe uitnodiging." in asked


def test_a_coach_is_not_removed(coach: Membership) -> None:
    with pytest.raises(ValidationError, match="coach"):
        members.remove_member(actor=coach.user, membership=coach)


def test_how_mixed_a_group_is(group: NetworkGroup, coach: Membership) -> None:
    lindenhof, brink = make_school("De Lindenhof"), make_school("De Brink")
    a = make_member(group, school=lindenhof, discipline="Leerkracht  groep 5")
    b = make_member(group, school=lindenhof, discipline="leerkracht groep 5")
    c = make_member(group, school=brink, discipline="logopedist")
    make_member(group, school=None, discipline="")
    mix = mix_of(Membership.objects.filter(group=group).with_people())
    assert mix.schools == [(lindenhof, [a, b]), (brink, [c])]
    assert mix.disciplines == [("Leerkracht groep 5", 2), ("logopedist", 1)]
    assert mix.is_one_school is False
    assert mix_of([a, b]).is_one_school is True
    assert mix_of([]).schools == []


def test_a_list_of_names_reads_no_more_of_an_account_than_its_name(
    group: NetworkGroup, django_assert_num_queries: CountQueries
) -> None:
    b = make_member(group, joined=timezone.now())
    a = make_member(group, joined=timezone.now() - timedelta(days=1))
    with django_assert_num_queries(1):
        named = list(Membership.objects.filter(group=group).with_names())
        assert [(str(member.user), member.user.first_name) for member in named] == [
            (str(member.user), member.user.first_name) for member in (a, b)
        ]
    assert named[0].user.get_deferred_fields() >= {"password", "last_login", "photo", "is_staff"}


def test_the_coach_writes_down_and_removes_agreements(coach: Membership, sign_in: SignIn) -> None:
    client, page = sign_in(coach), f"/groepen/{coach.group_id}/zo-werken-wij/"
    for _click in range(2):
        client.post(page, {"text": "We beginnen op tijd"})
    assert list(WorkingAgreement.objects.values_list("text", flat=True)) == ["We beginnen op tijd"]
    too_long = client.post(page, {"text": "x" * 5000})
    assert "200 tekens" in too_long.content.decode() and "x" * 5000 in too_long.content.decode()
    client.post(f"/groepen/zo-werken-wij/{WorkingAgreement.objects.get().pk}/weg/")
    assert WorkingAgreement.objects.count() == 0


def test_a_deelnemer_writes_changes_and_removes_a_leerdoel(participant: Membership, sign_in: SignIn) -> None:
    client, page = sign_in(participant), f"/groepen/{participant.group_id}/leerdoelen/"
    for _click in range(2):
        client.post(page, {"text": "Langer wachten na een vraag"})
    goal = LearningGoal.objects.get()
    assert (goal.membership, goal.scope) == (participant, "traject")
    client.post(f"/groepen/leerdoelen/{goal.pk}/", {"text": "Drie tellen wachten 🌞", "version": goal.version})
    goal.refresh_from_db()
    assert goal.text == "Drie tellen wachten 🌞"
    empty = client.post(f"/groepen/leerdoelen/{goal.pk}/", {"text": " ", "version": goal.version})
    assert list(empty.context["form"].errors) == ["text"]
    too_long = client.post(page, {"text": "y" * 5000})
    assert "4000 tekens" in str(too_long.context["form"].errors["text"])
    client.post(f"/groepen/leerdoelen/{goal.pk}/", {"remove": "1"})
    assert LearningGoal.objects.count() == 0


def test_the_group_is_renamed_and_bad_names_are_said(coach: Membership, sign_in: SignIn) -> None:
    client, page = sign_in(coach), f"/groepen/{coach.group_id}/aanpassen/"
    response = client.post(page, {"name": "", "theme": "x" * 201, "version": coach.group.version})
    assert set(response.context["form"].errors) == {"name", "theme"}
    assert "De Hondsrug" in response.content.decode()  # the way back still says the stored name
    named = {"name": "Hondsrug", "theme": "Rust in de klas", "theme_is_given": "on"}
    client.post(page, named | {"version": coach.group.version})
    coach.group.refresh_from_db()
    assert (coach.group.name, coach.group.theme, coach.group.theme_is_given) == ("Hondsrug", "Rust in de klas", True)


def test_what_waits_for_a_deelnemer_and_for_a_coach(
    coach: Membership, participant: Membership, colleague: Membership, django_assert_num_queries: CountQueries
) -> None:
    Membership.objects.filter(pk=participant.pk).update(school=None)
    assert [todo.title for todo in in_my_groups(participant.user)] == ["Vul je school in", "Kies je maatje"]
    assert in_my_groups(coach.user) == []
    for who, whom in ((participant, colleague), (colleague, participant)):
        pairing.choose_maatje(actor=who.user, membership=who, maatje=whom)
    assert [todo.title for todo in in_my_groups(colleague.user)] == []
    assert [todo.title for todo in in_my_groups(coach.user)] == ["Bevestig de tweetallen van De Hondsrug"]
    make_member(make_group("Concept", draft=True), user=coach.user, coach=True)
    with django_assert_num_queries(2):  # the memberships, which every gate of a request shares, and who is free
        assert [todo.title for todo in in_my_groups(coach.user)][1:] == ["Publiceer Concept"]


def test_who_is_alone_is_not_asked_to_choose(participant: Membership) -> None:
    assert in_my_groups(participant.user) == []
