"""Uploads that are cut at a random byte and carried on: each is the same recording in the end."""

import hashlib
import random

from tests.bench.figures import Figures
from tests.bucket import Bucket
from tests.servers import Portal
from tests.tus import CUT
from tests.video_feedback.test_cut_connections import Sender

LENGTH = 3_000_000
LENGTH_IN_BUCKET = 7_000_000
"""More than a part of a multipart upload, so that the rest waits as an object of its own."""
OF_ONE_PERSON = 50
"""Nobody begins more than a hundred uploads an hour."""


def cut_uploads(figures: Figures, portal: Portal, cuts: int, dice: random.Random, bucket: Bucket | None = None) -> None:
    same = 0
    for number in range(cuts):
        if number % OF_ONE_PERSON == 0:
            sender = Sender(portal, clips=min(cuts, OF_ONE_PERSON))
        same += _is_same_in_bucket(sender, dice, bucket) if bucket else _is_same_on_disk(sender, dice)
        sender.clips.append(sender.clips.pop(0))
    print(f"{same} of {cuts} the same sha256", flush=True)
    figures.say("uploads_that_differ", cuts - same, "uploads", 0)


def _is_same_on_disk(sender: Sender, dice: random.Random) -> bool:
    content = dice.randbytes(LENGTH)
    # One byte more is announced than comes, so that the recording is not converted and can be read here.
    url = _cut_and_carried_on(sender, dice, content, LENGTH + 1)
    stored = (sender.uploads / url.strip("/").rpartition("/")[2]).read_bytes()
    sender.ask("DELETE", url)
    return hashlib.sha256(stored).digest() == hashlib.sha256(content).digest()


def _is_same_in_bucket(sender: Sender, dice: random.Random, bucket: Bucket) -> bool:
    # What is not whole cannot be read in the bucket; what is whole and no film stays there, for another try.
    content = dice.randbytes(LENGTH_IN_BUCKET)
    url = _cut_and_carried_on(sender, dice, content, LENGTH_IN_BUCKET)
    stored = bucket.read(f"{url.strip('/')}/recording")
    return hashlib.sha256(stored).digest() == hashlib.sha256(content).digest()


def _cut_and_carried_on(sender: Sender, dice: random.Random, content: bytes, announced: int) -> str:
    begun = sender.ask("POST", f"/uploads/nieuw/{sender.clip}/", b"", **{"Upload-Length": str(announced)} | CUT)
    assert begun.status == 201, begun.status
    url = begun.headers["Location"]
    sender.cut(url, 0, content, dice.randrange(len(content)), hard=False)
    offset = sender.offset(url)
    while offset < len(content):
        headers = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        try:
            is_taken = sender.ask("PATCH", url, content[offset:], **headers).status == 204
        except ConnectionError:  # Refused while the body was still on its way.
            is_taken = False
        # What is still being read of the cut connection may come first: then this one is told from where to go on.
        offset = len(content) if is_taken else sender.offset(url)
    return url
