"""Programs for tests and benches that no machine needs to have installed: out of Debian's package, into `var/tools`.

Installing nginx would start a service on port 80; here it runs as our child, on a free port of loopback.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import ROOT, free_port, is_free, wait_until

TOOLS = ROOT / "var/tools"

NGINX_CONF = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 2;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port}{tls};
{server}
    }}
}}
"""


def debian_program(package: str, program: str) -> Path:
    """The file `program` of the package, such as usr/sbin/nginx; unpacked once for all runs."""
    folder = TOOLS / package
    if not (folder / program).exists():
        TOOLS.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=TOOLS) as name:
            _download(package, Path(name))
            (archive,) = Path(name).glob("*.deb")
            subprocess.run(["dpkg", "-x", archive, f"{name}/unpacked"], check=True)
            # Two processes of a test run may be here at once: the first to be ready is kept.
            if not (folder / program).exists():
                shutil.rmtree(folder, ignore_errors=True)
                os.rename(f"{name}/unpacked", folder)
    return folder / program


def _download(package: str, folder: Path) -> None:
    """AssertionError with what apt says, where there is no package to be had."""
    command = ["apt-get", "download", "-qq", package]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode and os.geteuid() == 0:  # A machine that was just made has no lists yet.
        subprocess.run(["apt-get", "update", "-qq"], check=True, capture_output=True)
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, f"apt-get download {package}:\n{done.stderr}"


@contextmanager
def running_nginx(folder: Path, server: str, *, tls: bool = False) -> Iterator[str]:
    """nginx with these lines in its `server` block and what it writes in this folder; yields its address.

    With `tls` it has a certificate of its own, `certificate.pem` in the folder, which a client is told to trust.
    """
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    conf = folder / "nginx.conf"
    # Started by root its workers are nobody's, and could not read what a test makes.
    user = "user root;" if os.geteuid() == 0 else ""
    if tls:
        server = f"ssl_certificate {_certificate(folder)}; ssl_certificate_key {folder}/key.pem;\n{server}"
    conf.write_text(user + NGINX_CONF.format(folder=folder, port=port, server=server, tls=" ssl" if tls else ""))
    program = debian_program("nginx", "usr/sbin/nginx")
    log = folder / "error.log"
    process = subprocess.Popen([program, "-p", folder, "-c", conf, "-e", log])
    try:

        def listens() -> bool:
            assert process.poll() is None, f"nginx stopped:\n{log.read_text()}"
            return not is_free(port)

        wait_until(listens, "nginx", 10)
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _certificate(folder: Path) -> Path:
    made = folder / "certificate.pem"
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", *kind, *name, "-keyout", f"{folder}/key.pem", "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    return made
