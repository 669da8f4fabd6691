"""The peak memory and the CPU seconds of a process and its descendants, watched from outside.

Separate because the kernel's own figure for a finished child (ru_maxrss) starts from what its parent held when it was
forked, which here is the drawn pages.
"""

import os
import threading
from pathlib import Path

_EVERY_S = 0.3


class Watch:
    """Watches a process tree until it is left; ``peak_mb`` is the peak of its largest process."""

    def __init__(self, pid: int) -> None:
        self.peak_mb = 0.0
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_EVERY_S):
            self.peak_mb = max([self.peak_mb, *(_peak_mb(pid) for pid in _tree(self._pid))])


def cpu_s(pid: int) -> float:
    """Return the CPU seconds of a process, of all below it, and of those below it that have ended."""
    return sum(_ticks(each) for each in _tree(pid)) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    # After the name in brackets: utime, stime, cutime, cstime are fields 14 to 17 of proc(5).
    return sum(map(int, stat.rpartition(")")[2].split()[11:15]))


def _tree(pid: int) -> list[int]:
    """The process and all below it; those that ended meanwhile are left out."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        found += [descendant for child in children for descendant in _tree(int(child))]
    return found


def _peak_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
