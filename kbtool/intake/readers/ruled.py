"""Tables drawn with rules on a page with a text layer.

The strokes come from pdfium, which has parsed the page already; pdfplumber joins them to cells. Letting pdfplumber
parse the page too would find the same tables at forty times the cost.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from kbtool.document import Box
from kbtool.limits import MAX_PAGE_RULES
from kbtool.reading import Grid, GridCell

#: Rules that mean the same edge lie within this distance, in points.
_SAME_EDGE_PT = 2.5
#: Rules this short are tick marks and parts of letters.
_SHORTEST_RULE_PT = 6.0
#: Level rules that share both ends, so many and so long, may be a table; nearer ones are a double rule.
_FEWEST_RULES, _SHORTEST_LADDER_PT, _LOWEST_BAND_PT = 4, 60.0, 6.0

#: A box around lines, such as a warning; a key's name in a sentence may be boxed too, and is no higher than its line.
_NARROWEST_BOX_PT, _LOWEST_BOX_PT = 60.0, 28.0


def ruled_grids(strokes: npt.NDArray[np.float64]) -> tuple[Grid, ...]:
    """Find the grids among straight strokes (rows of x0, y0, x1, y1, each level or upright), in their unit."""
    reach = strokes[:, 2:] - strokes[:, :2]
    long = strokes[reach.max(axis=1, initial=0.0) >= _SHORTEST_RULE_PT]
    if len(long) > MAX_PAGE_RULES:
        return ()
    upright = (long[:, 3] - long[:, 1]) > (long[:, 2] - long[:, 0])
    enough = min(np.count_nonzero(upright), np.count_nonzero(~upright)) >= 2
    closed = _closed_grids(long, upright) if enough else ()
    level = [Box(*side) for side in long[~upright].tolist()]
    return (*closed, *_ladders([rule for rule in level if not any(_holds(grid.box, rule) for grid in closed)]))


def _closed_grids(strokes: npt.NDArray[np.float64], upright: npt.NDArray[np.bool_]) -> tuple[Grid, ...]:
    from pdfplumber import table as cells_of

    edges = [_edge(*side) for side in zip(*strokes.T.tolist(), upright.tolist(), strict=True)]
    edges += _open_sides(edges)
    tolerances = (_SAME_EDGE_PT, _SAME_EDGE_PT)
    merged = cells_of.merge_edges(edges, *tolerances, *tolerances)
    crossings = cells_of.edges_to_intersections(merged, *tolerances)
    cells = cells_of.intersections_to_cells(crossings)
    tables = cells_of.cells_to_tables(cells)
    inner = {cell for table in tables for cell in table}
    boxes = [Box(*cell) for cell in cells if cell not in inner]
    grids = [grid_of([Box(*cell) for cell in table]) for table in tables]
    return (*grids, *(grid_of([box]) for box in boxes if _holds_text(box)))


def _holds_text(box: Box) -> bool:
    """Whether a box of its own is drawn around several lines, rather than around a word in a sentence."""
    return box.width >= _NARROWEST_BOX_PT and box.height >= _LOWEST_BOX_PT


def _ladders(rules: Iterable[Box]) -> Iterator[Grid]:
    """Find level rules that share both ends: grids of one column, open at the sides."""
    groups: list[list[Box]] = []
    for rule in sorted(rules, key=lambda rule: rule.y0):
        if rule.width < _SHORTEST_LADDER_PT:
            continue
        home = next((group for group in groups if _share_ends(group[0], rule)), None)
        if home is None:
            groups.append([rule])
        elif rule.y0 - home[-1].y0 > _LOWEST_BAND_PT:
            home.append(rule)
    for group in groups:
        if len(group) >= _FEWEST_RULES:
            bands = [Box(above.x0, above.y0, above.x1, below.y0) for above, below in pairwise(group)]
            cells = tuple(GridCell(row, 0, band) for row, band in enumerate(bands))
            yield Grid(Box(group[0].x0, group[0].y0, group[0].x1, group[-1].y0), len(cells), 1, cells, open=True)


def _share_ends(first: Box, second: Box) -> bool:
    return max(abs(first.x0 - second.x0), abs(first.x1 - second.x1)) <= _SAME_EDGE_PT


def _holds(table: Box, rule: Box) -> bool:
    return table.y0 - _SAME_EDGE_PT <= rule.y0 <= table.y1 + _SAME_EDGE_PT and rule.x0 < table.x1 and rule.x1 > table.x0


def _edge(x0: float, y0: float, x1: float, y1: float, upright: bool) -> dict[str, Any]:
    """A rule as pdfplumber knows it, made exactly level or upright."""
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    x0, x1 = (x, x) if upright else (x0, x1)
    y0, y1 = (y0, y1) if upright else (y, y)
    size = {"width": x1 - x0, "height": y1 - y0}
    return {"x0": x0, "x1": x1, "top": y0, "bottom": y1, "orientation": "v" if upright else "h", **size}


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


def _edges(values: Iterable[float]) -> list[float]:
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > _SAME_EDGE_PT:
            merged.append(value)
    return merged


def _at(edges: list[float], value: float) -> int:
    """The number of the edge that ``value`` belongs to (edges start clusters, so the last one not above it)."""
    return max(0, bisect_left(edges, value + 0.001) - 1)
