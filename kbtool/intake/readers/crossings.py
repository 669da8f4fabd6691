"""From the points where rules cross to the cells between them.

The rule is pdfplumber's (``intersections_to_cells``): of each point the nearest below and right of it that its own
rules lead to, and from which rules lead to one common corner. Separate from ``ruled``, whose other steps pdfplumber
does, because this one asks every point for every other and took a fifth of all time that a page of words takes.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Point = tuple[float, float]
Cell = tuple[float, float, float, float]


class _Rules(NamedTuple):
    """The rules that cross at a point, upright and level ones."""

    upright: frozenset[int]
    level: frozenset[int]


def cells_between(crossings: Mapping[Point, Mapping[str, Sequence[Any]]]) -> list[Cell]:
    """Find the cells (x0, y0, x1, y1) between crossings, which hold the rules that meet there under "v" and "h"."""
    rules = {at: _Rules(*(frozenset(map(id, met[way])) for way in ("v", "h"))) for at, met in crossings.items()}
    points = sorted(rules)
    columns: defaultdict[float, list[Point]] = defaultdict(list)
    rows: defaultdict[float, list[Point]] = defaultdict(list)
    for point in points:
        columns[point[0]].append(point)
        rows[point[1]].append(point)
    places = {point: (columns[point[0]].index(point), rows[point[1]].index(point)) for point in points}
    found = []
    for point, (down, across) in places.items():
        corners = _corners(point, columns[point[0]][down + 1 :], rows[point[1]][across + 1 :], rules)
        corner = next(corners, None)
        if corner:
            found.append((*point, *corner))
    return found


def _corners(
    point: Point, below: Sequence[Point], right: Sequence[Point], rules: Mapping[Point, _Rules]
) -> Iterator[Point]:
    """The corners opposite to a point that rules lead to both ways round, the nearest first."""
    upright, level = rules[point]
    beside = [other for other in right if not level.isdisjoint(rules[other].level)]
    for lower in below:
        if upright.isdisjoint(rules[lower].upright):
            continue
        for other in beside:
            corner = rules.get((other[0], lower[1]))
            if (
                corner
                and not corner.upright.isdisjoint(rules[other].upright)
                and not corner.level.isdisjoint(rules[lower].level)
            ):
                yield other[0], lower[1]
