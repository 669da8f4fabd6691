"""A sheet as plain data: words by cell, merged ranges, borders as walls between cells.

The only module beside ``workbook`` that talks to openpyxl. Rows and columns count from 1, as on the sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from kbtool.intake.readers.sheet_values import shown
from kbtool.limits import MAX_SHEET_AREA

#: How much larger than the sheet's ordinary type a heading is.
_LARGER = 1.15


class Area(NamedTuple):
    """A rectangle of cells, both corners included."""

    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.last_row - self.row + 1) * (self.last_column - self.column + 1)


class Place(NamedTuple):
    """One cell of the sheet."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Words:
    """What a cell shows; ``area`` is the cell or the merged range it heads."""

    text: str
    area: Area
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """``words`` by place, ``right`` and ``below`` the cells that have a border at that side, ``used`` what is drawn."""

    words: dict[Place, Words]
    right: frozenset[Place]
    below: frozenset[Place]
    used: Area
    has_hidden: bool = False
    shapes: tuple[Words, ...] = ()


def read_sheet(sheet: Worksheet) -> Sheet:
    """Read one sheet."""
    # the mapping that openpyxl keeps is asked, because iterating rows creates a cell for every place up to the last
    everything = [cell for _, cell in sorted(sheet._cells.items())]
    rows, columns = _hidden(sheet)
    cells = [cell for cell in everything if cell.row not in rows and cell.column not in columns]
    has_hidden = any(shown(cell) for cell in everything if cell.row in rows or cell.column in columns)
    merged = {Place(area.row, area.column): area for area in map(_area, sheet.merged_cells.ranges)}
    filled = [(cell, text) for cell in cells if (text := shown(cell))]
    ordinary = median([_size(cell) for cell, _ in filled]) if filled else 0.0
    mostly_bold = 2 * sum(bool(cell.font.b) for cell, _ in filled) > len(filled)
    words = {}
    for cell, text in filled:
        place = Place(cell.row, cell.column)
        out = (bool(cell.font.b) and not mostly_bold) or _size(cell) > _LARGER * ordinary
        words[place] = Words(text, merged.get(place, Area(*place, *place)), out)
    right, below = _walls(cells, list(merged.values()))
    return replace(_bounded(words, right, below), has_hidden=has_hidden)


def _hidden(sheet: Worksheet) -> tuple[frozenset[int], frozenset[int]]:
    """The rows and columns that nobody sees on the screen."""
    rows = frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden)
    spans = [column for column in sheet.column_dimensions.values() if column.hidden]
    return rows, frozenset(number for span in spans for number in range(span.min or 0, (span.max or 0) + 1))


def _walls(cells: list[Any], merged: list[Area]) -> tuple[set[Place], set[Place]]:
    """The borders; a border at the left of a cell is one at the right of its neighbour."""
    right: set[Place] = set()
    below: set[Place] = set()
    for cell in cells:
        border, place = cell.border, Place(cell.row, cell.column)
        if border.right is not None and border.right.style:
            right.add(place)
        if border.left is not None and border.left.style:
            right.add(Place(place.row, place.column - 1))
        if border.bottom is not None and border.bottom.style:
            below.add(place)
        if border.top is not None and border.top.style:
            below.add(Place(place.row - 1, place.column))
    for area in merged:
        right -= {Place(r, c) for r in _rows(area) for c in range(area.column, area.last_column)}
        below -= {Place(r, c) for r in range(area.row, area.last_row) for c in _columns(area)}
    return right, below


def _bounded(words: dict[Place, Words], right: set[Place], below: set[Place]) -> Sheet:
    """Leave the borders out where following them would cost too much."""
    areas = [word.area for word in words.values()]
    drawn = [Area(max(1, p.row), max(1, p.column), max(1, p.row), max(1, p.column)) for p in (*right, *below)]
    used = _around([*areas, *drawn])
    if used.size > MAX_SHEET_AREA:
        return Sheet(words, frozenset(), frozenset(), _around(areas))
    return Sheet(words, frozenset(right), frozenset(below), used)


def _around(areas: list[Area]) -> Area:
    if not areas:
        return Area(1, 1, 1, 1)
    rows, columns, last_rows, last_columns = zip(*areas, strict=True)
    return Area(min(rows), min(columns), max(last_rows), max(last_columns))


def _area(merged: Any) -> Area:
    return Area(merged.min_row, merged.min_col, merged.max_row, merged.max_col)


def _rows(area: Area) -> range:
    return range(area.row, area.last_row + 1)


def _columns(area: Area) -> range:
    return range(area.column, area.last_column + 1)


def _size(cell: Any) -> float:
    return float(cell.font.sz or 0.0)


def places(area: Area) -> Iterator[Place]:
    """All cells of an area, row by row."""
    return (Place(row, column) for row in _rows(area) for column in _columns(area))
