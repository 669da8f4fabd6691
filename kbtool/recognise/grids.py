"""Ruled tables: from rules to rows, columns and merged cells.

Only the grid is found here; which words stand in which cell is decided by position later, so that a line of text
across two cells still ends up in both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kbtool.recognise.places import SAME_IN, lines_of
from kbtool.recognise.rules import RuleGroup, Rules

#: A rule between two cells that is there for less than this share is not there.
_COVERED = 0.5

#: First row, first column, last row, last column.
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PixelCell:
    """A cell in pixels: left, top, right, bottom between the middles of its rules."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PixelGrid:
    """A ruled table in pixels; a merged cell appears once. ``open`` as in ``kbtool.reading.Grid``."""

    ys: tuple[float, ...]
    xs: tuple[float, ...]
    cells: tuple[PixelCell, ...]
    open: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def find_grids(groups: Sequence[RuleGroup]) -> tuple[PixelGrid, ...]:
    """The ruled tables among ``table_groups``, of two cells at least."""
    grids = (_grid(group) for group in groups)
    return tuple(grid for grid in grids if grid is not None)


def _grid(group: RuleGroup) -> PixelGrid | None:
    rules, x, y = group.rules, group.x, group.y
    ys, xs = lines_of(rules)
    if len(ys) < 2 or len(xs) < 2:
        return None
    areas = _areas(rules, ys, xs, round(rules.dpi * SAME_IN / 2))
    if len(areas) < 2:
        return None
    return _without_idle_lines(areas, [y + v for v in ys], [x + v for v in xs])


def _without_idle_lines(areas: Sequence[Area], ys: Sequence[float], xs: Sequence[float]) -> PixelGrid:
    """The grid of the lines that part cells: where every cell runs on over one, only a stroke of type was there."""
    rows = sorted({edge for r0, _, r1, _ in areas for edge in (r0, r1 + 1)})
    columns = sorted({edge for _, c0, _, c1 in areas for edge in (c0, c1 + 1)})
    row, column = ({edge: at for at, edge in enumerate(edges)} for edges in (rows, columns))
    cells = tuple(
        PixelCell(
            row[r0],
            column[c0],
            row[r1 + 1] - row[r0],
            column[c1 + 1] - column[c0],
            (xs[c0], ys[r0], xs[c1 + 1], ys[r1 + 1]),
        )
        for r0, c0, r1, c1 in areas
    )
    return PixelGrid(tuple(ys[edge] for edge in rows), tuple(xs[edge] for edge in columns), cells)


def _areas(rules: Rules, ys: list[float], xs: list[float], reach: int) -> list[Area]:
    """Join neighbours that no rule parts, then square each joined group off to a rectangle."""
    areas = [(r, c, r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)]
    joins = [
        (r, c, r + down, c + right)
        for r, c, _, _ in areas
        for down, right in ((1, 0), (0, 1))
        if r + down < len(ys) - 1 and c + right < len(xs) - 1 and not _is_parted(rules, ys, xs, (r, c), down, reach)
    ]
    for join in joins:
        areas = _absorb(areas, join)
    return sorted(areas)


def _is_parted(rules: Rules, ys: list[float], xs: list[float], cell: tuple[int, int], down: int, reach: int) -> bool:
    """Whether a rule runs between a cell and the one below it (``down`` 1) or to its right (0).

    A dark bar hides the rule that would be seen below it, so that the cells of a bar are taken for parted.
    """
    r, c = cell
    if down:
        y, (x0, x1) = round(ys[r + 1]), (round(xs[c]) + reach, round(xs[c + 1]) - reach)
        strip = rules.rows[max(0, y - reach) : y + reach + 1, x0 : max(x0 + 1, x1)].any(axis=0)
        return bool(strip.size == 0 or np.mean(strip) >= _COVERED)
    x, (y0, y1) = round(xs[c + 1]), (round(ys[r]) + reach, round(ys[r + 1]) - reach)
    part = (slice(y0, max(y0 + 1, y1)), slice(max(0, x - reach), x + reach + 1))
    strip = rules.columns[part].any(axis=1) | rules.bars[part].any(axis=1)
    return bool(strip.size == 0 or np.mean(strip) >= _COVERED)


def _absorb(areas: list[Area], join: Area) -> list[Area]:
    """One rectangle in place of all that the join touches, again until nothing overlaps."""
    while True:
        touched = [area for area in areas if _overlap(area, join)]
        grown = (
            min(a[0] for a in (*touched, join)),
            min(a[1] for a in (*touched, join)),
            max(a[2] for a in (*touched, join)),
            max(a[3] for a in (*touched, join)),
        )
        if grown == join:
            return [area for area in areas if not _overlap(area, join)] + [join]
        join = grown


def _overlap(a: Area, b: Area) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
