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
from typing import Any

from benchmarks.reading.corpus import Batch
from benchmarks.reading.memory import Watch
from benchmarks.reading.reuse import kept, key
from benchmarks.reading.truth import TrueCell
from kbtool import durable

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[2]
#: What goes into the environment of the peers; none of them fetches models when it runs. pymupdf4llm 2.0 is empty.
_PEER_PACKAGES = ("ocrmypdf>=16", "markitdown[pdf]", "pymupdf4llm<2", "pypdfium2")
OWN = {"kbtool": "auto", "kbtool-tesseract": "tesseract"}
IN_OUR_ENVIRONMENT = ("tesseract", "rapidocr", "pdfplumber", "pypdfium2")
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
class Cost:
    """What a run cost, start-up included; ``peak_mb`` is its largest single process."""

    wall_s: float
    cpu_s: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Run:
    """All that one reader read, by condition, with the seconds each took.

    ``cost`` is None where something was taken from an earlier run.
    """

    reader: str
    jobs: int
    pages: dict[str, tuple[PageRead, ...]]
    wall_s: dict[str, float]
    cost: Cost | None

    @property
    def page_count(self) -> int:
        """How many pages were read."""
        return sum(map(len, self.pages.values()))


def run(reader: str, batches: Sequence[Batch], jobs: int, folder: Path, *, reuse: bool = False) -> Run:
    """Read all batches; with ``reuse``, take what a peer read of the same pages before.

    Raises CalledProcessError where the reader fails.
    """
    out = folder / f"{reader}.json"
    keys = {} if reader in OWN else _keys(reader, batches)
    earlier = kept(out, keys) if reuse else {}
    left = [batch for batch in batches if batch.condition not in earlier]
    read, cost = _read(reader, left, jobs, folder) if left else ({}, None)
    read = {name: reading | {"key": keys.get(name, "")} for name, reading in read.items()} | earlier
    durable.write(out, json.dumps(read, ensure_ascii=False))
    pages = {name: tuple(map(_page, reading["pages"])) for name, reading in read.items()}
    wall_s = {name: float(reading["wall_s"]) for name, reading in read.items()}
    return Run(reader, jobs, pages, wall_s, None if earlier else cost)


def _keys(reader: str, batches: Sequence[Batch]) -> dict[str, str]:
    told = subprocess.run([*_command(reader)], capture_output=True, text=True, check=True, cwd=_ROOT)
    return {batch.condition: key(batch, reader, told.stdout, _HERE / "with_peer.py") for batch in batches}


def _read(reader: str, batches: Sequence[Batch], jobs: int, folder: Path) -> tuple[dict[str, Any], Cost]:
    manifest, out = folder / "manifest.json", folder / f"{reader}.read.json"
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
    read: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    out.unlink()
    return read, Cost(wall_s, usage.ru_utime + usage.ru_stime, memory.peak_mb)


def _command(reader: str) -> list[str]:
    if reader in OWN:
        return [sys.executable, "-m", "benchmarks.reading.with_kbtool", OWN[reader]]
    python = str(_peers_python()) if reader in IN_THEIR_OWN else sys.executable
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


def _page(read: dict[str, Any]) -> PageRead:
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
