"""Words into the cells of ruled grids, character by character.

A line of recognition may run across several cells, so lines are cut where their characters' centres pass a rule.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from kbtool.document import Box, Cell
from kbtool.layout.joining import between, join
from kbtool.layout.pieces import Piece, piece_of, sureness
from kbtool.reading import Grid, GridCell, Line

#: A frame around this share of the page is decoration, not a box.
_PAGE_FRAME = 0.75
#: Cells smaller than this (points) hold no words; they are drawn squares and double rules.
_SMALLEST_CELL_PT = 4.0

#: The number of a grid on its page, and of a cell in it.
Place = tuple[int, int]


@dataclass(slots=True)
class Filled:
    """A grid and the words that lie in its cells."""

    grid: Grid
    words: dict[int, list[Piece]] = field(default_factory=dict)

    @property
    def is_table(self) -> bool:
        """Whether it has columns; a grid without is a box drawn around words."""
        return self.grid.columns > 1 and len(self.grid.cells) > 1

    @property
    def pieces(self) -> list[Piece]:
        """All words, cell by cell."""
        return [piece for index in sorted(self.words) for piece in self.words[index]]


def fill(
    lines: Iterable[Line], grids: Iterable[Grid], page: tuple[float, float], *, sideways: bool
) -> tuple[list[Filled], list[Piece]]:
    """Share the characters of ``lines`` out among the cells of ``grids``; the rest are pieces outside any grid."""
    filled = [Filled(grid) for grid in _useful(grids, page)]
    free: list[Piece] = []
    places = _Places(filled)
    for line in lines:
        for start, end, place in _stretches(line, places):
            piece = piece_of(line, start, end, sideways=sideways)
            if piece is None:
                continue
            if place is None:
                free.append(piece)
            else:
                filled[place[0]].words.setdefault(place[1], []).append(piece)
    return filled, free


def table_cells(filled: Filled, scale: tuple[float, float]) -> tuple[Cell, ...]:
    """The cells of a table with their words; boxes in fractions of the page of size ``scale``."""
    return tuple(_cell(cell, filled.words.get(index, []), scale) for index, cell in enumerate(filled.grid.cells))


def text_of_table(cells: Iterable[Cell]) -> str:
    """The words of a table: a line for each row, a tab between cells."""
    rows: dict[int, list[str]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return "\n".join("\t".join(row) for _, row in sorted(rows.items()))


def text_of(pieces: Sequence[Piece]) -> str:
    """The words of one cell, top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.flow.centre[1]):
        if rows and abs(piece.flow.centre[1] - rows[-1][0].flow.centre[1]) < 0.5 * piece.flow.height:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return join(row_text(sorted(row, key=lambda piece: piece.flow.x0)) for row in rows)


def row_text(row: Sequence[Piece]) -> str:
    """The words of one row, with a space where there is a gap on the paper."""
    text = row[0].text
    for left, right in pairwise(row):
        wide = right.flow.x0 - left.flow.x1 > 0.8 * min(left.size_pt, right.size_pt)
        text += (" " if wide else between(left.text, right.text)) + right.text
    return text


class _Places:
    """Finds the cells that a line passes, the smallest first."""

    def __init__(self, filled: Sequence[Filled]) -> None:
        self._cells = [
            (cell.box, (number, index))
            for number, item in enumerate(filled)
            for index, cell in enumerate(item.grid.cells)
        ]
        self._cells.sort(key=lambda entry: entry[0].width * entry[0].height)
        self._top = min((cell.y0 for cell, _ in self._cells), default=math.inf)
        self._bottom = max((cell.y1 for cell, _ in self._cells), default=-math.inf)

    def along(self, line: Line) -> list[tuple[Box, Place]]:
        """The cells that the middle of a line runs through, and their places."""
        x, y = line.box.centre
        x0, y0, x1, y1 = (x, line.box.y0, x, line.box.y1) if line.vertical else (line.box.x0, y, line.box.x1, y)
        if y1 < self._top or y0 > self._bottom:
            return []
        return [
            (cell, place)
            for cell, place in self._cells
            if cell[0] <= x1 and cell[2] >= x0 and cell[1] <= y1 and cell[3] >= y0
        ]


def _useful(grids: Iterable[Grid], page: tuple[float, float]) -> list[Grid]:
    area = page[0] * page[1]
    return [
        grid
        for grid in grids
        if min(grid.box.width, grid.box.height) > _SMALLEST_CELL_PT
        and not (len(grid.cells) == 1 and grid.box.width * grid.box.height > _PAGE_FRAME * area)
    ]


def _stretches(line: Line, places: _Places) -> Iterable[tuple[int, int, Place | None]]:
    """Cut a line where it passes from cell to cell: (start, end, place)."""
    cells = places.along(line)
    if not cells:
        return [(0, len(line.text), None)]
    if len(line.spans) != len(line.text):
        return [(0, len(line.text), _at(cells, *line.box.centre))]
    if len(cells) == 1 and _holds(cells[0][0], line.box):
        return [(0, len(line.text), cells[0][1])]
    found = [_at(cells, *_centre(line, span)) for span in line.spans]
    stretches = []
    start = 0
    for place, run in groupby(found):
        end = start + len(list(run))
        stretches.append((start, end, place))
        start = end
    return stretches


def _holds(outer: Box, inner: Box) -> bool:
    return outer.x0 <= inner.x0 and inner.x1 <= outer.x1 and outer.y0 <= inner.y0 and inner.y1 <= outer.y1


def _at(cells: Iterable[tuple[Box, Place]], x: float, y: float) -> Place | None:
    return next((place for box, place in cells if box.contains(x, y)), None)


def _centre(line: Line, span: tuple[float, float]) -> tuple[float, float]:
    along = (span[0] + span[1]) / 2
    x, y = line.box.centre
    return (x, along) if line.vertical else (along, y)


def _cell(cell: GridCell, pieces: Sequence[Piece], scale: tuple[float, float]) -> Cell:
    box = Box(cell.box.x0 / scale[0], cell.box.y0 / scale[1], cell.box.x1 / scale[0], cell.box.y1 / scale[1])
    confidence, _ = sureness(pieces)
    return Cell(cell.row, cell.column, text_of(pieces), box, cell.row_span, cell.column_span, round(confidence, 2))
