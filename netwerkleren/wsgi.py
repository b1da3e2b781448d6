"""The WSGI entry: pages and uploads."""

import os

from django.core.wsgi import get_wsgi_application

from netwerkleren.base import pdf
from netwerkleren.base.logs import mask_web_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netwerkleren.settings")
mask_web_server()
pdf.make_apart()
application = get_wsgi_application()
