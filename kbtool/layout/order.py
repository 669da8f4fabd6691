"""Reading order of boxes: columns parted at gutters, bars across them in between, each part cut again.

A recursive XY-cut (G. Nagy and S. Seth, "Hierarchical representation of optically scanned documents", 1984) that looks
for a gutter first: what most pairs of neighbours leave white between them, so that a heading, stamp or figure across
it does not hide it. What bars do to columns is told in ``columns``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbtool.document import Box
from kbtool.layout.columns import Split

#: Rows of a region, each a list of positions in the given boxes.
Region = list[list[int]]

#: In em (heights of type). A narrow gutter counts where many pairs of lines keep it.
_GUTTER, _NARROW_GUTTER, _PAIRS_OF_NARROW = 1.0, 0.45, 6
#: Neighbours stand side by side for this share of the lower one's height.
_BESIDE = 0.3
#: A page has few levels of columns in columns; hostile ones must not exhaust stack and clock.
_DEEPEST, _MOST_BOXES, _MOST_GUTTERS = 12, 1_500, 5


def regions(boxes: Sequence[Box], em: float, *, lists: bool = True) -> list[Region]:
    """Put boxes into reading order: regions one after the other, rows from the top, pieces from the left.

    ``em`` is the common height of type, in the unit of the boxes; ``lists`` says whether names may stand beside their
    values, as they do in level writing.
    """
    return _Cutter(boxes, max(em, 0.001), lists=lists).cut(list(range(len(boxes))), 0)


@dataclass(frozen=True, slots=True)
class _Gap:
    """White between two neighbours, from ``x0`` to ``x1``, for so much of their height."""

    x0: float
    x1: float
    height: float


class _Cutter:
    def __init__(self, boxes: Sequence[Box], em: float, *, lists: bool) -> None:
        self._boxes = boxes
        self._em = em
        self._lists = lists

    def cut(self, members: list[int], depth: int) -> list[Region]:
        if not members:
            return []
        parts = self._parts(members) if depth < _DEEPEST and len(members) <= _MOST_BOXES else None
        if parts is None:
            return [self._rows(members)]
        return [region for part in parts for region in self.cut(part, depth + 1)]

    def _parts(self, members: list[int]) -> list[list[int]] | None:
        """What the first gutter with columns at its sides makes of the boxes; None where there is none."""
        for gutter in self._gutters(members):
            parts = Split(self._boxes, self._em, gutter, lists=self._lists).parts(members)
            if parts is not None:
                return parts
        return None

    def _gutters(self, members: list[int]) -> list[float]:
        """Middles of the strips that neighbours leave white, those first that most of the height agrees on."""
        gaps = list(self._gaps(members))
        strips: dict[float, float] = {}
        for point in {(gap.x0 + gap.x1) / 2 for gap in gaps}:
            around = [gap for gap in gaps if gap.x0 <= point <= gap.x1]
            widest = max(gap.x1 - gap.x0 for gap in around)
            if widest >= _GUTTER * self._em or len(around) >= _PAIRS_OF_NARROW:
                middle = (max(gap.x0 for gap in around) + min(gap.x1 for gap in around)) / 2
                strips[middle] = sum(gap.height for gap in around)
        return sorted(strips, key=lambda middle: (-strips[middle], middle))[:_MOST_GUTTERS]

    def _gaps(self, members: list[int]) -> Iterator[_Gap]:
        """The white between each box and its nearest neighbour on the right."""
        boxes = sorted((self._boxes[member] for member in members), key=lambda box: box.y0)
        tallest = max(box.height for box in boxes)
        for number, box in enumerate(boxes):
            first = number
            while first and boxes[first - 1].y0 > box.y0 - tallest:
                first -= 1
            nearest: tuple[float, float] | None = None
            for other in boxes[first:]:
                if other.y0 >= box.y1:
                    break
                height = min(box.y1, other.y1) - max(box.y0, other.y0)
                if height >= _BESIDE * min(box.height, other.height) and other.x0 > box.centre[0] and other is not box:
                    nearest = min(nearest or (other.x0, height), (other.x0, height))
            if nearest and nearest[0] - box.x1 >= _NARROW_GUTTER * self._em:
                yield _Gap(box.x1, *nearest)

    def _rows(self, members: list[int]) -> Region:
        rows: Region = []
        for member in sorted(members, key=lambda member: self._boxes[member].centre[1]):
            if rows and self._same_row(rows[-1][0], member):
                rows[-1].append(member)
            else:
                rows.append([member])
        return [sorted(row, key=lambda member: self._boxes[member].x0) for row in rows]

    def _same_row(self, first: int, second: int) -> bool:
        a, b = self._boxes[first], self._boxes[second]
        overlap_x = min(a.x1, b.x1) - max(a.x0, b.x0)
        return abs(a.centre[1] - b.centre[1]) < 0.45 * min(a.height, b.height) and overlap_x < self._em
