"""The settings that tests run under: the real ones, with tasks at once, a throw-away data folder and plain http."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "tests-only")
os.environ["NETWERKLEREN_VAR"] = tempfile.mkdtemp(prefix="netwerkleren-tests-")
atexit.register(shutil.rmtree, os.environ["NETWERKLEREN_VAR"], ignore_errors=True)
os.environ["NETWERKLEREN_HTTP"] = "1"
os.environ["NETWERKLEREN_TASKS_IMMEDIATE"] = "1"
os.environ["NETWERKLEREN_DEMO"] = ""
os.environ["DATABASE_URL"] = (
    os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{os.environ['NETWERKLEREN_VAR']}/db.sqlite3"
)

from netwerkleren.settings import *  # noqa: E402, F403
from netwerkleren.settings import DATABASES, STATIC_ROOT, STORAGES, VAR_DIR  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns about a folder that is not there
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real life: in memory, threads that write at once fail where SQLite itself would let them wait.
    # Nothing in it has to outlive a crash.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "tests.sqlite3"}
    if _migrated := os.environ.get("TEST_DATABASE_COPY"):  # of bin/test, which takes a migrated one with --reuse-db
        _worker = os.environ.get("PYTEST_XDIST_WORKER")  # by which pytest-django names the database of each process
        shutil.copy(_migrated, VAR_DIR / "_".join(filter(None, ["tests.sqlite3", _worker])))
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
