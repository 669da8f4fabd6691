"""Readings of recognised pages, kept by what they were read from, so that no page is recognised twice.

What is kept is the reading, not the laid-out page: new layout rules then cost no recognition. A damaged or foreign
file counts as absent. The folder is for its owner only, because slips carry personal data.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from kbtool import durable
from kbtool.document import Box, Method
from kbtool.intake.untrusted import RasterPage
from kbtool.outcome import Problem, Severity
from kbtool.reading import FieldReading, Grid, GridCell, Line, PageReading, Stamp

_FORMAT = 1


class ReadingCache:
    """Readings below one folder (``.kbtool/pages``)."""

    def __init__(self, folder: Path) -> None:
        self._folder = durable.private_folder(folder)

    def key(self, page: RasterPage, fingerprint: str) -> str:
        """Name the reading of these pixels by this engine with these options (both in ``fingerprint``)."""
        head = f"{_FORMAT}|{fingerprint}|{page.width}x{page.height}x{page.channels}|{page.dpi:.3f}|"
        return hashlib.sha256(head.encode() + page.pixels).hexdigest()

    def get(self, key: str, number: int) -> PageReading | None:
        """The reading kept under ``key``, as page ``number``."""
        try:
            kept = json.loads(self._path(key).read_bytes())
            return replace(_reading(kept), number=number)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, reading: PageReading) -> None:
        """Keep a reading."""
        durable.write(self._path(key), json.dumps(asdict(reading), ensure_ascii=False, separators=(",", ":")))

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def _reading(kept: dict[str, Any]) -> PageReading:
    lists: dict[str, Callable[[Any], object]] = {
        "lines": _line,
        "grids": _grid,
        "stamps": lambda item: Stamp(**{**item, "box": Box(*item["box"])}),
        "fields": lambda item: FieldReading(**{**item, "box": Box(*item["box"])}),
        "figures": _box,
        "problems": lambda item: Problem(**{**item, "severity": Severity(item["severity"])}),
    }
    built = {name: tuple(build(item) for item in kept[name]) for name, build in lists.items()}
    return PageReading(**{**kept, **built, "method": Method(kept["method"])})


def _box(item: list[float]) -> Box:
    return Box(*item)


def _line(item: dict[str, Any]) -> Line:
    spans = tuple((start, end) for start, end in item["spans"])
    confidences = tuple(item["confidences"])
    return Line(**{**item, "box": Box(*item["box"]), "spans": spans, "confidences": confidences})


def _grid(item: dict[str, Any]) -> Grid:
    cells = tuple(GridCell(**{**cell, "box": Box(*cell["box"])}) for cell in item["cells"])
    return Grid(Box(*item["box"]), item["rows"], item["columns"], cells)
