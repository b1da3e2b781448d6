"""Recordings in a bucket."""

import random

from video_feedback.receiving.in_bucket import PART

LENGTH = 2 * PART + 1_234_567
CONTENT = random.Random(5).randbytes(LENGTH)
