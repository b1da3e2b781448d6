"""A way to a portal on which what goes up is counted."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from tests.servers import Portal


class Counted:
    """A way to the portal that counts what goes up, at the socket."""

    def __init__(self, portal: Portal) -> None:
        self.bytes = 0
        self.portal = urlsplit(portal.url)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self.server.accept()
                far = socket.create_connection((self.portal.hostname, self.portal.port))
                threading.Thread(target=self._pass, args=[near, far, 1], daemon=True).start()
                threading.Thread(target=self._pass, args=[far, near, 0], daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, counts: int) -> None:
        with suppress(OSError):
            while piece := one.recv(65536):
                self.bytes += counts * len(piece)
                other.sendall(piece)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
