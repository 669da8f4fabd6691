"""Tables made by words alone that lie astride the page's own gutter: two columns of print, not one table.

Separate from finding tables, which asks what stands in rows, because only the columns above and below tell where the
page is parted.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kbtool.document import Box
from kbtool.layout.aligned import aligned_grids
from kbtool.layout.order import regions
from kbtool.reading import Grid, Line

#: In em: columns this near above or below a table part it too; narrower sides are columns of a table.
_NEAR, _NARROWEST = 4.0, 9.0


def parted(grids: Sequence[Grid], lines: Sequence[Line], em: float) -> list[Grid]:
    """The grids of words, those astride a gutter given up for the tables at its sides; boxes in points."""
    outside = [line.box for line in lines if not any(grid.box.contains(*line.box.centre) for grid in grids)]
    gutters = list(_gutters(outside, em)) if grids and outside else []
    return [part for grid in grids for part in _parts(grid, lines, gutters, em)]


def _parts(grid: Grid, lines: Sequence[Line], gutters: Sequence[Box], em: float) -> list[Grid]:
    inside = [line for line in lines if grid.box.contains(*line.box.centre)]
    for gutter in gutters:
        x = gutter.centre[0]
        is_astride = grid.box.x0 + _NARROWEST * em < x < grid.box.x1 - _NARROWEST * em
        is_near = max(gutter.y0 - grid.box.y1, grid.box.y0 - gutter.y1) < _NEAR * em
        if not is_astride or not is_near or any(line.box.x0 < x < line.box.x1 for line in inside):
            continue
        sides = [[line for line in inside if (line.box.centre[0] < x) is is_left] for is_left in (True, False)]
        tables = [aligned_grids(side, ()) for side in sides]
        if all(tables) or len(regions([line.box for line in inside], em)) > 1:
            return [table for side in tables for table in side]
    return [grid]


def _gutters(boxes: Sequence[Box], em: float) -> Iterator[Box]:
    """The white between regions that are read one after the other and stand side by side."""
    hulls = [_hull([boxes[index] for row in region for index in row]) for region in regions(boxes, em)]
    for left, right in pairwise(hulls):
        top, bottom = max(left.y0, right.y0), min(left.y1, right.y1)
        if left.x1 < right.x0 and top < bottom:
            yield Box(left.x1, top, right.x0, bottom)


def _hull(boxes: Sequence[Box]) -> Box:
    hull = boxes[0]
    for box in boxes[1:]:
        hull = hull.union(box)
    return hull
