"""Files that pass for films, and films with a trap in them: none becomes a film, none reads another's, none crashes."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.video_feedback.films import make_film
from tests.video_feedback.hostile_films import ATTACKS, Hostile
from video_feedback import media
from video_feedback.media import MediaError

LONG_AGO = 946_684_800


def was_read(path: Path) -> bool:
    """Whether anyone read the file since it was made to look as if nobody did for years."""
    return path.stat().st_atime != LONG_AGO


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """Another's film, which would play."""
    path = make_film(tmp_path / "van-een-ander.mp4", seconds=1, size="160x120")
    os.utime(path, (LONG_AGO, path.stat().st_mtime))
    return path


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.__name__ for attack in ATTACKS])
def test_none_is_accepted(attack: Callable[[Path], Hostile], canary: Path, tmp_path: Path) -> None:
    target, source = tmp_path / "target", tmp_path / "source"
    target.mkdir()
    tried = 0
    accepted: list[str] = []
    crashed: list[str] = []

    for name, content in attack(canary):
        source.write_bytes(content)
        tried += 1
        try:
            media.convert(source, target)
            accepted.append(name)
        except MediaError as error:
            if "crashed" in error.detail:
                crashed.append(f"{name}: {error}")

    print(f"{tried} tried, {len(accepted)} accepted, {len(crashed)} crashed")
    assert tried >= 6
    assert (accepted, crashed) == ([], [])
    assert not was_read(canary)


def test_the_canary_tells(canary: Path) -> None:
    canary.read_bytes()

    assert was_read(canary)
