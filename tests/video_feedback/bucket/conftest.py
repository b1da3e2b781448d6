"""Everything here happens in a real bucket, with one recording of two parts and a rest."""

import pytest
from django.test import Client

from groups.models import Membership
from tests.bucket import Bucket
from tests.types import MakeClip, SignIn
from tests.video_feedback.test_uploads import begin
from video_feedback.models import Clip, Upload

from . import LENGTH


@pytest.fixture(autouse=True)
def _in_bucket(bucket: Bucket) -> None:
    """All of these."""


@pytest.fixture
def clip(make_clip: MakeClip, participant: Membership) -> Clip:
    return make_clip(participant, state=Clip.State.UPLOADING)


@pytest.fixture
def sender(sign_in: SignIn, participant: Membership) -> Client:
    return sign_in(participant)


@pytest.fixture
def url(sender: Client, clip: Clip) -> str:
    return begin(sender, clip, LENGTH)["Location"]


@pytest.fixture
def upload(clip: Clip, url: str) -> Upload:
    return Upload.objects.get(clip=clip)
