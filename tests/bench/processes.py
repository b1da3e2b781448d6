"""What processes cost, as the kernel counts it."""

import os
import re
from collections.abc import Iterable
from pathlib import Path


def cpu_seconds(pids: Iterable[int]) -> float:
    """CPU time so far of these processes, with all their threads, in them and in the kernel for them."""
    return sum(_ticks(pid) for pid in pids) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    # Behind the name, which may hold spaces: state is the third field, utime the fourteenth, stime the fifteenth.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def forget_peaks(pids: Iterable[int]) -> None:
    """From now on the peak of their memory is that of now."""
    for pid in pids:
        Path(f"/proc/{pid}/clear_refs").write_text("5")


def peak_mib(pids: Iterable[int]) -> float:
    """The most memory that one of these processes had, in MiB."""
    return max(_peak_kib(pid) for pid in pids) / 1024


def _peak_kib(pid: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1])
