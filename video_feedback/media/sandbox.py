"""Where every run of ffmpeg is: in bubblewrap, without network, with one readable file and one writable folder.

CPU, memory, file size and time are limited.
"""

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .faults import MediaError, Reason

MIB = 1024**2
MAX_MEMORY = 830 * MIB
"""Of what a process makes itself; the libraries that it shares come on top, some 40 MiB."""
MAX_ADDRESSES = 3 * 1024 * MIB

CRASHES = {128 + 4, 128 + 6, 128 + 7, 128 + 8, 128 + 11}
"""Exit codes after SIGILL, SIGABRT, SIGBUS, SIGFPE and SIGSEGV, as bubblewrap hands them on."""

_OUT_OF_MEMORY = re.compile(
    r"Cannot allocate memory|Could not allocate|malloc of size|Resource temporarily unavailable|std::bad_alloc"
    r"|Error while opening encoder"
)
"""An encoder is ours, and so is what it is asked: it opens, unless the picture before it left too little."""
_OUT_OF_TIME = re.compile(r"received signal 24|Received > 3 system signals")
"""Nobody else sends ffmpeg signals: the kernel does, each second that it runs past its time."""
_SMALL_TALK = re.compile(r"^(\[[^\]]+ @ 0x[0-9a-f]+\] )?\[(warning|info|verbose|debug)\] ")

IN_SANDBOX, OUT_SANDBOX = "/film/source", "/film/out"


@contextmanager
def sandboxed(
    command: list[str],
    *,
    source: Path | None,
    folder: Path | None = None,
    cpu_seconds: int,
    wall_seconds: int,
    patience: "Patience | None" = None,
    max_file: int,
    memory: int = MAX_MEMORY,
    does_with_less: bool = False,
    heed: Callable[[str], None] = lambda line: None,
) -> Iterator[IO[str]]:
    """Run `command` in the sandbox and yield the lines that it prints. On leaving the block it has ended well.

    `heed` gets each line of what it says besides, on a thread of its own. Raises MediaError when it did not end well,
    or when it went on without memory that it asked for, which makes a film with holes; who `does_with_less` may. An
    exception in the block (a clip that was erased meanwhile) ends ffmpeg too. So does `patience` that is over.
    """
    if shutil.which("bwrap") is None:
        raise MediaError(Reason.NO_SANDBOX, "bubblewrap (bwrap) is not installed: films are not opened without it")
    process = subprocess.Popen(
        [
            "prlimit", f"--cpu={cpu_seconds}:{cpu_seconds + 5}", f"--data={memory}", f"--as={MAX_ADDRESSES}",
            f"--fsize={max_file}", "--core=0", "--", *_sandbox(source, folder), "--", *command,
        ],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    complaints = _Complaints(process.stderr, heed)
    alarm = _Alarm(process, wall_seconds, patience)
    try:
        with process.stdout:
            yield process.stdout
        code = process.wait()
    finally:
        alarm.cancel()
        process.kill()
        process.wait()
        complaints.join()
        process.stderr.close()
    if code != 0 or (complaints.is_out_of_memory and not does_with_less):
        raise _explain(code, complaints, is_late=alarm.went_off)


class Patience:
    """How many seconds a run may go without getting any further: one that hangs would take the whole of its time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.renew()

    def renew(self) -> None:
        self.until = time.monotonic() + self.seconds


class _Alarm(threading.Thread):
    """Ends a run that takes longer than it may, as a whole or without getting any further."""

    LOOKS_EVERY = 1

    def __init__(self, process: "subprocess.Popen[str]", wall_seconds: int, patience: Patience | None) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.until = time.monotonic() + wall_seconds
        self.patience = patience
        self.went_off = False
        self._ended = threading.Event()
        self.start()

    def cancel(self) -> None:
        self._ended.set()

    def run(self) -> None:
        while not self._ended.wait(min(self.LOOKS_EVERY, max(0, self.until - time.monotonic()))):
            until = min(self.until, self.patience.until) if self.patience else self.until
            if time.monotonic() >= until:
                self.went_off = True
                self.process.kill()
                return


class _Complaints(threading.Thread):
    """What a run says besides: read as it comes, however much it is, of which the first part is kept."""

    KEPT = 4000

    def __init__(self, stream: IO[str], heed: Callable[[str], None]) -> None:
        super().__init__(daemon=True)
        self.stream = stream
        self.heed = heed
        self.text = ""
        self.is_out_of_memory = False
        self.is_out_of_time = False
        self.start()

    def run(self) -> None:
        # A line has no length that it must keep to: read in pieces of at most so many characters.
        while line := self.stream.readline(self.KEPT):
            self.heed(line)
            self.is_out_of_time = self.is_out_of_time or bool(_OUT_OF_TIME.search(line))
            if _SMALL_TALK.match(line):
                continue
            self.is_out_of_memory = self.is_out_of_memory or bool(_OUT_OF_MEMORY.search(line))
            if len(self.text) < self.KEPT:
                self.text += line


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


def _explain(code: int, complaints: _Complaints, *, is_late: bool) -> MediaError:
    sigxcpu, sigxfsz = 128 + 24, 128 + 25
    text = complaints.text
    detail = text.strip()[-450:] or f"exit code {code}"
    if code in CRASHES:
        detail = f"{detail} (crashed: {code})"
    if is_late or code in {-24, sigxcpu} or complaints.is_out_of_time:
        return MediaError(Reason.TIMEOUT, detail)
    if text.startswith(("bwrap:", "prlimit:")):
        return MediaError(Reason.NO_SANDBOX, detail)
    if code in {-25, sigxfsz} or "No space left on device" in text or "File too large" in text:
        return MediaError(Reason.OUT_OF_SPACE, detail)
    if complaints.is_out_of_memory:
        return MediaError(Reason.TOO_HEAVY, detail)
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
