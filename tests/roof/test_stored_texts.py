"""What was stored before there was one door for text is cleaned by a migration of each app."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from groups.models import School
from tests.roof.scene import Scene, make_scene

pytestmark = pytest.mark.django_db

FLOORS = ("groups", "meetings", "video_feedback", "leervragen", "reports")
TYPED = "Rust\x02 aan tafel.\vDan\x85tellen.\tZo."


def migrate() -> None:
    for floor in FLOORS:
        (path,) = Path(settings.BASE_DIR, floor, "migrations").glob("*_texts_without_control_characters.py")
        import_module(f"{floor}.migrations.{path.stem}").clean(apps, None)


def store(row: Model, name: str, text: str) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**{name: text})


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def test_each_app_cleans_its_texts_and_names_are_one_line(scene: Scene) -> None:
    texts: list[tuple[Any, str]] = [
        (scene.evaluation, "tops"),
        (scene.talentmoment, "text"),
        (scene.strip, "text"),
        (scene.story, "text"),
    ]
    for row, name in [*texts, (scene.group, "name")]:
        store(row, name, TYPED)

    migrate()

    for row, name in texts:
        row.refresh_from_db()
        assert getattr(row, name) == "Rust aan tafel.\nDan\ntellen.\tZo."
    scene.group.refresh_from_db()
    assert scene.group.name == "Rust aan tafel. Dan tellen. Zo."


def test_only_what_holds_such_a_character_is_written(scene: Scene) -> None:
    store(scene.remark, "text", "Mooi\x0e!")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        migrate()

    writes = [one["sql"] for one in asked if one["sql"].startswith("UPDATE")]
    assert [sql.split('"')[1] for sql in writes] == ["video_feedback_remark"]


def test_two_names_that_become_one_both_stay(scene: Scene) -> None:
    School.objects.create(name="De Brink", place="Zuidlaren")
    other = School.objects.create(name="De\x02 Brink", place="Zuidlaren")

    migrate()

    other.refresh_from_db()
    assert other.name == "De\x02 Brink"
