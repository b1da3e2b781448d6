"""Every own route for every actor: 404 for what does not exist for you, 403 for what you may see and not do."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from groups.models import Membership
from tests.video_feedback.test_uploads import TUS
from video_feedback.models import Clip, Feedback, Remark, Talentmoment
from video_feedback.services.consent import share_clip
from video_feedback.services.recordings import begin_upload

ACTORS = ["anonymous", "outsider", "other_member", "other_coach", "ex_member", "expert", "beheerder"]
INSIDE = ["coach", "participant", "maatje", "colleague"]
SHUT = {"anonymous": 302, "expert": 302} | dict.fromkeys(
    ["outsider", "other_member", "other_coach", "ex_member", "beheerder"], 404
)
OPEN = SHUT | dict.fromkeys(["outsider", "other_member", "other_coach", "ex_member", "beheerder"], 200)


def row(coach: int, participant: int, maatje: int, colleague: int, others: dict[str, int] = SHUT) -> dict[str, int]:
    """The expected code of each actor. The clip is of `participant`, shared with the group; the remark of `maatje`."""
    return others | {"coach": coach, "participant": participant, "maatje": maatje, "colleague": colleague}


TABLE = [
    ("get", "list", None, row(200, 200, 200, 200, OPEN)),
    ("get", "add", None, row(200, 200, 200, 200, OPEN)),
    ("get", "talentmomenten", None, row(200, 200, 200, 200, OPEN)),
    ("get", "detail", "clip", row(200, 200, 200, 200)),
    ("get", "film", "clip", row(200, 200, 200, 200)),
    ("get", "poster", "clip", row(200, 200, 200, 200)),
    ("post", "send_recording", "clip", row(403, 200, 403, 403)),
    ("post", "retry", "clip", row(403, 302, 403, 403)),
    ("post", "hand_over", "clip", row(403, 403, 403, 403)),
    ("post", "share", "clip", row(403, 200, 403, 403)),
    ("post", "withdraw", "clip", row(403, 302, 403, 403)),
    ("post", "erase", "clip", row(403, 302, 403, 403)),
    ("post", "open_tips", "clip", row(403, 302, 403, 403)),
    ("post", "add_remark", "clip", row(200, 403, 200, 200)),
    ("post", "send_feedback", "clip", row(302, 403, 302, 302)),
    ("post", "remove_remark", "remark", row(404, 404, 302, 404)),
    ("post", "begin_upload", "clip", row(403, 409, 403, 403)),
    ("head", "upload", "upload", row(404, 200, 404, 404)),
    ("post", "talentmoment_erase", "talentmoment", row(403, 302, 403, 403)),
    ("get", "talentmoment_wall", "meeting", row(200, 200, 200, 200)),
    # The fragment that was not shared: only its owner knows that it is there.
    ("get", "detail", "private", row(404, 200, 404, 404)),
    ("get", "film", "private", row(404, 200, 404, 404)),
    ("get", "poster", "private", row(404, 200, 404, 404)),
    ("post", "share", "private", row(404, 200, 404, 404)),
    ("post", "add_remark", "private", row(404, 403, 404, 404)),
]


@pytest.fixture
def objects(make_clip, participant, maatje, colleague, coach, ex_member, meeting):
    clip = make_clip(participant)
    share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    feedback = Feedback.objects.create(clip=clip, giver=maatje)
    waiting = make_clip(participant, state=Clip.State.UPLOADING)
    return {
        "clip": clip,
        "private": make_clip(participant),
        "remark": Remark.objects.create(feedback=feedback, kind="top", start_ms=1000, text="Mooi"),
        "upload": begin_upload(actor=participant.user, clip=waiting, length=10),
        "talentmoment": Talentmoment.objects.create(author=participant, text="Een leerling telde hardop."),
        "meeting": meeting,
    }


@pytest.fixture
def actors(request, sign_in, client, expert_client, outsider, beheerder, other_member, other_coach):
    people = {"outsider": outsider, "beheerder": beheerder, "other_member": other_member, "other_coach": other_coach}
    people |= {name: request.getfixturevalue(name) for name in [*INSIDE, "ex_member"]}
    return {name: sign_in(person) for name, person in people.items()} | {"anonymous": client, "expert": expert_client}


@pytest.mark.parametrize(
    ("method", "name", "kind", "codes"), TABLE, ids=[f"{method} {name} {kind}" for method, name, kind, _ in TABLE]
)
def test_each_route_answers_each_actor_as_decided(objects, actors, method, name, kind, codes):
    # The owner comes last: what the owner may do, such as erase, changes what the others see.
    order = sorted(codes, key=lambda actor: (actor == "participant", actor == "maatje"))
    url = reverse(f"video_feedback:{name}", args=[objects[kind].pk] if kind else [])
    headers = TUS | {"Upload-Length": "10"} if name in {"begin_upload", "upload"} else {}

    found = {actor: getattr(actors[actor], method)(url, headers=headers).status_code for actor in order}

    assert found == codes


def test_the_table_names_every_route_and_every_actor():
    from video_feedback.urls import urlpatterns

    assert {name for _method, name, _kind, _codes in TABLE} == {pattern.name for pattern in urlpatterns}
    for _method, _name, _kind, codes in TABLE:
        assert set(codes) == {*ACTORS, *INSIDE}


def test_a_hidden_fragment_looks_just_like_a_missing_one(objects, actors):
    for name in ("detail", "film", "poster"):
        hidden = actors["maatje"].get(reverse(f"video_feedback:{name}", args=[objects["private"].pk]))
        missing = actors["maatje"].get(reverse(f"video_feedback:{name}", args=[uuid.uuid4()]))
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert without_token(hidden.content) == without_token(missing.content)


def without_token(page: bytes) -> bytes:
    return re.sub(rb'((?:csrf-token|server-now)" content|csrfmiddlewaretoken" value)="[^"]*"', b"", page)


def test_no_state_changes_by_get(objects, actors):
    for method, name, kind, _codes in TABLE:
        if method == "post" and name != "begin_upload":
            url = reverse(f"video_feedback:{name}", args=[objects[kind].pk])
            assert actors["participant"].get(url).status_code == 405


@pytest.mark.parametrize("field", ["owner", "state", "audience", "handed_over_at", "group"])
def test_no_field_of_a_form_reaches_another_owner_or_state(actors, participant, maatje, other_member, field):
    """A5: what the form does not have, it does not set; another group's member is no choice."""
    key = uuid.uuid4()
    data = {"key": str(key), "owner": str(participant.pk), "title": "Kring", "goal": ""}
    values = {"owner": other_member.pk, "group": other_member.group_id, "state": "ready", "audience": "group"}
    data |= {field: str(values.get(field, "2026-01-01"))}

    actors["participant"].post(reverse("video_feedback:add"), data)

    clip = Clip.objects.filter(pk=key).first()
    if field == "owner":
        assert clip is None
    else:
        assert clip is not None
        assert (clip.owner, clip.state, clip.audience) == (participant, Clip.State.UPLOADING, Clip.Audience.ALONE)
        assert clip.handed_over_at is not None
        assert abs(clip.handed_over_at - clip.created) < timedelta(minutes=1)
    assert Membership.objects.get(pk=other_member.pk).clips.count() == 0
