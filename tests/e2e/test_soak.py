"""A small part of bin/soak: uploads that are cut, and processes that are killed in the middle of their work."""

import random
from collections.abc import Callable
from pathlib import Path

from tests.bench.figures import Figures
from tests.servers import Portal, SmtpSink, wait_until
from tests.soak.cuts import cut_uploads
from tests.soak.kills import Soak, kill_processes
from tests.video_feedback.films import make_film


def test_a_killed_conversion_goes_on_by_itself(
    start_portal: Callable[..., Portal], smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=15, size="1280x720").read_bytes()
    soak = Soak(smtp_sink, film, random.Random(7))
    soak.seed_in(1)(start_portal(EMAIL_URL=smtp_sink.url))
    (clip,) = soak.clips
    soak.member.send(clip, film)
    wait_until(lambda: dict(soak.look()["clips"])[clip] == "converting", "the worker", 60)

    soak.kill("video")

    # A minute, and what a busy machine needs for the film itself: a lease that only ends by itself takes longer.
    wait_until(lambda: dict(soak.look()["clips"])[clip] == "ready", "the film", 180)
    assert "The video worker stopped by itself" in soak.portal.logs


def test_nothing_acknowledged_is_lost_and_nothing_sent_twice(
    start_portal: Callable[..., Portal], smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    portal = start_portal(EMAIL_URL=smtp_sink.url)
    figures, dice = Figures("soak"), random.Random(7)
    cut_uploads(figures, portal, 3, dice)
    soak = Soak(smtp_sink, make_film(tmp_path / "film.mp4", seconds=3).read_bytes(), dice)
    soak.seed_in(2)(portal)

    kill_processes(figures, soak, 2, ("conversion", "mail"))

    assert not figures.is_over
