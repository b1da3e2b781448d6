"""What a page says when something under the portal is away, and that it comes back by itself (docs/security.md F2)."""

import errno
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import requests
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from netwerkleren.base.access import Who, route
from netwerkleren.base.request import Request
from tests.servers import WHOLE_ON_POSTGRESQL, Portal, running_portal, settings_of, wait_until

problems: list[Exception] = []


def fails(request: Request) -> HttpResponse:
    raise problems[-1]


urlpatterns = [route("gaat-mis/", fails, "fails", Who.ANYONE), path("", include("netwerkleren.urls"))]
handler500 = "netwerkleren.base.views.server_error"

fails.login_required = False  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("problem", "status", "words"),
    [
        (OperationalError("connection refused"), 503, "De gegevens zijn even niet bereikbaar."),
        (InterfaceError("the connection is closed"), 503, "De gegevens zijn even niet bereikbaar."),
        (OperationalError("database or disk is full"), 503, "De schijf van de server is vol."),
        (OperationalError("could not extend file: No space left on device"), 503, "De schijf van de server is vol."),
        (OSError(errno.ENOSPC, "No space left on device"), 503, "De schijf van de server is vol."),
        (OSError(errno.EDQUOT, "Quota exceeded"), 503, "De schijf van de server is vol."),
        (OSError(errno.EIO, "Input/output error"), 500, "Er ging iets mis bij ons"),
        (OperationalError("no such table: groups_invitation"), 500, "Er ging iets mis bij ons"),
        (OperationalError('near "SELEC": syntax error'), 500, "Er ging iets mis bij ons"),
        (ValueError("ours"), 500, "Er ging iets mis bij ons"),
    ],
    ids=str,
)
def test_the_page_says_what_is_the_matter(problem: Exception, status: int, words: str) -> None:
    problems.append(problem)

    response = Client(raise_request_exception=False).get("/gaat-mis/")

    assert (response.status_code, words in response.content.decode()) == (status, True)
    assert ("Retry-After" in response) is (status == 503)


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Path]:
    """The name under which a portal looks for PostgreSQL's socket, which is there when it is linked."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        pytest.skip("SQLite is a file beside the portal")
    with psycopg.connect(host=database["HOST"], user=database["USER"], dbname="postgres", autocommit=True) as owner:
        owner.execute("CREATE DATABASE comes_back")
        yield tmp_path / ".s.PGSQL.5432"
        owner.execute("DROP DATABASE comes_back WITH (FORCE)")


@pytest.fixture
def there(away: Path) -> Path:
    return Path(settings.DATABASES["default"]["HOST"]) / away.name


@pytest.fixture
def env(away: Path) -> dict[str, str]:
    user = settings.DATABASES["default"]["USER"]
    return {"DATABASE_URL": f"postgres://{user}@{str(away.parent).replace('/', '%2F')}/comes_back"}


@pytest.mark.on_postgresql
def test_it_starts_while_the_database_is_away_and_comes_back_by_itself(
    away: Path, there: Path, env: dict[str, str], tmp_path: Path, static_files: Path
) -> None:
    away.symlink_to(there)
    (tmp_path / "var").mkdir()
    with running_portal(tmp_path / "var", static_files, **env) as portal:
        assert requests.get(portal.url, timeout=30).status_code == 200

        away.unlink()
        _end_connections()
        wait_until(lambda: _status(portal) == 503, "the page that says so", 30)
        portal.stop()
        portal.start(worst=503)
        assert "De gegevens zijn even niet bereikbaar." in _ask(portal).text

        away.symlink_to(there)
        wait_until(lambda: _status(portal) == 404, "the portal with its database", 30)
        wait_until(lambda: portal.roles == WHOLE_ON_POSTGRESQL, "its workers", 60)


@pytest.mark.on_postgresql
def test_workers_that_start_at_once_each_find_every_queue(
    away: Path, there: Path, env: dict[str, str], tmp_path: Path
) -> None:
    away.symlink_to(there)
    portal = Portal(*settings_of(tmp_path, **env), tmp_path / "portal.log")
    ask = "from netwerkleren.base import tasks; tasks.prepare(); print(sum(len(q) for q in tasks.QUEUES.values()))"

    with ThreadPoolExecutor() as workers:
        printed = [*workers.map(lambda _worker: portal.manage("shell", "--no-imports", "-c", ask), range(3))]

    assert printed == ["0\n"] * 3


def _ask(portal: Portal) -> requests.Response:
    """Asks for an invitation that is not there, which only the database knows."""
    return requests.get(f"{portal.url}/uitnodiging/geen/", timeout=30)


def _status(portal: Portal) -> int:
    return _ask(portal).status_code


def _end_connections() -> None:
    database = settings.DATABASES["default"]
    with psycopg.connect(host=database["HOST"], user=database["USER"], dbname="postgres", autocommit=True) as owner:
        owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'comes_back'")
