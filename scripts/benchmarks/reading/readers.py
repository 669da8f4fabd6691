"""Runs each reader over the same pages in a process of its own and tells what it cost.

Peers beyond Tesseract and RapidOCR live in a virtual environment of their own below build/peers.
"""

import json
import os
import subprocess
import sys
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reading.corpus import Batch
from benchmarks.reading.memory import Watch
from benchmarks.reading.truth import TrueCell
from kbtool import durable

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[2]
#: What goes into the environment of the peers; none of them fetches models when it runs. pymupdf4llm 2.0 is empty.
_PEER_PACKAGES = ("ocrmypdf>=16", "markitdown[pdf]", "pymupdf4llm<2", "pypdfium2")
OWN = {"kbtool": "auto", "kbtool-tesseract": "tesseract"}
IN_OUR_ENVIRONMENT = ("tesseract", "rapidocr")
IN_THEIR_OWN = ("ocrmypdf", "ocrmypdf-clean", "markitdown", "pymupdf4llm")
READERS = (*OWN, *IN_OUR_ENVIRONMENT, *IN_THEIR_OWN)


@dataclass(frozen=True, slots=True)
class PageRead:
    """What a reader made of a page; ``turn`` is None where it does not say."""

    text: str
    tables: tuple[tuple[TrueCell, ...], ...] = ()
    turn: int | None = None
    fields: tuple[tuple[str, str], ...] = ()
    marks: tuple[tuple[str, bool], ...] = ()
    knows_forms: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """All that one reader read, by condition, and its cost; ``peak_mb`` is its largest single process."""

    reader: str
    pages: dict[str, tuple[PageRead, ...]]
    wall_s: float
    cpu_s: float
    peak_mb: float

    @property
    def page_count(self) -> int:
        """How many pages were read."""
        return sum(map(len, self.pages.values()))


def run(reader: str, batches: Sequence[Batch], jobs: int, folder: Path) -> Run:
    """Read all batches; raises CalledProcessError where the reader fails."""
    manifest, out = folder / "manifest.json", folder / f"{reader}.json"
    durable.write(manifest, json.dumps([_plain(batch) for batch in batches]))
    environment = {**os.environ, "PYTHONPATH": f"{_ROOT / 'scripts'}:{_ROOT}"}
    command = [*_command(reader), str(manifest), str(jobs), str(out)]
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment, cwd=_ROOT)
    with Watch(process.pid) as memory:
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.monotonic() - started
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    read = json.loads(out.read_text(encoding="utf-8"))
    pages = {condition: tuple(map(_page, found)) for condition, found in read.items()}
    return Run(reader, pages, wall_s, usage.ru_utime + usage.ru_stime, memory.peak_mb)


def _command(reader: str) -> list[str]:
    if reader in OWN:
        return [sys.executable, "-m", "benchmarks.reading.with_kbtool", OWN[reader]]
    python = sys.executable if reader in IN_OUR_ENVIRONMENT else str(_peers_python())
    return [python, str(_HERE / "with_peer.py"), reader]


def _peers_python() -> Path:
    home = _ROOT / "build/peers"
    python = home / "bin/python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *_PEER_PACKAGES], check=True)
    return python


def _plain(batch: Batch) -> dict[str, object]:
    images = [str(path) for path in batch.images]
    return {"condition": batch.condition, "pdf": str(batch.pdf), "images": images, "dpi": batch.dpi}


def _page(read: dict[str, object]) -> PageRead:
    tables = read["tables"]
    fields, marks = read.get("fields", {}), read.get("marks", {})
    turn = read.get("turn")
    assert isinstance(tables, list) and isinstance(fields, dict) and isinstance(marks, dict)
    assert turn is None or isinstance(turn, int)
    return PageRead(
        str(read["text"]),
        tuple(
            tuple(TrueCell(row, column, text, down, across) for row, column, down, across, text in t) for t in tables
        ),
        turn,
        tuple(fields.items()),
        tuple(marks.items()),
        "fields" in read,
    )
