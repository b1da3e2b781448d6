"""The portal's settings plus a bare page and a stopwatch, for the benches."""

from netwerkleren.settings import *  # noqa: F403
from netwerkleren.settings import MIDDLEWARE

ROOT_URLCONF = "tests.bench.urls"
MIDDLEWARE = ["tests.bench.stopwatch.StopwatchMiddleware", *MIDDLEWARE]
