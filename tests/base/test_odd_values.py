"""Whatever a browser sends, no answer is a fault of ours; on PostgreSQL too, which takes no NUL."""

import base64

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Invitation, Membership, NetworkGroup
from leervragen.models import Leervraag
from meetings.models import AgendaItem, Meeting
from tests.access.table import Objects
from tests.tus import CUT
from tests.types import SignIn
from tests.video_feedback.factories import make_clip
from video_feedback.models import Clip, Upload

TUS = {"Tus-Resumable": "1.0.0", "Upload-Length": "10", **CUT}
ODD = [
    "a\x00b",
    "\x02\v\r\n",
    "-1",
    "٣",
    "9" * 30,
    "9" * 5000,
    "2147483648",
    "0000-01-01",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "10000-01-01",
    "https://[",
    "karin@" + "x" * 300,
    "\ufffe\ue000",
]
FORMS = {
    "groups:edit": ("group", {"name", "theme"}),
    "groups:invitations": ("group", {"people"}),
    "groups:choose": ("group", {"maatje"}),
    "groups:put_together": ("group", {"members"}),
    "groups:profile": ("", {"name", "photo-kept"}),
    "meetings:edit": ("meeting", {"topic", "starts_at", "minutes_available", "place", "online_url", "clip_deadline"}),
    "meetings:agenda": ("meeting", {"key", "title", "minutes", "kind"}),
    "meetings:move_item": ("meeting item", {"position"}),
    "meetings:item_step": ("meeting step item", {"minutes"}),
    "meetings:tick": ("meeting", {"key", "done"}),
    "meetings:invite_expert": ("meeting", {"topic", "name", "email", "description", "message"}),
    "meetings:add_agreement": ("meeting", {"agreement-text", "agreement-owner", "agreement-due"}),
    "meetings:evaluation": ("meeting", {"version", "tops"}),
    "leervragen:move": ("strip", {"to", "version", "before"}),
    "leervragen:group": ("strip", {"beside", "version", "title"}),
    "leervragen:set_minutes": ("meeting", {"minutes_kept_back", "minutes_per_question"}),
    "leervragen:go_to_step": ("meeting", {"step"}),
    "roof:plan_step": ("plan_step", {"name", "theme"}),
    "account_login": ("", {"login", "password", "next"}),
    "account_reset_password": ("", {"email"}),
}


@pytest.fixture
def things(coach: Membership, participant: Membership, meeting: Meeting) -> Objects:
    question = Leervraag.objects.create(meeting=meeting, author=participant, text="Hoe?")
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="Start", minutes=10)
    named = {"group": coach.group, "meeting": meeting, "strip": question, "item": item}
    return {**named, "step": "extend", "plan_step": "group"}


@pytest.mark.parametrize("name", FORMS)
def test_no_odd_value_in_a_form_is_a_fault_of_ours(
    name: str, things: Objects, coach: Membership, sign_in: SignIn
) -> None:
    of, fields = FORMS[name]
    url = reverse(name, args=[getattr(things[word], "pk", things[word]) for word in of.split()])
    browser = Client() if name.startswith("account") else sign_in(coach)
    for odd in ODD:
        assert browser.post(url, dict.fromkeys(fields, odd)).status_code < 500, odd


@pytest.mark.parametrize(
    "word", ["page", "pagina", "step", "choose", "group", "new", "play", "change", "was", "about", "next"]
)
def test_nor_one_after_the_question_mark(word: str, things: Objects, coach: Membership, sign_in: SignIn) -> None:
    browser = sign_in(coach)
    meeting = things["meeting"].pk
    pages = [
        reverse("video_feedback:talentmomenten"),
        reverse("video_feedback:overview"),
        reverse("leervragen:meetlat", args=[meeting]),
        reverse("leervragen:answer", args=[things["strip"].pk]),
        reverse("reports:interviews", args=[things["group"].pk]),
        reverse("account_login"),
    ]
    for page in pages:
        for odd in ODD:
            assert browser.get(page, {word: odd}).status_code < 500, (page, odd)


@pytest.mark.parametrize("pk", ["", "a", "9" * 40, "%EF%BF%BD", "meeting:", "٣"])
def test_nor_one_in_a_path(pk: str, participant: Membership, sign_in: SignIn) -> None:
    for path in (
        f"/live/meeting:{pk}/",
        f"/uitnodiging/{pk}/",
        f"/expert/{pk}/",
        f"/account/password/reset/key/{pk}-a/",
    ):
        assert sign_in(participant).get(path).status_code < 500, path


def test_a_nul_in_the_name_of_a_group_is_left_out(coach: Membership, sign_in: SignIn) -> None:
    fields = {"name": "De\x00 Hondsrug", "version": coach.group.version}
    answer = sign_in(coach).post(reverse("groups:edit", args=[coach.group.pk]), fields)
    assert answer.status_code == 302
    assert NetworkGroup.objects.get().name == "De Hondsrug"


@pytest.mark.parametrize(
    ("header", "status", "kept"),
    [
        ("filename " + base64.b64encode(b"les\x00 1\n.mp4").decode(), 201, "les 1 .mp4"),
        ("filename " + base64.b64encode(b"\xff\xfe").decode(), 201, "\ufffd\ufffd"),
        ("filename \xe9\xe9\xe9\xe9", 400, None),
    ],
)
def test_nor_in_the_name_of_a_recording(
    header: str, status: int, kept: str | None, participant: Membership, sign_in: SignIn
) -> None:
    url = reverse("video_feedback:begin_upload", args=[make_clip(participant, state=Clip.State.UPLOADING).pk])
    answer = sign_in(participant).post(url, headers={**TUS, "Upload-Metadata": f"cut MQ==,{header}"})
    assert answer.status_code == status
    assert [upload.filename for upload in Upload.objects.all()] == ([kept] if kept else [])


def test_a_checksum_of_no_letters_is_refused(participant: Membership, sign_in: SignIn) -> None:
    browser = sign_in(participant)
    clip = make_clip(participant, state=Clip.State.UPLOADING)
    begun = browser.post(reverse("video_feedback:begin_upload", args=[clip.pk]), headers=TUS)
    more = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Upload-Checksum": "sha1 \xe9\xe9\xe9\xe9"}
    stream = "application/offset+octet-stream"
    assert browser.patch(begun["Location"], b"abc", content_type=stream, headers=more).status_code == 400


def test_a_photo_that_is_carried_along_in_no_letters_is_no_photo(coach: Membership, client: Client) -> None:
    invited = Invitation.objects.create(group=coach.group, email="anna@school.example", token_hash="1" * 64)
    session = client.session
    session["invitation"] = invited.token_hash
    session.save()
    sent = {"photo-kept": "één", "about": invited.token_hash}
    assert client.post(reverse("groups:invitation"), sent).status_code == 422
