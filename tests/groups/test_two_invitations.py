"""The page of an invitation: what was typed stays, and lands on the invitation that it was typed for."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from groups.addresses import Address
from groups.models import Invitation, NetworkGroup, User
from tests.factories import make_group, make_member, make_school, make_user
from tests.types import Invite, SignIn

from .invited import ANNA, FILLED, fill_in, open_link

PIET = Address("piet@school.example", "Piet Vos")
GOES_ALONG = "Het wachtwoord dat je koos, gaat mee."


def mark_on(client: Client, page: str) -> str:
    return str(client.get(page).context["invitation"].token_hash)


@pytest.mark.parametrize("fault", [{"school_place": ""}, {"discipline": ""}, {"name": ""}, {"school_name": ""}])
def test_a_fault_elsewhere_does_not_lose_the_password(fault: dict[str, str], invite: Invite) -> None:
    client, page = open_link(invite())
    refused = fill_in(client, page, {**FILLED, **fault})
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert GOES_ALONG in shown and FILLED["password"] not in shown

    assert fill_in(client, page, {**FILLED, "password": ""}).headers["Location"] == "/welkom/"
    assert User.objects.get(email=ANNA.email).check_password(FILLED["password"])
    assert FILLED["password"] not in str([session.get_decoded() for session in Session.objects.all()])


def test_a_new_password_takes_the_place_of_the_one_that_was_kept(invite: Invite) -> None:
    client, page = open_link(invite())
    fill_in(client, page, {**FILLED, "discipline": ""})
    fill_in(client, page, {**FILLED, "password": "iets-heel-anders"})
    assert User.objects.get(email=ANNA.email).check_password("iets-heel-anders")


def test_a_password_that_is_wrong_itself_is_not_kept(invite: Invite) -> None:
    client, page = open_link(invite())
    refused = fill_in(client, page, {**FILLED, "password": "kort", "discipline": ""})
    assert GOES_ALONG not in refused.content.decode()
    assert fill_in(client, page, {**FILLED, "password": ""}).status_code == 422


def test_it_is_kept_for_an_hour_and_for_this_invitation(invite: Invite) -> None:
    client, page = open_link(invite())
    fill_in(client, page, {**FILLED, "discipline": ""})
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert fill_in(client, page, {**FILLED, "password": ""}).status_code == 422
    open_link(invite(PIET), client)
    assert fill_in(client, page, {**FILLED, "password": ""}).status_code == 422


def test_the_fold_of_a_new_school_is_open_when_its_fault_is_there_and_has_focus(
    invite: Invite, group: NetworkGroup
) -> None:
    link = invite()
    make_member(group, "Ruben", school=make_school("De Brink"))
    client, page = open_link(link)
    assert '<details class="more">' in client.get(page).content.decode()
    shown = fill_in(client, page, {**FILLED, "school_place": ""}).content.decode()
    assert '<details class="more" open>' in shown
    (focused,) = [tag for tag in shown.split("<") if " autofocus" in tag]
    assert 'name="school_place"' in focused


def test_of_two_invitations_in_two_tabs_the_other_one_is_not_accepted(invite: Invite) -> None:
    client, page = open_link(invite())
    first_tab = mark_on(client, page)
    open_link(invite(PIET), client)

    answer = fill_in(client, page, {**FILLED, "about": first_tab})

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Dit is een andere uitnodiging" in shown and PIET.email in shown
    assert f'value="{FILLED["name"]}"' in shown and f'value="{FILLED["discipline"]}"' in shown
    assert FILLED["password"] not in shown
    assert not User.objects.filter(email__in=[ANNA.email, PIET.email]).exists()
    assert Invitation.objects.open().count() == 2
    assert fill_in(client, page, {**FILLED, "about": mark_on(client, page)}).status_code == 302
    assert User.objects.get(email=PIET.email).name == FILLED["name"]


def test_nor_by_who_has_an_account(invite: Invite, sign_in: SignIn) -> None:
    anna = make_user("Anna", email=ANNA.email)
    client, page = open_link(invite(), sign_in(anna))
    first_tab = mark_on(client, page)
    other = make_group("Hunzedal")
    elsewhere = Invitation.objects.create(group=other, email=ANNA.email, token_hash="1" * 64)
    session = client.session
    session["invitation"] = elsewhere.token_hash
    session.save()

    answer = fill_in(client, page, {"school_name": "X", "school_place": "Y", "discipline": "z", "about": first_tab})

    assert answer.status_code == 409 and "Doe mee met Hunzedal" in answer.content.decode()
    assert not anna.memberships.exists()


def test_a_form_that_does_not_say_what_it_is_about_changes_nothing(invite: Invite) -> None:
    client, page = open_link(invite())
    answer = client.post(page, FILLED)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Dit is een andere uitnodiging" in shown and ANNA.email in shown
    kept = {name: answer.context["form"][name].value() for name in FILLED if name != "password"}
    assert kept == {name: FILLED[name] for name in kept}
    assert FILLED["password"] not in shown
    assert not User.objects.filter(email=ANNA.email).exists()
    assert Invitation.objects.open().count() == 1


def test_nor_does_one_of_who_has_an_account(invite: Invite, sign_in: SignIn) -> None:
    anna = make_user("Anna", email=ANNA.email)
    client, page = open_link(invite(), sign_in(anna))
    answer = client.post(page, {"school_name": "De Brink", "school_place": "Zuidlaren", "discipline": "ib'er"})
    assert answer.status_code == 409 and "De Brink" in answer.content.decode()
    assert not anna.memberships.exists()
