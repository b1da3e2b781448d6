"""How much room is left is said before the first byte."""

from django.urls import reverse

from groups.models import Membership
from tests.tus import CUT
from tests.types import MakeClip, SignIn
from video_feedback import room
from video_feedback.models import Clip

GIB = 1024**3


def test_the_page_says_how_much_room_is_left_before_a_byte_is_sent(
    make_clip: MakeClip, participant: Membership, colleague: Membership, sign_in: SignIn
) -> None:
    clip = make_clip(participant, state=Clip.State.UPLOADING)
    Clip.objects.filter(pk=make_clip(participant).pk).update(size=room.PER_PERSON - GIB)
    Clip.objects.filter(pk=make_clip(colleague).pk).update(size=20 * GIB)

    page = " ".join(sign_in(participant).get(reverse("video_feedback:detail", args=[clip.pk])).content.decode().split())

    assert room.room_left(clip=clip) == room.RoomLeft(own=GIB, group=35 * GIB)
    assert "Je hebt nog 1,0 GB ruimte, en de groep nog 35,0 GB." in page.replace("\xa0", " ")


def test_a_refusal_says_how_large_it_is_and_how_much_is_left(
    make_clip: MakeClip, participant: Membership, sign_in: SignIn
) -> None:
    clip = make_clip(participant, state=Clip.State.UPLOADING)
    Clip.objects.filter(pk=make_clip(participant).pk).update(size=room.PER_PERSON - GIB)

    response = sign_in(participant).post(
        reverse("video_feedback:begin_upload", args=[clip.pk]),
        headers={"Tus-Resumable": "1.0.0", "Upload-Length": str(GIB * 3 // 2), **CUT},
    )

    words = "Je hebt geen ruimte meer voor deze opname van 1,5 GB: nog 1,0 GB. Wis eerst een ander fragment."
    assert (response.status_code, response.content.decode().replace("\xa0", " ")) == (413, words)
