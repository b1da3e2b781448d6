"""The demo as the last release had it, row by row: kept by `keep`, put back by `load`, and walked by `walk`.

Each runs in the shell of a portal. After a release, in its checkout and over a portal with nothing but the demo:
`python manage.py shell -c "from tests.roof import landed; landed.keep()"`.
"""

import gzip
import json
import re
from collections import deque
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

KEPT = Path(__file__).parent / "landed_demo.json.gz"
MADE_BY_MIGRATE = {"auth.Permission", "contenttypes.ContentType", "sessions.Session"}
PEOPLE = {
    "hanneke@netwerkleren.example": "/",
    "marijke@netwerkleren.example": "/",
    "bea@netwerkleren.example": "/beheer/",
}
"""The coach, a deelnemer and the beheerder, with the page where each begins."""
MOST_PAGES = 60
"""Of one person: every kind of page is there long before."""
LINK = re.compile(r'<a\b[^>]*\shref="(/[^"#]*)')
NO_PAGE = re.compile(r"/account/logout/|\.pdf|/pdf/|\.zip")


def keep() -> None:
    migrations: dict[str, str] = {}
    for app, name in sorted(MigrationExecutor(connection).loader.applied_migrations):
        migrations[app] = name
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.label not in MADE_BY_MIGRATE]
    rows = {
        model._meta.label: [
            {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            for row in model._base_manager.order_by("pk")
        ]
        for model in models
    }
    content = {"migrations": migrations, "rows": {label: found for label, found in rows.items() if found}}
    written = json.dumps(content, cls=KeptEncoder, indent=1).encode()
    KEPT.write_bytes(gzip.compress(written, mtime=0))


class KeptEncoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return o.name if hasattr(o, "storage") else super().default(o)


def load() -> None:
    """Makes the tables as they were, in a database without any, with the rows that were in them."""
    kept = json.loads(gzip.decompress(KEPT.read_bytes()))
    executor = MigrationExecutor(connection)
    targets = [(app, name) for app, name in kept["migrations"].items()]
    state = executor.migrate(targets)
    models = {label: state.apps.get_model(label) for label in kept["rows"]}
    with transaction.atomic():
        for label, rows in kept["rows"].items():
            fields = {field.attname: field for field in models[label]._meta.concrete_fields}
            for row in rows:
                values = {name: fields[name].to_python(value) for name, value in row.items()}
                models[label](**values).save_base(raw=True, force_insert=True)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
                cursor.execute(statement)


def walk() -> None:
    """Prints, for each of PEOPLE, every page that a link leads to, with its status."""
    print(json.dumps({email: _pages_of(email, start) for email, start in PEOPLE.items()}))


def _pages_of(email: str, start: str) -> dict[str, int]:
    browser = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    browser.force_login(apps.get_model("groups.User").objects.get(email=email))
    found: dict[str, int] = {}
    to_see = deque([start])
    while to_see and len(found) < MOST_PAGES:
        path = to_see.popleft()
        if path in found:
            continue
        response = browser.get(path)
        found[path] = response.status_code
        if response.status_code in (301, 302):
            to_see.append(response["Location"])
        elif "text/html" in response.get("Content-Type", ""):
            links = LINK.findall(response.content.decode())
            to_see.extend(link for link in links if not NO_PAGE.search(link))
    return found
