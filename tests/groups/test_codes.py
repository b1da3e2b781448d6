"""Every route of the group × every actor: the code that it answers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from groups.models import Invitation, LearningGoal, Membership, NetworkGroup, WorkingAgreement
from tests.factories import make_lost_mail

ACTORS = [
    "anonymous",
    "expert",
    "outsider",
    "beheerder",
    "other_member",
    "other_coach",
    "ex_member",
    "member",
    "maatje",
    "coach",
]
STRANGERS = {
    "expert": 302,
    "anonymous": 302,
    "outsider": 404,
    "beheerder": 404,
    "other_member": 404,
    "other_coach": 404,
    "ex_member": 404,
}
FOR_COACH = {**STRANGERS, "member": 403, "maatje": 403}
COACHS_ROWS = {**STRANGERS, "member": 404, "maatje": 404}
"""Rows that only exist for who leads the group."""

TABLE: list[tuple[str, str, dict[str, int]]] = [
    ("GET", "/groepen/{group}/aanpassen/", {**FOR_COACH, "coach": 200}),
    ("POST", "/groepen/{group}/publiceren/", {**FOR_COACH, "coach": 302}),
    ("GET", "/groepen/{group}/publiceren/", {**dict.fromkeys(ACTORS, 405), "anonymous": 302, "expert": 302}),
    ("GET", "/groepen/{group}/uitnodigingen/", {**FOR_COACH, "coach": 200}),
    ("POST", "/groepen/uitnodigingen/{invitation}/opnieuw/", {**COACHS_ROWS, "coach": 302}),
    ("POST", "/groepen/uitnodigingen/{invitation}/intrekken/", {**COACHS_ROWS, "coach": 302}),
    ("POST", "/groepen/{group}/mail/{mail}/opnieuw/", {**FOR_COACH, "coach": 302}),
    ("POST", "/groepen/{group}/mail/{mail}/laten/", {**FOR_COACH, "coach": 302}),
    ("POST", "/groepen/{group}/mail/{other_mail}/opnieuw/", {**FOR_COACH, "coach": 404}),
    ("POST", "/groepen/{group}/mail/{other_mail}/laten/", {**FOR_COACH, "coach": 404}),
    ("GET", "/groepen/leden/{membership}/verwijderen/", {**FOR_COACH, "coach": 200}),
    ("POST", "/groepen/leden/{membership}/verwijderen/", {**FOR_COACH, "coach": 302}),
    ("GET", "/groepen/{group}/maatjes/", {**STRANGERS, "member": 200, "maatje": 200, "coach": 200}),
    ("POST", "/groepen/{group}/maatjes/kiezen/", {**STRANGERS, "member": 422, "maatje": 422, "coach": 403}),
    ("POST", "/groepen/{group}/maatjes/bevestigen/", {**FOR_COACH, "coach": 302}),
    ("POST", "/groepen/{group}/maatjes/samen/", {**FOR_COACH, "coach": 422}),
    ("POST", "/groepen/maatjes/{pair}/erbij/", {**FOR_COACH, "coach": 302}),
    ("POST", "/groepen/maatjes/{pair}/los/", {**FOR_COACH, "coach": 302}),
    ("GET", "/groepen/{group}/zo-werken-wij/", {**FOR_COACH, "coach": 200}),
    ("POST", "/groepen/zo-werken-wij/{agreement}/weg/", {**FOR_COACH, "coach": 302}),
    ("GET", "/groepen/{group}/leerdoelen/", {**STRANGERS, "member": 200, "maatje": 200, "coach": 403}),
    ("GET", "/groepen/leerdoelen/{goal}/", {**STRANGERS, "member": 200, "maatje": 403, "coach": 403}),
    ("POST", "/groepen/leerdoelen/{goal}/", {**STRANGERS, "member": 422, "maatje": 403, "coach": 403}),
    ("GET", "/groepen/mensen/{person}/foto/", {**STRANGERS, "member": 200, "maatje": 200, "coach": 200}),
    ("GET", "/mijn-gegevens/", {**dict.fromkeys(ACTORS, 200), "anonymous": 302, "expert": 302}),
    ("GET", "/uitnodiging/", dict.fromkeys(ACTORS, 404)),
    ("GET", "/uitnodiging/verzonnen/", dict.fromkeys(ACTORS, 404)),
]


@pytest.fixture
def addresses(
    coach: Membership, participant: Membership, maatje: Membership, other_group: NetworkGroup
) -> dict[str, Any]:
    """The group's rows, each by the word that stands for it in the table."""
    group = coach.group
    participant.user.photo.save("ik.webp", ContentFile(b"RIFF????WEBP"))
    return {
        "group": group.pk,
        "membership": participant.pk,
        "person": participant.user_id,
        "pair": participant.pair_id,
        "invitation": Invitation.objects.create(group=group, email="anna@school.example", invited_by=coach.user).pk,
        "mail": make_lost_mail(group).pk,
        "other_mail": make_lost_mail(other_group).pk,
        "agreement": WorkingAgreement.objects.create(group=group, text="Op tijd").pk,
        "goal": LearningGoal.objects.create(membership=participant, text="Langer wachten").pk,
    }


@pytest.mark.parametrize(("method", "address", "codes"), TABLE, ids=[f"{row[0]} {row[1]}" for row in TABLE])
def test_codes(
    method: str,
    address: str,
    codes: dict[str, int],
    addresses: dict[str, Any],
    request: pytest.FixtureRequest,
    sign_in: Callable[[Any], Client],
) -> None:
    answered = {}
    people = {"member": "participant"}
    # The coach comes last: what the others asked must not have happened before.
    for actor in ACTORS:
        if actor == "anonymous":
            client = Client()
        elif actor == "expert":
            client = request.getfixturevalue("expert_client")
        else:
            client = sign_in(request.getfixturevalue(people.get(actor, actor)))
        response = client.generic(method, address.format(**addresses))
        answered[actor] = response.status_code
        b"".join(response)  # A photo that is read to its end is closed.
    assert answered == codes


def test_every_route_of_the_group_stands_in_the_table() -> None:
    from groups.urls import urlpatterns

    tabled = {address.replace("verzonnen", "{token}") for _method, address, _codes in TABLE}
    routes = {"/" + str(pattern.pattern) for pattern in urlpatterns}
    shapes = {"/".join("*" if "{" in part else part for part in address.split("/")) for address in tabled}
    assert {"/".join("*" if "<" in part else part for part in route.split("/")) for route in routes} == shapes
