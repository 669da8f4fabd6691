"""Reading order of boxes: columns parted at gutters, bars across them in between, each part cut again.

A recursive XY-cut (G. Nagy and S. Seth, "Hierarchical representation of optically scanned documents", 1984) that looks
for a gutter first: what most pairs of neighbours leave white between them, so that a heading, stamp or figure across
it does not hide it. What bars do to columns is told in ``columns``.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kbtool.document import Box
from kbtool.layout.beside import side_by_side
from kbtool.layout.columns import Split

#: Rows of a region, each a list of positions in the given boxes.
Region = list[list[int]]

#: In em (heights of type). A narrow gutter counts where many pairs of lines keep it.
_GUTTER, _NARROW_GUTTER, _PAIRS_OF_NARROW = 1.0, 0.45, 6
#: Neighbours stand side by side for this share of the lower one's height.
_BESIDE = 0.3
#: A page has few levels of columns in columns; hostile ones must not exhaust stack and clock.
_DEEPEST, _MOST_BOXES, _MOST_GUTTERS = 12, 1_500, 5


def regions(boxes: Sequence[Box], em: float, *, lists: bool = True, labels: Sequence[str] = ()) -> list[Region]:
    """Put boxes into reading order: regions one after the other, rows from the top, pieces from the left.

    ``em`` is the common height of type, in the unit of the boxes; ``lists`` says whether names may stand beside their
    values, as they do in level writing; ``labels`` are those of the boxes' lines (see ``records``).
    """
    return _Cutter(boxes, max(em, 0.001), lists=lists, labels=labels).cut(list(range(len(boxes))), 0)


class _Gap(NamedTuple):
    """White between two neighbours, from ``x0`` to ``x1``, for so much of their height."""

    x0: float
    x1: float
    height: float


class _Cutter:
    def __init__(self, boxes: Sequence[Box], em: float, *, lists: bool, labels: Sequence[str]) -> None:
        self._boxes = boxes
        self._em = em
        self._lists = lists
        self._labels = labels

    def cut(self, members: list[int], depth: int) -> list[Region]:
        if not members:
            return []
        parts = self._parts(members) if depth < _DEEPEST and len(members) <= _MOST_BOXES else None
        if parts is None:
            return [self._rows(members)]
        return [region for part in parts for region in self.cut(part, depth + 1)]

    def _parts(self, members: list[int]) -> list[list[int]] | None:
        """What the gutter with most at its sides makes of the boxes; None where none has columns there."""
        splits = (
            Split(self._boxes, self._em, gutter, lists=self._lists, labels=self._labels).parts(members)
            for gutter in self._gutters(members)
        )
        found = [split for split in splits if split is not None]
        return max(found, key=lambda split: (split.in_records, split.in_columns)).parts if found else None

    def _gutters(self, members: list[int]) -> list[float]:
        """Middles of the strips that neighbours leave white, those first that most of the height agrees on."""
        gaps = deque(sorted(self._gaps(members)))
        around: list[_Gap] = []
        strips: dict[float, float] = {}
        for point in sorted({(gap.x0 + gap.x1) / 2 for gap in gaps}):
            while gaps and gaps[0].x0 <= point:
                around.append(gaps.popleft())
            around = [gap for gap in around if gap.x1 >= point]
            widest = max(gap.x1 - gap.x0 for gap in around)
            if widest >= _GUTTER * self._em or len(around) >= _PAIRS_OF_NARROW:
                middle = (around[-1].x0 + min(gap.x1 for gap in around)) / 2
                strips[middle] = sum(gap.height for gap in around)
        return sorted(strips, key=lambda middle: (-strips[middle], middle))[:_MOST_GUTTERS]

    def _gaps(self, members: list[int]) -> Iterator[_Gap]:
        """The white between each box and its nearest neighbour on the right."""
        boxes = [self._boxes[member] for member in members]
        nearest: dict[int, tuple[float, float]] = {}
        for pair in side_by_side(boxes):
            first, second, height = boxes[pair[0]], boxes[pair[1]], pair[2]
            if height < _BESIDE * min(first.height, second.height):
                continue
            if second.x0 > first.centre[0]:
                nearest[pair[0]] = min(nearest.get(pair[0], (second.x0, height)), (second.x0, height))
            if first.x0 > second.centre[0]:
                nearest[pair[1]] = min(nearest.get(pair[1], (first.x0, height)), (first.x0, height))
        for number, (x0, height) in nearest.items():
            if x0 - boxes[number].x1 >= _NARROW_GUTTER * self._em:
                yield _Gap(boxes[number].x1, x0, height)

    def _rows(self, members: list[int]) -> Region:
        rows: Region = []
        for member in sorted(members, key=lambda member: self._boxes[member].centre[1]):
            if rows and self._same_row(rows[-1][0], member):
                rows[-1].append(member)
            else:
                rows.append([member])
        return [sorted(row, key=lambda member: self._boxes[member].x0) for row in rows]

    def _same_row(self, first: int, second: int) -> bool:
        ax0, ay0, ax1, ay1 = self._boxes[first]
        bx0, by0, bx1, by1 = self._boxes[second]
        if abs(ay0 + ay1 - by0 - by1) / 2 >= 0.45 * min(ay1 - ay0, by1 - by0):
            return False
        return min(ax1, bx1) - max(ax0, bx0) < self._em
