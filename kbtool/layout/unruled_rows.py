"""Rows that a table has without rules between them: entries that stand side by side, column after column.

Separate because it undoes what the rules say: many tables are ruled round the head and between the columns only, and
a grid of rules then holds all figures of a column in one cell. Wrapped sentences also stand side by side, so a row
is parted only where at least two cells are lists of short entries, one of them of figures.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kbtool.document import Box
from kbtool.layout.cells import Filled
from kbtool.layout.pieces import Piece
from kbtool.reading import GridCell

#: As many entries one below the other are no accident.
_LEAST_ENTRIES = 3
#: Entries of two columns stand on one level when their middles differ by less than this share of the type's height.
_LEVEL = 0.5
#: A line that ends nearer than this (heights of its type) to the right rule may go on in the next one.
_RUNS_ON = 1.5
#: A column has the rows of the others when it fills this share of them.
_FILLED = 2 / 3
_FIGURES = re.compile(r"[\d\s,.，．:：/%％¥￥円個本回年月日時分秒kgcmLW℃~〜～+＋\-－−―–()（）○×△◎●*※]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands on one level of a cell."""

    level: float
    height: float
    pieces: tuple[Piece, ...]

    @property
    def is_figures(self) -> bool:
        """Whether it is a number or a mark."""
        return all(_FIGURES.fullmatch(piece.text) for piece in self.pieces)


def part(filled: Filled) -> Filled:
    """The same table with a row for each level of entries."""
    for row in reversed(range(filled.grid.rows)):
        levels = _levels(filled, row)
        if levels:
            filled = _parted(filled, row, levels)
    return filled


def _levels(filled: Filled, row: int) -> list[float]:
    """Where the rows inside a row stand; nothing where it is one."""
    cells = [index for index, cell in enumerate(filled.grid.cells) if (cell.row, cell.row_span) == (row, 1)]
    columns = {index: entries_of(filled.words.get(index, [])) for index in cells}
    lists = [found for index, found in columns.items() if _is_list(found, filled.grid.cells[index].box)]
    if len(lists) < 2 or not any(all(entry.is_figures for entry in found) for found in lists):
        return []
    levels = _merged(sorted(entry.level for found in lists for entry in found), min(e.height for e in lists[0]))
    return levels if sum(_has(found, levels) for found in lists) > 1 else []


def entries_of(pieces: Sequence[Piece]) -> list[Entry]:
    """What stands on each level of a cell, from the top."""
    entries: list[Entry] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.centre[1]):
        level, height = piece.box.centre[1], piece.box.height
        if entries and level - entries[-1].level < _LEVEL * height:
            entries[-1] = replace(entries[-1], pieces=(*entries[-1].pieces, piece))
        else:
            entries.append(Entry(level, height, (piece,)))
    return entries


def _is_list(entries: Sequence[Entry], cell: Box) -> bool:
    """Whether these are short entries rather than a sentence over several lines."""
    if len(entries) < _LEAST_ENTRIES or any(piece.vertical for entry in entries for piece in entry.pieces):
        return False
    ends = (max(piece.box.x1 for piece in entry.pieces) + _RUNS_ON * entry.height for entry in entries[:-1])
    return all(entry.is_figures for entry in entries) or all(end < cell.x1 for end in ends)


def _merged(levels: Sequence[float], height: float) -> list[float]:
    groups: list[list[float]] = [[levels[0]]]
    for one, other in pairwise(levels):
        if other - one < _LEVEL * height:
            groups[-1].append(other)
        else:
            groups.append([other])
    return [sum(group) / len(group) for group in groups]


def _has(entries: Sequence[Entry], levels: Sequence[float]) -> bool:
    """Whether a column's entries are rows of their own: one a level, on most of them."""
    own = {_nearest(entry.level, levels) for entry in entries}
    return len(own) == len(entries) >= _FILLED * len(levels)


def _nearest(level: float, levels: Sequence[float]) -> int:
    return min(range(len(levels)), key=lambda at: abs(levels[at] - level))


def _parted(filled: Filled, row: int, levels: Sequence[float]) -> Filled:
    more = len(levels) - 1
    cells: list[GridCell] = []
    words: dict[int, list[Piece]] = {}
    for index, cell in enumerate(filled.grid.cells):
        pieces = filled.words.get(index, [])
        for made, inside in _placed(cell, pieces, row, levels, more):
            if inside:
                words[len(cells)] = inside
            cells.append(made)
    grid = replace(filled.grid, rows=filled.grid.rows + more, cells=tuple(cells))
    return Filled(grid, words)


def _placed(
    cell: GridCell, pieces: list[Piece], row: int, levels: Sequence[float], more: int
) -> Iterator[tuple[GridCell, list[Piece]]]:
    """What becomes of a cell when ``row`` turns into several."""
    entries = entries_of(pieces)
    if cell.row > row:
        yield replace(cell, row=cell.row + more), pieces
    elif cell.row + cell.row_span <= row:
        yield cell, pieces
    elif cell.row < row or cell.row_span > 1 or (entries and not _has(entries, levels)):
        yield replace(cell, row_span=cell.row_span + more), pieces
    else:
        edges = [cell.box.y0, *((one + other) / 2 for one, other in pairwise(levels)), cell.box.y1]
        for at, (top, bottom) in enumerate(pairwise(edges)):
            inside = [piece for entry in entries if _nearest(entry.level, levels) == at for piece in entry.pieces]
            yield (
                GridCell(row + at, cell.column, Box(cell.box.x0, top, cell.box.x1, bottom), 1, cell.column_span),
                inside,
            )
