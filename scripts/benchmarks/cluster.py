"""A scan taken in by this machine alone, and by a Dask scheduler with as many workers on the same cores.

What the network costs is all that differs; the bytes of kb/ have to be the same. Workers are started anew for the run,
and the seconds until they have joined do not count; the engines they start for their first page do, as they do locally.
"""

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from distributed import Client

from benchmarks.ingest import ROOT, differing, environment, project_with, take_in
from benchmarks.reading.corpus import make
from benchmarks.reading.faces import MissingFontError

_SHARE = 0.9


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this benchmark."""
    parser.add_argument("--pages", type=int, default=40, help="pages of the scan (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="which pages")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes, and workers")
    parser.add_argument("--out", type=Path, default=ROOT / "build/cluster", help="documents and projects")


def run(options: argparse.Namespace) -> int:
    """Draw, take in both ways, compare speed and bytes."""
    try:
        (scan,) = make(options.out / "drawn", options.seed, options.pages, ["scan200"])
    except MissingFontError as error:
        print(error)
        return 4
    local, spread = (project_with(options.out / name, {"手引き.pdf": scan}) for name in ("local", "spread"))
    alone = take_in(local, options.jobs)
    with _workers(options.jobs) as address:
        together = take_in(spread, options.jobs, "--cluster", address)
    for name, cost in (("alone", alone), ("cluster", together)):
        print(f"{name:8} {cost.wall_s:7.1f} s  exit {cost.code}")
    share = alone.wall_s / together.wall_s
    print(f"speed of {options.jobs} workers, times the local one: {share:.3f} (target ≥ {_SHARE:g})")
    print(f"files of kb/ that differ: {' '.join(differing(local / 'kb', spread / 'kb')) or 'none'}")
    return 0


@contextmanager
def _workers(count: int) -> Iterator[str]:
    """Start a scheduler and workers of one thread each; yields the scheduler's address once all have joined."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    commands = [
        ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
        ["worker", address, "--nthreads", "1", "--nworkers", str(count), "--no-dashboard"],
    ]
    with ExitStack() as stack:
        for command in commands:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *command], env=environment(), stderr=subprocess.DEVNULL
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
        with Client(address, timeout=60) as client:
            client.wait_for_workers(count, timeout=60)
        yield address
