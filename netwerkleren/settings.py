"""Settings: one file, read from the environment; every default is the safe one.

`bin/start` sets NETWERKLEREN_DEMO and NETWERKLEREN_HTTP; a real installation sets neither. README lists the variables.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from netwerkleren.base.static_headers import headers_of_file

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("NETWERKLEREN_VAR", BASE_DIR / "var"))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _flag(name: str) -> bool:
    return os.environ.get(name, "") == "1"


DEBUG = False
DEMO = _flag("NETWERKLEREN_DEMO")
PLAIN_HTTP = _flag("NETWERKLEREN_HTTP")

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random text (bin/start makes one).")

BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "netwerkleren.roof",
    "netwerkleren.method",
    "reports",
    "leervragen",
    "video_feedback",
    "meetings",
    "groups",
    "netwerkleren.base",
    "django.contrib.admin",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "template_partials",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "netwerkleren.base.middleware.NothingNewMiddleware",
    "netwerkleren.base.middleware.ResourcePolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "netwerkleren.base.middleware.PlainTextMiddleware",
    "netwerkleren.base.bodies.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "netwerkleren.base.middleware.ActorMiddleware",
    "netwerkleren.base.middleware.StillThereMiddleware",
    "netwerkleren.base.middleware.NoStoreMiddleware",
    "netwerkleren.base.middleware.NotAllowedMiddleware",
    "netwerkleren.base.middleware.RefusalsMiddleware",
    "netwerkleren.base.middleware.LimitsMiddleware",
    "netwerkleren.base.middleware.AccessMiddleware",
    # The second lock: a view that is routed open by mistake still asks for a login.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    # Last, since it reads what was posted: who may not come in sends nothing.
    "django.middleware.csrf.CsrfViewMiddleware",
]

ROOT_URLCONF = "netwerkleren.urls"
WSGI_APPLICATION = "netwerkleren.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "netwerkleren.base.context.page",
                "netwerkleren.roof.context.navigation",
                "netwerkleren.roof.context.demo",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "netwerkleren.base.templatetags.plain",
            ],
        },
    }
]

FORM_RENDERER = "netwerkleren.base.fields.Renderer"  # the one door for the text of every form

# --- Data ---
_sqlite = f"sqlite:///{VAR_DIR / 'db.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL", _sqlite))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE takes the write lock at BEGIN, so that a transaction never fails halfway on "locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    # Besides what the URL asks of the connection, such as sslmode=verify-full&sslrootcert=…
    # A page waits `timeout` seconds for a connection. Where the database is away the pool gives up soon, and tries anew
    # at the next request; left to itself it would try ever more rarely.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": 8,
        "timeout": 5,
        "reconnect_timeout": 3,
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # One that died with the database is not handed out.
# PostgreSQL tells what has changed, and a process of its own passes it on (base/streams.py); without it pages ask.
LIVE_BY_EVENTS = DATABASES["default"]["ENGINE"].endswith("postgresql")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Shared by all processes, since rate limits that each process counts for itself do not limit.
    # Room for what many visitors count up at once: a cache that is full throws out what still counts.
    "default": {
        "BACKEND": "netwerkleren.base.cache.SharedCache",
        "LOCATION": "base_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

_STATIC = {"BACKEND": "netwerkleren.base.storage.HashedStaticStorage"}
if os.environ.get("S3_BUCKET"):
    _s3 = {
        "bucket_name": os.environ["S3_BUCKET"],
        "endpoint_url": os.environ.get("S3_ENDPOINT_URL") or None,
        "access_key": os.environ.get("S3_ACCESS_KEY_ID"),
        "secret_key": os.environ.get("S3_SECRET_ACCESS_KEY"),
        "region_name": os.environ.get("S3_REGION", "us-east-1"),
        "addressing_style": "path",
        "default_acl": "private",
        "file_overwrite": False,
    }
    _store = "storages.backends.s3.S3Storage"
    STORAGES = {
        "default": {"BACKEND": _store, "OPTIONS": {**_s3, "location": "files"}},
        "footage": {"BACKEND": _store, "OPTIONS": {**_s3, "location": "footage"}},
        "staticfiles": _STATIC,
    }
else:
    _store = "netwerkleren.base.storage.ReservingStorage"
    STORAGES = {
        "default": {"BACKEND": _store, "OPTIONS": {"location": VAR_DIR / "media" / "files", "base_url": None}},
        "footage": {"BACKEND": _store, "OPTIONS": {"location": VAR_DIR / "media" / "footage", "base_url": None}},
        "staticfiles": _STATIC,
    }
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
UPLOAD_DIR = VAR_DIR / "uploads"
# What a form sends is film too: it lies where the sweeper looks, not in /tmp.
FILE_UPLOAD_TEMP_DIR = UPLOAD_DIR / "posted"
for _folder in (UPLOAD_DIR, FILE_UPLOAD_TEMP_DIR):
    _folder.mkdir(mode=0o700, exist_ok=True)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "netwerkleren.base.posted.ReservingUploadHandler",
]
# What stays free for the database, the sessions and the queues, whoever sends what (base/disk.py).
DISK_RESERVE = int(os.environ.get("DISK_RESERVE_MIB") or 1024) * 1024**2
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # also of a whole body, where the route table gives no limit (base/bodies.py)

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = headers_of_file
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # pages name no others, and compressing them takes most of collectstatic

# --- Tasks ---
TASKS_IMMEDIATE = _flag("NETWERKLEREN_TASKS_IMMEDIATE")

# --- Mail ---
_mail = urlsplit(os.environ.get("EMAIL_URL") or "filemail:")
_ports = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
if _mail.scheme in _ports and _mail.hostname:
    EMAIL_BACKEND = "netwerkleren.base.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or _ports[_mail.scheme]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+tls"
    EMAIL_TIMEOUT = 60  # a server that scans a mail answers late, and what it answered late is never sent again
elif _mail.scheme == "filemail":
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
else:
    raise ImproperlyConfigured("EMAIL_URL is smtp+tls://user:password@host, smtps://… or smtp://…, and names a host.")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Netwerkleren <portaal@netwerkleren.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = ""

# --- Language and time ---
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
FORMAT_MODULE_PATH = ["netwerkleren.formats"]

# --- Accounts: django-allauth, invite-only ---
AUTH_USER_MODEL = "groups.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "groups.backends.ByOwnAddress",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "groups.passwords.UnlikeOneself"},
    {"NAME": "groups.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "groups.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "roof:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "groups.adapter.InviteOnlyAdapter"
USERSESSIONS_ADAPTER = "groups.adapter.DevicesAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_FORMS = {
    "add_email": "groups.account_forms.NewAddressForm",
    "reset_password": "groups.account_forms.NewPasswordForm",
}
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_DISPLAY = "groups.models.display_name"
ACCOUNT_SESSION_REMEMBER = False
# Ours count what fails (base/limits.py), for a whole school sits behind one address. allauth's stay for what who
# is signed in does.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "10/15m/key",
    "reset_password": None,
    "reset_password_from_key": "300/15m/ip",
    "signup": None,
}
MFA_RATE_LIMITS = {"webauthn_login": "300/15m/ip"}  # nothing can be guessed there, so it only keeps the portal free
MFA_ADAPTER = "groups.factor_forms.OwnWordsAdapter"
MFA_FORMS = {
    "authenticate": "groups.factor_forms.CodeForm",
    "reauthenticate": "groups.factor_forms.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Netwerkleren"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PLAIN_HTTP

# --- Headers and cookies ---
SESSION_ENGINE = "netwerkleren.base.sessions"  # which says when the session of an account ends
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_FAILURE_VIEW = "netwerkleren.base.views.csrf_failure"
SECURE_SSL_REDIRECT = not PLAIN_HTTP
_behind_proxy = _flag("BEHIND_TLS_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _behind_proxy else None
# Limits on login count per visitor, who is the last that X-Forwarded-For names; else all would share the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _behind_proxy else 0
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in ("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")
} | {"fullscreen": ["self"], "publickey-credentials-get": ["self"], "publickey-credentials-create": ["self"]}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"mask_tokens": {"()": "netwerkleren.base.logs.MaskTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["mask_tokens"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"huey": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}, "weasyprint": {"level": "ERROR"}},
}
