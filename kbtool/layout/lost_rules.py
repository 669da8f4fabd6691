"""Rules of a table that a bad print lost, told by the words beside them.

Separate from rows that were never ruled (``unruled_rows``): here the rest of the table is ruled, so a lost row rule
shows as a row just so many times as high as the others, a lost column rule as words that start in line, row after row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from kbtool.document import Box
from kbtool.layout.cells import Filled
from kbtool.layout.pieces import Piece
from kbtool.layout.unruled_rows import Entry, entries_of
from kbtool.reading import GridCell

#: Single rows that tell how high a row is, and the columns that must have words in all rows of a higher one.
_FEWEST_ROWS, _FEWEST_COLUMNS = 3, 2
#: A row without its rules is a multiple of the others' height, and its words are off the rows' middles, by no more than
#: this share of a row: the lines of one cell stand nearer together.
_OFF = 0.08
_MOST_ROWS = 4
#: Words of a lost column start in line in so many rows, half of those with words, behind so much white (em).
_FEWEST_STARTS, _SHARE_OF_STARTS, _WHITE, _IN_LINE = 4, 0.5, 1.5, 0.5


def with_lost_rules(filled: Filled) -> Filled:
    """The same table with the rows and columns that its words tell."""
    for row in reversed(range(filled.grid.rows)):
        levels = _levels(filled, row)
        if levels:
            filled = _with_rows(filled, row, levels)
    for column in reversed(range(filled.grid.columns)):
        x = _start(filled, column)
        if x is not None:
            filled = _parted_at(filled, column, x)
    return filled


def _levels(filled: Filled, row: int) -> list[float]:
    """The middles of the rows inside a row; nothing where it is one."""
    usual = _usual_height(filled)
    cells = {index: cell for index, cell in enumerate(filled.grid.cells) if (cell.row, cell.row_span) == (row, 1)}
    if usual is None or not cells:
        return []
    box = next(iter(cells.values())).box
    times = round(box.height / usual)
    if not 2 <= times <= _MOST_ROWS or abs(box.height - times * usual) > _OFF * times * usual:
        return []
    levels = [box.y0 + (at + 0.5) * box.height / times for at in range(times)]
    found = [entries_of(filled.words.get(index, [])) for index in cells]
    if not all(_is_merged(own, box, usual) or _stand_at(own, levels, usual) for own in found):
        return []
    return levels if sum(len(own) == times for own in found) >= _FEWEST_COLUMNS else []


def _stand_at(entries: Sequence[Entry], levels: Sequence[float], usual: float) -> bool:
    return all(min(abs(entry.level - level) for level in levels) <= _OFF * usual for entry in entries)


def _is_merged(entries: Sequence[Entry], box: Box, usual: float) -> bool:
    """Whether a cell's one line stands in the middle of several rows."""
    return len(entries) == 1 and abs(entries[0].level - box.centre[1]) <= _OFF * usual


def _usual_height(filled: Filled) -> float | None:
    """How high the rows are in which every cell has one line."""
    rows: dict[int, list[tuple[float, int]]] = {}
    for index, cell in enumerate(filled.grid.cells):
        if cell.row_span == 1:
            rows.setdefault(cell.row, []).append((cell.box.height, len(entries_of(filled.words.get(index, [])))))
    single = [own[0][0] for own in rows.values() if max(count for _, count in own) == 1]
    return median(single) if len(single) >= _FEWEST_ROWS else None


def _with_rows(filled: Filled, row: int, levels: Sequence[float]) -> Filled:
    """The same table, a row of it parted at the middles between its levels; merged cells stay whole."""
    more = len(levels) - 1
    cells: list[GridCell] = []
    words: dict[int, list[Piece]] = {}
    for index, cell in enumerate(filled.grid.cells):
        pieces = filled.words.get(index, [])
        high = (cell.box.y1 - cell.box.y0) / len(levels)
        is_parted = (cell.row, cell.row_span) == (row, 1) and _stand_at(entries_of(pieces), levels, high)
        if cell.row > row:
            made = [(replace(cell, row=cell.row + more), pieces)]
        elif cell.row + cell.row_span <= row:
            made = [(cell, pieces)]
        elif not is_parted:
            made = [(replace(cell, row_span=cell.row_span + more), pieces)]
        else:
            made = [_part(cell, pieces, at, level, high) for at, level in enumerate(levels)]
        for new, inside in made:
            if inside:
                words[len(cells)] = inside
            cells.append(new)
    return Filled(replace(filled.grid, rows=filled.grid.rows + more, cells=tuple(cells)), words)


def _part(cell: GridCell, pieces: Sequence[Piece], at: int, level: float, high: float) -> tuple[GridCell, list[Piece]]:
    box = Box(cell.box.x0, level - high / 2, cell.box.x1, level + high / 2)
    own = [piece for piece in pieces if box.y0 < piece.box.centre[1] <= box.y1]
    return replace(cell, row=cell.row + at, box=box), own


def _start(filled: Filled, column: int) -> float | None:
    """Where the words of a lost column start inside a column; None where there is none."""
    cells = [
        filled.words[index]
        for index, cell in enumerate(filled.grid.cells)
        if (cell.column, cell.column_span) == (column, 1) and filled.words.get(index)
    ]
    if len(cells) < _FEWEST_STARTS:
        return None
    em = median(piece.size_pt for pieces in cells for piece in pieces)
    starts = sorted(start for pieces in cells for start in _starts(pieces, em))
    for start in starts:
        near = [other for other in starts if start <= other <= start + _IN_LINE * em]
        crossed = any(piece.box.x0 < start - _IN_LINE * em < piece.box.x1 for pieces in cells for piece in pieces)
        if len(near) >= max(_FEWEST_STARTS, _SHARE_OF_STARTS * len(cells)) and not crossed:
            return start - _IN_LINE * em
    return None


def _starts(pieces: Sequence[Piece], em: float) -> Iterator[float]:
    """Where words of a cell of one line start behind white."""
    if len(entries_of(pieces)) != 1:
        return
    for left, right in pairwise(sorted(pieces, key=lambda piece: piece.box.x0)):
        if right.box.x0 - left.box.x1 >= _WHITE * em:
            yield right.box.x0


def _parted_at(filled: Filled, column: int, x: float) -> Filled:
    cells: list[GridCell] = []
    words: dict[int, list[Piece]] = {}
    for index, cell in enumerate(filled.grid.cells):
        pieces = filled.words.get(index, [])
        if cell.column > column:
            made = [(replace(cell, column=cell.column + 1), pieces)]
        elif (cell.column, cell.column_span) == (column, 1):
            sides = [[p for p in pieces if (p.box.x0 < x) is is_left] for is_left in (True, False)]
            left = replace(cell, box=Box(cell.box.x0, cell.box.y0, x, cell.box.y1))
            right = replace(cell, column=column + 1, box=Box(x, cell.box.y0, cell.box.x1, cell.box.y1))
            made = list(zip((left, right), sides, strict=True))
        elif cell.column + cell.column_span > column:
            made = [(replace(cell, column_span=cell.column_span + 1), pieces)]
        else:
            made = [(cell, pieces)]
        for new, inside in made:
            if inside:
                words[len(cells)] = inside
            cells.append(new)
    return Filled(replace(filled.grid, columns=filled.grid.columns + 1, cells=tuple(cells)), words)
