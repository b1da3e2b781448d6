"""Every route of the Oogst, as every actor, both ways."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from reports.models import Export, Interview, ValueStory

from .factories import make_story

ACTORS = ("anonymous", "outsider", "other_member", "other_coach", "ex_member", "participant", "maatje", "colleague",
          "coach", "beheerder", "expert")  # fmt: skip

# What each actor gets, in the order of ACTORS. Marijke tells, Yusuf asks; the story is Marijke's and private.
GROUP_PAGE = (302, 404, 404, 404, 404, 200, 200, 200, 200, 404, 302)
DEELNEMER_PAGE = (302, 404, 404, 404, 404, 200, 200, 200, 403, 404, 302)
COACH_PAGE = (302, 404, 404, 404, 404, 403, 403, 403, 200, 404, 302)
COACH_POST = (302, 404, 404, 404, 404, 403, 403, 403, 302, 404, 302)
INTERVIEW = (302, 404, 404, 404, 404, 200, 200, 404, 403, 404, 302)
INTERVIEW_POST = (302, 404, 404, 404, 404, 302, 302, 404, 403, 404, 302)

TABLE = {
    "overview": ("get", (302, 200, 302, 302, 200, 302, 302, 302, 302, 200, 302)),
    "harvest": ("get", GROUP_PAGE),
    "interviews": ("get", COACH_PAGE),
    "make_pairs": ("post", COACH_POST),
    "change_interviewer": ("post", (302, 404, 404, 404, 404, 403, 403, 404, 302, 404, 302)),
    "interview": ("get", INTERVIEW),
    "start_part": ("post", INTERVIEW_POST),
    "skip_part": ("post", INTERVIEW_POST),
    "my_story": ("get", DEELNEMER_PAGE),
    "story": ("get", (302, 404, 404, 404, 404, 200, 404, 404, 404, 404, 302)),
    "my_line": ("get", DEELNEMER_PAGE),
    "group_lines": ("get", GROUP_PAGE),
    "moments": ("get", COACH_PAGE),
    "show_moment": ("post", COACH_POST),
    "exports": ("get", COACH_PAGE),
    "export": ("get", (302, 404, 404, 404, 404, 404, 404, 404, 200, 404, 302)),
    "retry_export": ("post", (302, 404, 404, 404, 404, 404, 404, 404, 302, 404, 302)),
    "download": ("get", (302, 404, 404, 404, 404, 404, 404, 404, 404, 404, 302)),
}


@pytest.fixture
def urls(group, participant, maatje, meeting) -> dict[str, str]:
    interview = Interview.objects.create(group=group, teller=participant, interviewer=maatje)
    story = make_story(participant, "Van mij", ValueStory.Decision.PRIVATE)
    export = Export.objects.create(group=group, state=Export.State.RUNNING)
    args: dict[str, list[Any]] = {
        "overview": [],
        "change_interviewer": [interview.pk],
        "interview": [interview.pk, "A"],
        "start_part": [interview.pk, "A"],
        "skip_part": [interview.pk, "A"],
        "story": [story.pk],
        "show_moment": [group.pk, meeting.pk],
        "export": [export.pk],
        "retry_export": [export.pk],
        "download": [export.pk],
    }
    return {name: reverse(f"reports:{name}", args=args.get(name, [group.pk])) for name in TABLE}


@pytest.fixture
def client_of(request, sign_in):
    def _client_of(actor: str) -> Client:
        if actor == "anonymous":
            return Client()
        if actor == "expert":
            return request.getfixturevalue("expert_client")
        return sign_in(request.getfixturevalue(actor))

    return _client_of


@pytest.mark.parametrize("route", TABLE)
@pytest.mark.parametrize("actor", ACTORS)
def test_who_gets_in(client_of, urls, route, actor):
    method, expected = TABLE[route]

    answer = getattr(client_of(actor), method)(urls[route])

    assert answer.status_code == expected[ACTORS.index(actor)]


def test_the_table_has_every_route():
    from reports.urls import urlpatterns

    assert {pattern.name for pattern in urlpatterns} == set(TABLE)


@pytest.mark.parametrize("route", [name for name, (method, _) in TABLE.items() if method == "post"])
def test_a_link_changes_nothing(client_of, urls, route):
    assert client_of("coach").get(urls[route]).status_code == 405


def test_who_leaves_the_group_is_out_at_the_next_request(client_of, urls, participant):
    client = client_of("participant")
    assert client.get(urls["interview"]).status_code == 200

    Membership.objects.filter(pk=participant.pk).update(left=participant.joined)

    assert client.get(urls["interview"]).status_code == 404
    assert client.get(urls["harvest"]).status_code == 404


def test_a_new_interviewer_reads_and_the_old_one_no_longer(client_of, urls, colleague):
    Interview.objects.update(interviewer=colleague)

    assert client_of("colleague").get(urls["interview"]).status_code == 200
    assert client_of("maatje").get(urls["interview"]).status_code == 404
