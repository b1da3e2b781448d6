"""A portal in use goes on: its rows migrate, and its people find their pages."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.servers import Portal, settings_of


@pytest.fixture
def database_of_its_own(db: None) -> Iterator[dict[str, str]]:
    """Without a table, on the kind of database of these tests."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        yield {}
        return
    host, user = database["HOST"], database["USER"]
    with psycopg.connect(host=host, user=user, dbname="postgres", autocommit=True) as owner:
        owner.execute("CREATE DATABASE landed")
        yield {"DATABASE_URL": f"postgres://{user}@{host.replace('/', '%2F')}/landed"}
        owner.execute("DROP DATABASE landed WITH (FORCE)")


@pytest.fixture
def portal(database_of_its_own: dict[str, str], static_files: Path, tmp_path: Path) -> Iterator[Portal]:
    """None that runs: one that scripts are run in."""
    (tmp_path / "static").symlink_to(static_files)
    env = {"NETWERKLEREN_DEMO": "1"} | database_of_its_own
    portal = Portal(*settings_of(tmp_path, **env), tmp_path / "portal.log")
    yield portal
    portal.close()


def test_the_portal_of_the_last_release_is_migrated_and_walked(portal: Portal) -> None:
    portal.run("from tests.roof import landed; landed.load()")

    portal.manage("migrate", "--verbosity", "0")

    walked = json.loads(portal.run("from tests.roof import landed; landed.walk()"))
    assert [email for email, pages in walked.items() if len(pages) < 15] == []
    failed = {path: status for pages in walked.values() for path, status in pages.items() if status >= 400}
    assert failed == {}
