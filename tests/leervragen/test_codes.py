"""Own routes, each actor: who gets in and who does not (security.md A1)."""

import pytest
from django.test import Client
from django.urls import reverse

from leervragen.models import Leervraag, StripGroup
from leervragen.services import laying

pytestmark = pytest.mark.django_db

STRANGERS = {"outsider": 404, "other_member": 404, "other_coach": 404, "ex_member": 404, "beheerder": 404}
MEMBERS = {"participant": 200, "maatje": 200, "colleague": 200, "coach": 200}
POSTS = {"participant": 302, "maatje": 302, "colleague": 302, "coach": 302}

# Route, its argument, method, body, and the answer for each actor. By link an expert comes to none of these.
ROUTES = [
    ("list", "meeting", "get", {}, MEMBERS),
    ("meetlat", "meeting", "get", {}, MEMBERS),
    ("look_back", "meeting", "get", {}, MEMBERS),
    ("answer", "leervraag", "get", {}, MEMBERS),
    ("change", "leervraag", "get", {}, {"participant": 200, "maatje": 403, "colleague": 403, "coach": 403}),
    ("not_this_time", "meeting", "post", {}, POSTS),
    ("send", "meeting", "post", {}, {"participant": 403, "maatje": 403, "colleague": 403, "coach": 302}),
    ("withdraw", "leervraag", "post", {}, {"participant": 302, "maatje": 403, "colleague": 403, "coach": 403}),
    ("go_to_step", "meeting", "post", {"step": "2"}, POSTS),
    ("set_minutes", "meeting", "post", {"minutes_kept_back": "8"}, POSTS),
    ("quick_add", "meeting", "post", {}, dict.fromkeys(MEMBERS, 422)),
    ("finish", "meeting", "post", {}, POSTS),
    ("move", "leervraag", "post", {"to": "3", "version": "0"}, POSTS),
    ("group", "leervraag", "post", {}, dict.fromkeys(MEMBERS, 422)),
    ("ungroup", "leervraag", "post", {"version": "0"}, POSTS),
    ("name_group", "strip_group", "post", {"title": "Uitleg"}, POSTS),
    ("choose_for_today", "leervraag", "post", {"not_today": "1"}, POSTS),
    ("begin", "leervraag", "post", {}, POSTS),
    ("end", "leervraag", "post", {"outcome": "x"}, dict.fromkeys(MEMBERS, 422)),
]


@pytest.fixture
def leervraag(ask):
    return ask("Hoe help ik bij een ruzie?")


@pytest.fixture
def strip_group(meeting):
    return StripGroup.objects.create(meetlat=laying.lock_meetlat(meeting=meeting))


@pytest.mark.parametrize(("name", "arg", "method", "body", "members"), ROUTES, ids=[route[0] for route in ROUTES])
def test_every_actor_gets_the_code_written_here(
    name, arg, method, body, members, sign_in, request, expert_client, coach
):
    address = reverse(f"leervragen:{name}", args=[request.getfixturevalue(arg).pk])
    expected = {**STRANGERS, **members}

    # The author goes last, since one of these routes ends the question.
    actors = sorted(expected, key=lambda actor: actor == "participant")
    found = {}
    for actor in actors:
        client = sign_in(request.getfixturevalue(actor))
        found[actor] = getattr(client, method)(address, body).status_code
        Leervraag.objects.update(version=0)  # so that nobody's move is stale

    assert found == expected
    for stranger in (Client(), expert_client):
        answer = getattr(stranger, method)(address, body)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))


def test_nothing_changes_by_get(sign_in, participant, leervraag, meeting):
    client = sign_in(participant)
    for name, _arg, method, _body, _codes in ROUTES:
        if method == "post":
            pk = leervraag.pk if name not in ("name_group",) else meeting.pk
            pk = meeting.pk if _arg == "meeting" else pk
            assert client.get(reverse(f"leervragen:{name}", args=[pk])).status_code == 405


def test_only_a_netwerkbijeenkomst_has_leervragen(sign_in, coach, group):
    from tests.factories import make_meeting

    introduction = make_meeting(group, "introduction")
    assert sign_in(coach).get(reverse("leervragen:list", args=[introduction.pk])).status_code == 404
