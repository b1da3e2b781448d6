"""Where every run of ffmpeg is: in bubblewrap, without network, with one readable file and one writable folder.

CPU, memory, file size and time are limited.
"""

import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .faults import MediaError, Reason

MAX_MEMORY = 3 * 1024**3
MIB = 1024**2

IN_SANDBOX, OUT_SANDBOX = "/film/source", "/film/out"


@contextmanager
def sandboxed(
    command: list[str],
    *,
    source: Path | None,
    folder: Path | None = None,
    cpu_seconds: int,
    wall_seconds: int,
    max_file: int,
) -> Iterator[IO[str]]:
    """Run `command` in the sandbox and yield the lines that it prints. On leaving the block it has ended well.

    Raises MediaError otherwise. An exception in the block (a clip that was erased meanwhile) ends ffmpeg too.
    """
    if shutil.which("bwrap") is None:
        raise MediaError(Reason.NO_SANDBOX, "bubblewrap (bwrap) is not installed: films are not opened without it")
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [
                "prlimit", f"--cpu={cpu_seconds}:{cpu_seconds + 5}", f"--as={MAX_MEMORY}", f"--fsize={max_file}",
                "--core=0", "--", *_sandbox(source, folder), "--", *command,
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, text=True, errors="replace",
        )  # fmt: skip
        assert process.stdout is not None
        late = threading.Event()

        def stop_late() -> None:
            late.set()
            process.kill()

        alarm = threading.Timer(wall_seconds, stop_late)
        alarm.start()
        try:
            with process.stdout:
                yield process.stdout
            code = process.wait()
        finally:
            alarm.cancel()
            process.kill()
            process.wait()
        if code != 0:
            complaints.seek(0)
            raise _explain(code, complaints.read(4000).decode(errors="replace"), is_late=late.is_set())


def _sandbox(source: Path | None, folder: Path | None) -> list[str]:
    arguments = [
        "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
        "--setenv", "PATH", "/usr/bin:/bin", "--ro-bind", "/usr", "/usr",
        "--ro-bind-try", "/bin", "/bin", "--ro-bind-try", "/lib", "/lib", "--ro-bind-try", "/lib64", "/lib64",
        # Debian's BLAS, which ffmpeg links, is found through the alternatives.
        "--ro-bind-try", "/etc/alternatives", "/etc/alternatives",
        "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--dev", "/dev", "--tmpfs", "/tmp",  # noqa: S108
    ]  # fmt: skip
    if source is not None:
        arguments += ["--ro-bind", str(source.resolve()), IN_SANDBOX]
    if folder is not None:
        arguments += ["--bind", str(folder.resolve()), OUT_SANDBOX]
    return arguments


def _explain(code: int, complaint: str, *, is_late: bool) -> MediaError:
    sigxcpu, sigxfsz = 128 + 24, 128 + 25
    detail = complaint.strip()[-500:] or f"exit code {code}"
    if is_late or code in {-24, sigxcpu} or "received signal 24" in complaint:
        return MediaError(Reason.TIMEOUT, detail)
    if complaint.startswith(("bwrap:", "prlimit:")):
        return MediaError(Reason.NO_SANDBOX, detail)
    if code in {-25, sigxfsz} or "No space left on device" in complaint or "File too large" in complaint:
        return MediaError(Reason.OUT_OF_SPACE, detail)
    return MediaError(Reason.DAMAGED, detail)


def sandbox_problem() -> str | None:
    """Return why films cannot be converted here, in words for the one who installs, or None when all is well."""
    for program in ("bwrap", "prlimit", "ffmpeg", "ffprobe"):
        if shutil.which(program) is None:
            return f"{program} is not installed (Debian: apt install ffmpeg bubblewrap util-linux)"
    try:
        with sandboxed(["ffmpeg", "-version"], source=None, cpu_seconds=10, wall_seconds=20, max_file=MIB) as lines:
            for _line in lines:
                pass
    except MediaError as error:
        return f"bubblewrap cannot start ffmpeg here: {error.detail}"
    return None
