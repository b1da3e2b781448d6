"""A portal whose data lies on a small disk of its own, which a test fills up and makes room on."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.servers import ROOT, Portal, settings_of, wait_until

MIB = 1024**2
SIZE, RESERVE = 96 * MIB, 16 * MIB

BEGIN = 'cp -a "$1"/. "$2"/ && exec bin/serve'


@dataclass
class SmallDisk:
    """Of which the files are seen through one of the portal's processes: nobody else has it mounted."""

    portal: Portal
    mounted_at: Path

    @property
    def var(self) -> Path:
        pid = next(pid for pid, role in self.portal.processes.items() if role == "granian")
        return Path(f"/proc/{pid}/root") / self.mounted_at.relative_to("/")

    @property
    def free(self) -> int:
        disk = os.statvfs(self.var)
        return disk.f_bavail * disk.f_bsize

    @property
    def leftover(self) -> Path:
        """What a form that broke off left behind: young at first, so that no sweep takes it away."""
        return self.var / "uploads" / "posted" / "tmp0.upload"

    def fill(self, *, leaving: int = 0) -> None:
        """Until nothing more goes on it, or until so many bytes are free."""
        with self.leftover.open("ab", buffering=0) as file, suppress(OSError):
            while (free := self.free) > leaving or not leaving:
                file.write(bytes(max(1, min(MIB, free - leaving))))

    def let_sweep(self) -> None:
        """What fills it is as old now as what is swept."""
        os.utime(self.leftover, (0, 0))

    @property
    def open_files(self) -> list[str]:
        """Of forms that came in, and that a process of the portal still has open: their room is not free."""
        found = []
        for pid in self.portal.processes:
            for link in Path(f"/proc/{pid}/fd").glob("*"):
                with suppress(OSError):
                    found.append(os.readlink(link))
        return [name for name in found if "/uploads/posted/" in name]


@contextmanager
def portal_on_small_disk(
    folder: Path, static_files: Path, prepare: Callable[[Portal], None], **env: str
) -> Iterator[SmallDisk]:
    """`prepare` may seed the portal, which does not run yet."""
    prepared, disk = folder / "prepared", folder / "disk"
    for made in (prepared, disk):
        made.mkdir()
    reserve = {"DISK_RESERVE_MIB": str(RESERVE // MIB)}
    portal = Portal(*settings_of(prepared, **reserve, **env), folder / "portal.log")
    portal.manage("migrate", "--verbosity", "0")
    (prepared / "static").symlink_to(static_files)
    prepare(portal)
    portal.close()
    portal.env["NETWERKLEREN_VAR"] = str(disk)
    # As root it keeps what bubblewrap itself needs: the conversion of a film runs in another one.
    rights = ("--cap-add", "ALL") if os.getuid() == 0 else ()
    mount = ("--dev-bind", "/", "/", "--size", str(SIZE), "--tmpfs", disk, "--chdir", ROOT)
    portal.command = ("bwrap", *rights, *mount, "bash", "-c", BEGIN, "begin", prepared, disk)
    portal.start()
    try:
        yield SmallDisk(portal, disk)
    finally:
        for pid, role in portal.processes.items():
            if role == "script" and pid != portal.process.pid:
                os.kill(pid, signal.SIGTERM)
        portal.process.wait(timeout=30)
        wait_until(lambda: not portal.roles, "the end of the portal", 20)
