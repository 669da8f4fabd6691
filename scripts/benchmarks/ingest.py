"""A pile of drawn documents taken in: the first run, the second, one that is killed halfway, and a long document.

Every run is the command line in a process of its own, on a scratch project; CPU seconds are those of all processes
below it. The pile is by default small, so that start-up weighs more than it does for a desk's: --pages 500 is a desk's.
Seconds and CPU use say something only where nothing else is running.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reading.corpus import Batch, make
from benchmarks.reading.faces import MissingFontError
from benchmarks.reading.memory import Watch, cpu_s
from kbtool import durable
from kbtool.recipes.start import start

ROOT = Path(__file__).resolve().parents[2]
#: File names that nobody takes for editions of one manual, each with its share of the pages and whether it is scanned.
_PILE = (
    ("加湿空気清浄機.pdf", 0.45, False),
    ("返品と交換の規程.pdf", 0.35, False),
    ("窓口の心得.pdf", 0.12, True),
    ("修理受付票の控え.pdf", 0.08, True),
)
_SECOND_RUN_S = 2.0
_KILLED_SHARE = 1.05
_CPU_USE = 0.95
_WORKER_MB = 800


@dataclass(frozen=True, slots=True)
class Run:
    """What one command cost; ``cpu_s`` of all its processes, ``peak_mb`` of its largest."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    code: int


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this benchmark."""
    parser.add_argument("--pages", type=int, default=60, help="pages of the pile (default: %(default)s)")
    parser.add_argument("--long", type=int, default=100, help="pages of the long document (1000 says most)")
    parser.add_argument("--long-scanned", action="store_true", help="the long document is a scan")
    parser.add_argument("--seed", type=int, default=1, help="which pages")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--out", type=Path, default=ROOT / "build/ingest", help="documents and projects")


def run(options: argparse.Namespace) -> int:
    """Draw, take in, kill, take in again; print every figure beside its target."""
    drawn, out = options.out / "drawn", options.out
    try:
        pile = _pile(drawn, options.seed, options.pages)
        condition = "scan200" if options.long_scanned else "digital"
        (long,) = make(drawn / "long", options.seed + len(pile), options.long, [condition])
    except MissingFontError as error:
        print(error)
        return 4
    first = take_in(project := project_with(out / "undisturbed", pile), options.jobs)
    second = take_in(project, options.jobs)
    killed = _killed(broken := project_with(out / "killed", pile), options.jobs, after_s=first.wall_s / 2)
    again = take_in(broken, options.jobs)
    print(f"{options.pages} pages in {len(pile)} documents, {options.jobs} processes\n")
    for name, cost in (("first", first), ("second", second), ("killed", killed), ("after that", again)):
        print(f"{name:11} {cost.wall_s:7.1f} s {cost.cpu_s:7.1f} CPU s {cost.peak_mb:6.0f} MB  exit {cost.code}")
    for line in _judged(first, second, killed, again, project, broken):
        print(line)
    print(f"\nlargest process over {options.long} pages ({condition}):")
    for page, peak_mb in _growth(project_with(out / "long", {"長い手引き.pdf": long}), options.jobs, options.long):
        print(f"  page {page:5} {peak_mb:6.0f} MB")
    return 0


def _pile(drawn: Path, seed: int, pages: int) -> dict[str, Batch]:
    pile = {}
    for number, (name, share, is_scan) in enumerate(_PILE):
        condition = "scan200" if is_scan else "digital"
        (pile[name],) = make(drawn / str(number), seed + number, max(1, round(share * pages)), [condition])
    return pile


def project_with(folder: Path, pile: dict[str, Batch]) -> Path:
    """Begin a fresh project with the documents in its source folder."""
    shutil.rmtree(folder, ignore_errors=True)
    start(folder, demo=False)
    for name, batch in pile.items():
        durable.write(folder / "source_manuals" / name, batch.pdf.read_bytes())
    return folder


def _command(project: Path, jobs: int) -> list[str]:
    return [sys.executable, "-m", "kbtool", "-C", str(project), "-q", "ingest", "--jobs", str(jobs)]


def take_in(project: Path, jobs: int, *options: str) -> Run:
    """Run ``kbtool ingest`` on a project and tell its cost."""
    started = time.monotonic()
    process = subprocess.Popen([*_command(project, jobs), *options], env=environment(), stdout=subprocess.DEVNULL)
    with Watch(process.pid) as memory:
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    return Run(time.monotonic() - started, cpu, memory.peak_mb, process.returncode)


def _killed(project: Path, jobs: int, after_s: float) -> Run:
    """Kill the command and all its processes at once; what they had cost is read just before."""
    started = time.monotonic()
    process = subprocess.Popen(
        _command(project, jobs), env=environment(), stdout=subprocess.DEVNULL, start_new_session=True
    )
    with Watch(process.pid) as memory:
        time.sleep(after_s)
        cpu = cpu_s(process.pid)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return Run(time.monotonic() - started, cpu, memory.peak_mb, process.returncode)


def _judged(first: Run, second: Run, killed: Run, again: Run, one: Path, other: Path) -> Iterator[str]:
    cores = os.cpu_count() or 1
    yield ""
    yield _line("second run, s", second.wall_s, _SECOND_RUN_S)
    yield _line("killed and again, share of CPU s", (killed.cpu_s + again.cpu_s) / first.cpu_s, _KILLED_SHARE)
    yield _line("killed and again, share of s", (killed.wall_s + again.wall_s) / first.wall_s, _KILLED_SHARE)
    yield _line("largest process, MB", first.peak_mb, _WORKER_MB)
    yield _line("CPU use", first.cpu_s / first.wall_s / cores, _CPU_USE, at_most=False)
    changed = differing(one / "kb", other / "kb")
    yield f"files of kb/ that differ after the kill: {len(changed)} {' '.join(changed[:5])}"


def _line(name: str, value: float, bound: float, *, at_most: bool = True) -> str:
    is_reached = value <= bound if at_most else value >= bound
    return (
        f"{name}: {value:.3f} (target {'≤' if at_most else '≥'} {bound:g}) {'reached' if is_reached else 'NOT reached'}"
    )


def differing(one: Path, other: Path) -> list[str]:
    """Names of the files of two folders that are not the same bytes in both."""
    names = {path.relative_to(top).as_posix() for top in (one, other) for path in top.rglob("*") if path.is_file()}
    return sorted(name for name in names if _bytes(one / name) != _bytes(other / name))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _growth(project: Path, jobs: int, pages: int) -> Iterator[tuple[int, float]]:
    """Yield the peak of the largest process so far, at a few pages on the way."""
    command = [sys.executable, "-m", "benchmarks.ingest_progress", str(project), str(jobs)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        with Watch(process.pid) as memory:
            for done, _ in enumerate(process.stdout, 1):
                if done in (100, 300, 1000, pages):
                    yield done, memory.peak_mb


def environment() -> dict[str, str]:
    """What a command in a process of its own needs to find this code."""
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT}"}
