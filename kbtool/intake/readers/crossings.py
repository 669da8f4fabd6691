"""From rules that cross each other to the cells between them, and the tables that cells make up.

What counts as an edge, a crossing and a cell is pdfplumber's way (after T. Nurminen, "Algorithmic extraction of data
in tables in PDF documents", 2013), which a test holds this against. Separate because of what it costs: whether a rule
passes a crossing depends on that rule alone, so a page's crossings are found line by line and not pair by pair, at a
tenth of pdfplumber's time.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from kbtool.document import Box


class Rule(NamedTuple):
    """A straight rule: where it lies across its direction, and where it starts and ends along it."""

    at: float
    start: float
    end: float


class _Lines(NamedTuple):
    """Places where rules lie, and the pieces of rule on each, none touching the next."""

    places: list[float]
    pieces: list[list[tuple[float, float]]]

    def passing(self, others: Sequence[float], tolerance: float) -> list[dict[int, int]]:
        """For each line the ``others`` that its pieces reach, by number; a bit for each such piece."""
        found: list[dict[int, int]] = []
        for pieces in self.pieces:
            reached: dict[int, int] = {}
            for n, (start, end) in enumerate(pieces):
                for other in range(bisect_left(others, start - tolerance), bisect_right(others, end + tolerance)):
                    reached[other] = reached.get(other, 0) | 1 << n
            found.append(reached)
        return found


def cells_between(level: Sequence[Rule], upright: Sequence[Rule], tolerance: float) -> list[Box]:
    """Find the smallest cell below and right of each crossing, from left to right and top to bottom."""
    rows, columns = _settled(level, tolerance), _settled(upright, tolerance)
    by_row, by_column = rows.passing(columns.places, tolerance), columns.passing(rows.places, tolerance)
    across = [{column: bits for column, bits in row.items() if n in by_column[column]} for n, row in enumerate(by_row)]
    down = [{row: bits for row, bits in line.items() if n in by_row[row]} for n, line in enumerate(by_column)]
    rightward = [sorted(row) for row in across]
    cells = []
    for column, crossed in enumerate(down):
        below = sorted(crossed)
        for n, row in enumerate(below):
            right = rightward[row][bisect_right(rightward[row], column) :]
            corner = _closing(row, column, below[n + 1 :], right, across, down)
            if corner:
                bottom, far = corner
                cells.append(Box(columns.places[column], rows.places[row], columns.places[far], rows.places[bottom]))
    return cells


def tables_of(cells: Sequence[Box]) -> list[list[Box]]:
    """Group cells that touch at a corner, from the top down; a cell on its own is no table."""
    tables: dict[int, list[Box]] = {}
    table_at: dict[tuple[float, float], int] = {}
    for number, cell in enumerate(cells):
        corners = [(x, y) for x in (cell.x0, cell.x1) for y in (cell.y0, cell.y1)]
        touched = {table_at[corner] for corner in corners if corner in table_at}
        home = min(touched, default=number)
        members = tables.setdefault(home, [])
        members.append(cell)
        table_at.update(dict.fromkeys(corners, home))
        for other in touched - {home}:
            moved = tables.pop(other)
            members += moved
            table_at.update(dict.fromkeys(((x, y) for c in moved for x in (c.x0, c.x1) for y in (c.y0, c.y1)), home))
    several = [table for table in tables.values() if len(table) > 1]
    return sorted(several, key=lambda table: min((cell.y0, cell.x0) for cell in table))


def _settled(rules: Iterable[Rule], tolerance: float) -> _Lines:
    """Bring rules that nearly lie on one line onto it, and join those on it that nearly touch."""
    ordered = sorted(rules)
    starts_anew = (after.at - before.at > tolerance for before, after in pairwise(ordered))
    numbers = accumulate(starts_anew, initial=0)
    places, pieces = [], []
    for _, numbered in groupby(zip(numbers, ordered, strict=False), key=itemgetter(0)):
        line = [rule for _, rule in numbered]
        places.append(sum(rule.at for rule in line) / len(line))
        pieces.append(list(_joined(sorted((rule.start, rule.end) for rule in line), tolerance)))
    return _Lines(places, pieces)


def _joined(pieces: Iterable[tuple[float, float]], tolerance: float) -> Iterator[tuple[float, float]]:
    first, last = None, 0.0
    for start, end in pieces:
        if first is None:
            first, last = start, end
        elif start <= last + tolerance:
            last = max(last, end)
        else:
            yield first, last
            first, last = start, end
    if first is not None:
        yield first, last


def _closing(
    row: int,
    column: int,
    below: Iterable[int],
    right: Sequence[int],
    across: Sequence[dict[int, int]],
    down: Sequence[dict[int, int]],
) -> tuple[int, int] | None:
    """The row and column that close a cell: one piece of rule runs along each of its sides."""
    along, descent = across[row], down[column]
    for bottom in below:
        if not descent[row] & descent[bottom]:
            return None
        base = across[bottom]
        for far in right:
            if not along[column] & along[far]:
                break
            if far in base and base[far] & base[column] and down[far][bottom] & down[far][row]:
                return bottom, far
    return None
