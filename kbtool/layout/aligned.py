"""Tables without rules: words that stand in columns over several rows.

Lines come already cut at wide gaps. Rows are added to a run for as long as the white strips between its columns stay
open; a run counts as a table only where its columns look like cells, so that two columns of prose stay prose.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kbtool.document import Box
from kbtool.layout import markers
from kbtool.layout.ladders import merged, tables_in
from kbtool.layout.order import regions
from kbtool.reading import Grid, GridCell, Line

#: In em (the page's ordinary height of type).
_NARROWEST_STRIP = 1.0
_FARTHEST_ROW = 2.6
_FEWEST_ROWS = 3
#: The white between two lines of running text.
_NEXT_LINE = 1.1
#: Share of the table's places that have words.
_FILLED = 0.6
#: Characters. Prose in columns is longer, line by line, in every one of them.
_LONG_CELL = 13
_SHORT_CELL = 10

Row = list[Line]


@dataclass(slots=True)
class _Run:
    """Rows that may be a table, and the columns (left and right edge) that their words leave open."""

    em: float
    rows: list[Row] = field(default_factory=list)
    columns: list[tuple[float, float]] = field(default_factory=list)

    def takes(self, row: Row) -> bool:
        """Add a row that is near and keeps the columns apart; say whether it did."""
        columns = merged([*self.columns, *((line.box.x0, line.box.x1) for line in row)], _NARROWEST_STRIP * self.em)
        if self.rows:
            below = max(line.box.y1 for line in self.rows[-1])
            near = min(line.box.y0 for line in row) - below <= _FARTHEST_ROW * self.em
            if not near or len(columns) < max(2, len(self.columns)):
                return False
        elif len(row) < 2:
            return False
        self.rows.append(row)
        self.columns = columns
        return True


def all_grids(lines: Sequence[Line], ruled: Sequence[Grid]) -> tuple[Grid, ...]:
    """Find all tables of a page: the ruled grids, open ones as far as words make columns of them, and unruled ones.

    Boxes are in points as the lines'.
    """
    closed: list[Grid] = []
    for grid in ruled:
        closed += tables_in(grid, lines) or (() if grid.open else (grid,))
    return (*closed, *aligned_grids(lines, closed))


def aligned_grids(lines: Sequence[Line], grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """Find unruled tables outside the ruled ``grids`` of a page written in rows; boxes in points as the lines'."""
    free = [line for line in lines if not any(grid.box.contains(*line.box.centre) for grid in grids)]
    if not free or sum(line.vertical for line in free) * 2 > len(free):
        return ()
    em = median(line.size_pt for line in free)
    found = _tables(free, em)
    rest = [line for line in free if not any(grid.box.contains(*line.box.centre) for grid in found)]
    columns = regions([line.box for line in rest], em)
    if len(columns) > 1:  # a table within a column
        for column in columns:
            found += _tables([rest[index] for row in column for index in row], em)
    return tuple(found)


def _tables(lines: Sequence[Line], em: float) -> list[Grid]:
    return [_grid(run) for run in _runs(_rows(lines), em) if _is_table(run) and not _runs_on(run, lines)]


def _runs_on(run: _Run, lines: Sequence[Line]) -> bool:
    """Whether one of the columns goes on above and below the others as running text does."""
    inside = {id(line) for row in run.rows for line in row}
    outside = [line.box for line in lines if id(line) not in inside]
    near = _NEXT_LINE * run.em
    for column in run.columns:
        own = [line.box for row in run.rows for line in _in_column(row, column)]
        top, bottom, left = min(box.y0 for box in own), max(box.y1 for box in own), min(box.x0 for box in own)
        beyond = [box for box in outside if abs(box.x0 - left) < run.em]
        above, below = (
            any(-near < gap < near for gap in gaps)
            for gaps in ([top - box.y1 for box in beyond], [box.y0 - bottom for box in beyond])
        )
        steady = all(lower.y0 - upper.y1 < near for upper, lower in pairwise(own))
        if above and below and steady and len(own) > len(run.rows) // 2:
            return True
    return False


def _rows(lines: Sequence[Line]) -> list[Row]:
    """Lines that stand beside each other, rows from top to bottom, each from left to right."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: line.box.centre[1]):
        if rows and abs(rows[-1][0].box.centre[1] - line.box.centre[1]) < 0.4 * min(line.size_pt, rows[-1][0].size_pt):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box.x0) for row in rows]


def _runs(rows: Sequence[Row], em: float) -> Iterator[_Run]:
    run = _Run(em)
    for row in rows:
        if not run.takes(row):
            yield run
            run = _Run(em)
            run.takes(row)
    yield run


def _is_table(run: _Run) -> bool:
    rows = list(_logical_rows(run))
    count = len(run.columns)
    if len(rows) < _FEWEST_ROWS or count < 2:
        return False
    cells = [[_in_column(row, column) for row in rows] for column in run.columns]
    filled = sum(bool(cell) for column in cells for cell in column)
    lengths = [_typical([line for cell in column for line in cell]) for column in cells]
    if filled < _FILLED * count * len(rows) or any(markers.has_leader(line.text) for row in rows for line in row):
        return False
    if _are_marks([line for cell in cells[0] for line in cell]) or lengths[0] > _SHORT_CELL:
        return False
    return sum(length > _LONG_CELL for length in lengths) <= (1 if count > 2 else 0)


def _logical_rows(run: _Run) -> Iterator[Row]:
    """Rows with their wrapped lines: a line that leaves the first column empty and most others goes on above."""
    current: Row = []
    for row in run.rows:
        columns = [column for column in run.columns if _in_column(row, column)]
        begins = run.columns[0] in columns or 2 * len(columns) >= len(run.columns) > 2
        if current and begins:
            yield current
            current = []
        current = [*current, *row]
    if current:
        yield current


def _grid(run: _Run) -> Grid:
    rows = list(_logical_rows(run))
    xs = _edges(run.columns)
    ys = _edges([(min(line.box.y0 for line in row), max(line.box.y1 for line in row)) for row in rows])
    cells = tuple(
        GridCell(r, c, Box(xs[c], ys[r], xs[c + 1], ys[r + 1]))
        for r in range(len(rows))
        for c in range(len(run.columns))
    )
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), len(rows), len(run.columns), cells)


def _edges(spans: Sequence[tuple[float, float]]) -> list[float]:
    """Outer edges, and the middles of the white between."""
    inner = [(spans[n][1] + spans[n + 1][0]) / 2 for n in range(len(spans) - 1)]
    return [spans[0][0], *inner, spans[-1][1]]


def _in_column(row: Row, column: tuple[float, float]) -> Row:
    return [line for line in row if column[0] <= line.box.centre[0] <= column[1]]


def _typical(lines: Sequence[Line]) -> float:
    return median(len(line.text) for line in lines) if lines else 0.0


def _are_marks(lines: Sequence[Line]) -> bool:
    """Whether a column holds nothing but bullets and numbers of a list."""
    marks = sum(markers.list_marker(f"{line.text} x").strip() == line.text.strip() for line in lines)
    return 2 * marks > len(lines)
