"""The ASGI entry, for servers that want one; pages are faster under WSGI."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netwerkleren.settings")
application = get_asgi_application()
