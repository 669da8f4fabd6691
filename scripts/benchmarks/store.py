"""Entries in and out: seconds, and how often that is the time of merely writing the same files durably."""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kbtool import durable
from kbtool.knowledge import KnowledgeBase, export_jsonl, import_jsonl
from kbtool.project import Project

ANSWER = "お届け予定日の10日前までに、お電話またはマイページの「お届けの変更」でお手続きください。" * 6


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this benchmark."""
    parser.add_argument("--entries", type=int, default=2000, help="how many entries (default: %(default)s)")


def run(options: argparse.Namespace) -> int:
    """Time each step once, beside the time the disk needs for the same bytes."""
    lines = [json.dumps({"id": f"Q-{n}", "question": f"質問{n}", "answer": ANSWER}) for n in range(options.entries)]
    with tempfile.TemporaryDirectory() as folder:
        kb = KnowledgeBase(Project(Path(folder) / "project"))
        steps: dict[str, Callable[[], object]] = {
            "import": lambda: import_jsonl(kb, lines),
            "import again": lambda: import_jsonl(kb, lines),
            "parse, cold": lambda: KnowledgeBase(kb.project).entries(),
            "export": lambda: list(export_jsonl(kb.entries().values())),
        }
        seconds = {name: _timed(step) for name, step in steps.items()}
        files = {path.name: path.read_bytes() for path in kb.folder.rglob("*.md")}
        plain = _timed(
            lambda: durable.commit_many({Path(folder) / "plain" / name: text for name, text in files.items()})
        )
    print(f"{options.entries} entries; writing the same files durably: {plain:.2f} s")
    for name, taken in seconds.items():
        print(f"{name:14} {taken:6.2f} s  {taken / plain:5.2f} x")
    return 0


def _timed(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start
