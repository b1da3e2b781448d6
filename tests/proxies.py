"""nginx and Caddy in front of a server of a test, as README says: its own blocks, with only the addresses filled in.

`bin/setup --dev` unpacks both in var/tools; they are not installed, since Debian's nginx then starts on port 80.
"""

import datetime as dt
import os
import re
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers import ROOT, free_port, is_free, wait_until

TOOLS = ROOT / "var" / "tools"
HOST = "localhost"
UPSTREAM = "127.0.0.1:8000"
STREAMS = "127.0.0.1:8001"
"""Where the blocks of README say that the portal is, and its process for streams of events."""

PLAIN = """
server {
    listen 80;
    location / {
        if (-f %(folder)s/away) { return 502; }
        proxy_pass http://127.0.0.1:8000;
        proxy_set_header Host $http_host;
    }
}
"""
"""nginx as one sets it up who read nothing: it takes 1 MB at most, and keeps what comes until all of it is there."""

AROUND = """
daemon off;
pid %(folder)s/nginx.pid;
%(user)s
events {}
http {
    access_log %(folder)s/access.log;
    client_body_temp_path %(folder)s/body;
    proxy_temp_path %(folder)s/proxy;
    fastcgi_temp_path %(folder)s/fastcgi;
    uwsgi_temp_path %(folder)s/uwsgi;
    scgi_temp_path %(folder)s/scgi;
    %(block)s
}
"""

CADDY_OPTIONS = """{
    admin off
    auto_https disable_redirects
    local_certs
    skip_install_trust
    storage file_system %(folder)s/caddy
}
"""


@dataclass(frozen=True)
class Front:
    """Where visitors come, and whose certificates they must trust for it."""

    url: str
    trusted: Path


def block_of(language: str) -> str:
    """The one block of README in this language; AssertionError when there is another number of them."""
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    return str(block)


@contextmanager
def running_nginx(
    folder: Path, upstream: str, *, streams: str = "", block: str | None = None, port: int = 0
) -> Iterator[Front]:
    """nginx with the block of README, or another, that passes on to `upstream` (host:port), streams to `streams`."""
    port = port or free_port()
    text = (block or block_of("nginx")).replace(UPSTREAM, upstream).replace(STREAMS, streams or upstream)
    is_tls = "listen 443 ssl;" in text
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;").replace("portaal.example;", f"{HOST};")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port() if is_tls else port};")
    if is_tls:
        _certify(folder)
        text = re.sub(r"(ssl_certificate(?:_key)?) \S+\.(pem|key);", rf"\1 {folder}/own.\2;", text)
    user = "user root;" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(AROUND % {"folder": folder, "user": user, "block": text % {"folder": folder}})
    log = folder / "nginx.log"
    command: list[str | Path] = [TOOLS / "usr/sbin/nginx", "-p", folder, "-c", config, "-e", log]
    with _running(command, port, log):
        yield Front(f"https://{HOST}:{port}" if is_tls else f"http://127.0.0.1:{port}", folder / "own.pem")


@contextmanager
def running_caddy(folder: Path, upstream: str, *, streams: str = "", port: int = 0) -> Iterator[Front]:
    """Caddy with the block of README, that passes on to `upstream` (host:port), streams to `streams`."""
    port = port or free_port()
    url = f"https://{HOST}:{port}"
    text = block_of("caddy").replace(UPSTREAM, upstream).replace(STREAMS, streams or upstream)
    text = text.replace("portaal.example {", f"{url} {{")
    config = folder / "Caddyfile"
    config.write_text(CADDY_OPTIONS % {"folder": folder} + text)
    command: list[str | Path] = [TOOLS / "usr/bin/caddy", "run", "--adapter", "caddyfile", "--config", config]
    with _running(command, port, folder / "caddy.log", HOME=str(folder)):
        # It listens before it has made its certificate.
        wait_until(lambda: _shakes_hands(port), "a certificate of Caddy", 30)
        yield Front(url, folder / "caddy/pki/authorities/local/root.crt")


@dataclass(frozen=True)
class PlainNginx:
    """nginx with its defaults in front of a portal."""

    url: str
    folder: Path

    @property
    def answers(self) -> list[tuple[str, int]]:
        """Method and status of each request so far."""
        lines = (self.folder / "access.log").read_text().splitlines()
        return [(line.split('"')[1].split()[0], int(line.split('"')[2].split()[0])) for line in lines]

    @contextmanager
    def without_portal(self) -> Iterator[None]:
        """Meanwhile it answers with a page of its own."""
        (self.folder / "away").touch()
        yield
        (self.folder / "away").unlink()


PROXIES: dict[str, Callable[..., AbstractContextManager[Front]]] = {"nginx": running_nginx, "caddy": running_caddy}


@contextmanager
def _running(command: list[str | Path], port: int, log: Path, **env: str) -> Iterator[None]:
    assert Path(command[0]).exists(), f"{command[0]} is not there: bin/setup --dev unpacks it"
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=os.environ | env, stdout=out, stderr=out)
    try:

        def answers() -> bool:
            assert process.poll() is None, f"{command} stopped:\n{log.read_text(errors='replace')}"
            return not is_free(port)

        wait_until(answers, f"an open port of {command[0]}", 30)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _shakes_hands(port: int) -> bool:
    """By whatever certificate: whether it is trusted is for the test."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection(("127.0.0.1", port), timeout=5) as line,
            context.wrap_socket(line, server_hostname=HOST),
        ):
            return True
    except OSError:
        return False


def _certify(folder: Path) -> None:
    """Writes own.pem and own.key: a certificate that is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "own.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = serialization.PrivateFormat.PKCS8
    (folder / "own.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, private, serialization.NoEncryption())
    )
