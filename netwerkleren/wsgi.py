"""The WSGI entry: pages and uploads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netwerkleren.settings")
application = get_wsgi_application()
