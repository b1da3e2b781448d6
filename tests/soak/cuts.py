"""Uploads that are cut at a random byte and carried on: each is the same recording in the end."""

import hashlib
import random

from tests.bench.figures import Figures
from tests.servers import Portal
from tests.video_feedback.test_cut_connections import Sender

LENGTH = 3_000_000


def cut_uploads(figures: Figures, portal: Portal, cuts: int, dice: random.Random) -> None:
    sender = Sender(portal)
    same = sum(_is_same_after_a_cut(sender, dice) for _cut in range(cuts))
    print(f"{same} of {cuts} the same sha256", flush=True)
    figures.say("uploads_that_differ", cuts - same, "uploads", 0)


def _is_same_after_a_cut(sender: Sender, dice: random.Random) -> bool:
    content = dice.randbytes(LENGTH)
    # One byte more is announced than comes, so that the recording is not converted and can be read here.
    begun = sender.ask("POST", f"/uploads/nieuw/{sender.clip}/", b"", **{"Upload-Length": str(LENGTH + 1)})
    url = begun.headers["Location"]
    sender.cut(url, 0, content, dice.randrange(LENGTH), hard=False)
    while (offset := sender.offset(url)) < LENGTH:
        # What is still being read of the cut connection may come first: then this one is told from where to go on.
        headers = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        sender.ask("PATCH", url, content[offset:], **headers)
    stored = (sender.uploads / url.strip("/").rpartition("/")[2]).read_bytes()
    return hashlib.sha256(stored).digest() == hashlib.sha256(content).digest()
