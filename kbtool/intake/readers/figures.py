"""Figures of a page with a text layer: its pictures, and drawings made of many shapes.

Separate from the objects themselves, because what a person calls one figure is often many: a photo cut into strips, a
drawing of a hundred paths. Rules and frames of tables are no figures, nor is a picture behind the whole page.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from kbtool.document import Box
from kbtool.intake.readers.seen import inside
from kbtool.reading import Grid

#: Points. Pieces of one figure lie this close to each other.
_TOUCHING_PT = 4.0
_TILE_PT = 8.0
#: A shape thinner than this and longer than the other number is a rule.
_RULE_PT, _LONG_PT = 2.0, 60.0
_FEWEST_SHAPES = 8
#: Shares of the page: a drawing smaller than this is an icon, a shape larger than that a background.
_SMALLEST, _LARGEST = 0.015, 0.85
_SMALLEST_SIDE_PT = 40.0


def figures_of(
    pictures: Sequence[Box], shapes: npt.NDArray[np.float64], grids: Sequence[Grid], size: tuple[float, float]
) -> list[Box]:
    """Find the figures of a page of ``size``; ``shapes`` are rows of x0, y0, x1, y1, all in its points."""
    area = size[0] * size[1]
    whole = [box for box in in_one_piece(pictures) if box.width * box.height < _LARGEST * area]
    loose = shapes[_may_be_drawn(shapes, area)]
    if len(loose):
        loose = loose[~_are_within(loose, grids, whole)]
    if len(loose) < _FEWEST_SHAPES:
        return whole
    return [
        *whole,
        *(
            box
            for box in _drawings([Box(*shape) for shape in loose.tolist()], size)
            if box.width * box.height >= _SMALLEST * area
        ),
    ]


def in_one_piece(boxes: Iterable[Box]) -> list[Box]:
    """Join pictures that touch along a whole side, as strips and tiles of one picture do."""
    merged: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.y0, box.x0)):
        other = next((index for index, one in enumerate(merged) if _are_tiles(one, box)), None)
        if other is None:
            merged.append(box)
        else:
            merged[other] = merged[other].union(box)
    return merged


def _are_tiles(first: Box, second: Box) -> bool:
    across = min(first.x1, second.x1) - max(first.x0, second.x0)
    down = min(first.y1, second.y1) - max(first.y0, second.y0)
    if min(across, down) < -_TOUCHING_PT / 2:
        return False
    same_columns = abs(first.x0 - second.x0) + abs(first.x1 - second.x1) < _TOUCHING_PT
    same_rows = abs(first.y0 - second.y0) + abs(first.y1 - second.y1) < _TOUCHING_PT
    return same_columns or same_rows


def _may_be_drawn(shapes: npt.NDArray[np.float64], area: float) -> npt.NDArray[np.bool_]:
    width, height = (shapes[:, 2:] - shapes[:, :2]).T
    are_rules = (np.minimum(width, height) < _RULE_PT) & (np.maximum(width, height) > _LONG_PT)
    return np.asarray(~are_rules & (width * height < 0.5 * area))


def _are_within(
    shapes: npt.NDArray[np.float64], grids: Sequence[Grid], figures: Sequence[Box]
) -> npt.NDArray[np.bool_]:
    frames = [grid.box for grid in grids if len(grid.cells) > 1]
    x, y = ((shapes[:, :2] + shapes[:, 2:]) / 2).T
    return inside(x, y, (*frames, *figures))


def _drawings(shapes: Sequence[Box], size: tuple[float, float]) -> list[Box]:
    """Boxes of shapes that lie close together, enough of them for a drawing."""
    found = []
    for members in _groups(shapes, size):
        box = members[0]
        for member in members[1:]:
            box = box.union(member)
        if len(members) >= _FEWEST_SHAPES and min(box.width, box.height) >= _SMALLEST_SIDE_PT:
            found.append(box)
    return found


def _groups(shapes: Sequence[Box], size: tuple[float, float]) -> list[list[Box]]:
    """Shapes on tiles of the page that touch each other; tiles are numbered down the page, column by column."""
    across, down = (int(side / _TILE_PT) for side in size)
    column = down + 2  # a free tile at the end, so that no column's foot touches the head of the next
    inked: set[int] = set()
    firsts: list[tuple[int, Box]] = []
    for shape in shapes:
        x0, y0, x1, y1 = (int(side / _TILE_PT) for side in shape)
        x0, y0, x1, y1 = max(0, x0), max(0, y0), min(across, x1), min(down, y1)
        if x0 <= x1 and y0 <= y1:
            firsts.append((x0 * column + y0, shape))
        for head in range(x0 * column, x1 * column + 1, column):
            inked.update(range(head + y0, head + y1 + 1))
    around = [i * column + j for i in (-1, 0, 1) for j in (-1, 0, 1)]
    groups: list[list[Box]] = []
    group_of: dict[int, int] = {}
    for first, shape in firsts:
        if first not in group_of:
            group_of |= dict.fromkeys(_connected(first, inked, around), len(groups))
            groups.append([])
        groups[group_of[first]].append(shape)
    return groups


def _connected(start: int, inked: set[int], around: Sequence[int]) -> list[int]:
    """Take one group of tiles that touch each other out of ``inked``."""
    inked.remove(start)
    group = [start]
    for tile in group:
        for step in around:
            if tile + step in inked:
                inked.remove(tile + step)
                group.append(tile + step)
    return group
