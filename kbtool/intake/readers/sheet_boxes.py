"""Boxes that borders enclose on a sheet, whatever the grid below them: the cells that a person sees.

On graph-paper sheets one visible cell covers many cells of the grid, merged or not. Borders are walls: what cannot be
reached from outside the sheet without passing one is inside a box.
"""

from collections import defaultdict

from kbtool.document import Cell
from kbtool.intake.readers.paging import cell
from kbtool.intake.readers.sheet import Area, Place, Sheet


def tables(sheet: Sheet) -> list[list[Area]]:
    """Boxes in groups that touch, each group in reading order; only rectangles count as boxes."""
    if not sheet.right and not sheet.below:
        return []
    boxes = _boxes(sheet)
    return _groups(boxes)


def number(boxes: list[Area], texts: list[str]) -> list[Cell]:
    """The boxes of one group as cells: rows and columns counted by the edges that boxes share."""
    rows = {edge: n for n, edge in enumerate(sorted({box.row for box in boxes}))}
    columns = {edge: n for n, edge in enumerate(sorted({box.column for box in boxes}))}
    cells = []
    for box, text in zip(boxes, texts, strict=True):
        row_span = sum(box.row <= edge <= box.last_row for edge in rows)
        column_span = sum(box.column <= edge <= box.last_column for edge in columns)
        cells.append(cell(rows[box.row], columns[box.column], text, row_span, column_span))
    return cells


def _boxes(sheet: Sheet) -> list[Area]:
    """Everything that walls enclose, found by flooding first the outside, then each place that is left."""
    used = sheet.used
    seen = _flood(Place(used.row - 1, used.column - 1), sheet)
    boxes = []
    for row in range(used.row, used.last_row + 1):
        for column in range(used.column, used.last_column + 1):
            if (row, column) in seen:
                continue
            inside = _flood(Place(row, column), sheet)
            seen |= inside
            rows, columns = [place.row for place in inside], [place.column for place in inside]
            box = Area(min(rows), min(columns), max(rows), max(columns))
            if box.size == len(inside):
                boxes.append(box)
    return boxes


def _flood(start: Place, sheet: Sheet) -> set[Place]:
    """All places reached from ``start`` on the sheet and the margin around it."""
    used = sheet.used
    seen = {start}
    waiting = [start]
    while waiting:
        row, column = waiting.pop()
        steps = (
            (Place(row, column + 1), (row, column) in sheet.right),
            (Place(row, column - 1), (row, column - 1) in sheet.right),
            (Place(row + 1, column), (row, column) in sheet.below),
            (Place(row - 1, column), (row - 1, column) in sheet.below),
        )
        for place, walled in steps:
            inside = used.row - 1 <= place.row <= used.last_row + 1
            if not walled and inside and used.column - 1 <= place.column <= used.last_column + 1 and place not in seen:
                seen.add(place)
                waiting.append(place)
    return seen


def _groups(boxes: list[Area]) -> list[list[Area]]:
    """Put boxes together that share a piece of wall."""
    lefts: dict[tuple[int, int], int] = {}
    tops: dict[tuple[int, int], int] = {}
    for index, box in enumerate(boxes):
        lefts.update(((row, box.column), index) for row in range(box.row, box.last_row + 1))
        tops.update(((box.row, column), index) for column in range(box.column, box.last_column + 1))
    parents = list(range(len(boxes)))
    for index, box in enumerate(boxes):
        beside = {lefts.get((row, box.last_column + 1)) for row in range(box.row, box.last_row + 1)}
        under = {tops.get((box.last_row + 1, column)) for column in range(box.column, box.last_column + 1)}
        for other in beside | under:
            if other is not None:
                parents[_root(parents, other)] = _root(parents, index)
    groups: dict[int, list[Area]] = defaultdict(list)
    for index, box in enumerate(boxes):
        groups[_root(parents, index)].append(box)
    return [sorted(group) for group in groups.values()]


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index
