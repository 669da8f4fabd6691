"""Tables drawn with rules on a page with a text layer.

pdfplumber finds the cells; it parses the page a second time and costs twenty times what pdfium does, so it is
asked only where the page has enough rules to make a table.
"""

import io
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException

from kbtool.document import Box
from kbtool.limits import MAX_PAGE_RULES
from kbtool.reading import Grid, GridCell

#: Rules that mean the same edge lie within this distance, in points.
_SAME_EDGE_PT = 2.5
#: Rules this short are tick marks and parts of letters.
_SHORTEST_RULE_PT = 6.0
#: What pdfminer is known to raise on damaged files, beside its own errors.
DAMAGE = (PDFException, PSException, KeyError, IndexError, TypeError, ValueError, AttributeError, AssertionError)


class RuledTables:
    """The ruled tables of a PDF file, page by page; opened at the first page that asks."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._file: Any = None

    def grids(self, index: int) -> tuple[Grid, ...]:
        """Find the grids of one page, boxes in points of the page as shown; none where pdfplumber fails."""
        try:
            if self._file is None:
                self._file = pdfplumber.open(io.BytesIO(self._data))
            page = self._file.pages[index]
            grids = _grids(page)
            page.close()
        except DAMAGE:
            return ()
        return grids


def _grids(page: Any) -> tuple[Grid, ...]:
    left, top = page.bbox[0], page.bbox[1]
    edges = [edge for edge in page.edges if _length(edge) >= _SHORTEST_RULE_PT]
    if len(edges) > MAX_PAGE_RULES:
        return ()
    settings: dict[str, Any] = {
        "vertical_strategy": "explicit",
        "horizontal_strategy": "explicit",
        "explicit_vertical_lines": [edge for edge in edges if edge["orientation"] == "v"] + _open_sides(edges),
        "explicit_horizontal_lines": [edge for edge in edges if edge["orientation"] == "h"],
        "snap_tolerance": _SAME_EDGE_PT,
        "join_tolerance": _SAME_EDGE_PT,
        "intersection_tolerance": _SAME_EDGE_PT,
    }
    if min(len(settings["explicit_vertical_lines"]), len(settings["explicit_horizontal_lines"])) < 2:
        return ()
    found = page.find_tables(settings)
    return tuple(
        grid_of([Box(c[0] - left, c[1] - top, c[2] - left, c[3] - top) for c in table.cells]) for table in found
    )


def grid_of(cells: Sequence[Box]) -> Grid:
    """Number the rows and columns of cells that fill a table, merged ones with their spans."""
    xs = _edges([cell.x0 for cell in cells] + [cell.x1 for cell in cells])
    ys = _edges([cell.y0 for cell in cells] + [cell.y1 for cell in cells])
    numbered = []
    for cell in cells:
        row, column = _at(ys, cell.y0), _at(xs, cell.x0)
        below, right = _at(ys, cell.y1), _at(xs, cell.x1)
        numbered.append(GridCell(row, column, cell, max(1, below - row), max(1, right - column)))
    numbered.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), max(1, len(ys) - 1), max(1, len(xs) - 1), tuple(numbered))


def _open_sides(edges: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Close tables that are ruled between their columns but not at their sides.

    Where two or more horizontal rules share both ends, upright rules stand between them and none at their ends,
    the ends are taken for the missing sides, as far up and down as the upright rules reach.
    """
    edges = list(edges)
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    groups: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for edge in edges:
        if edge["orientation"] == "h":
            groups.setdefault((round(edge["x0"] / 2), round(edge["x1"] / 2)), []).append(edge)
    sides: list[dict[str, Any]] = []
    for group in groups.values():
        x0, x1 = group[0]["x0"], group[0]["x1"]
        top, bottom = min(edge["top"] for edge in group), max(edge["bottom"] for edge in group)
        touching = [edge for edge in upright if top - 3 < edge["top"] and edge["bottom"] < bottom + 3]
        at_ends = any(min(abs(edge["x0"] - x0), abs(edge["x0"] - x1)) <= _SAME_EDGE_PT for edge in touching)
        inner = [edge for edge in touching if x0 < edge["x0"] < x1]
        if len(group) >= 2 and inner and not at_ends:
            span = {"top": min(e["top"] for e in inner), "bottom": max(e["bottom"] for e in inner), "width": 0}
            height = span["bottom"] - span["top"]
            sides += [{**inner[0], **span, "x0": x, "x1": x, "height": height} for x in (x0, x1)]
    return sides


def _length(edge: dict[str, Any]) -> float:
    return float(edge["x1"] - edge["x0"] if edge["orientation"] == "h" else edge["bottom"] - edge["top"])


def _edges(values: Iterable[float]) -> list[float]:
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > _SAME_EDGE_PT:
            merged.append(value)
    return merged


def _at(edges: list[float], value: float) -> int:
    """The number of the edge that ``value`` belongs to (edges start clusters, so the last one not above it)."""
    return max(0, bisect_left(edges, value + 0.001) - 1)
