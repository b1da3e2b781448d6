"""The ASGI entry: the streams of events alone; pages are faster under WSGI."""

from netwerkleren.wsgi import application as portal

# isort: split
# Only now, for the line above sets Django up.
from netwerkleren.base.streams import Streams

application = Streams(portal)
