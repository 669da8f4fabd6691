"""How boxes at both sides of a gutter are read: columns, records, names beside their values, torn lines.

Separate from ``order``, which looks for gutters and cuts again what comes out here, and from ``across``, which says
what stands at a gutter.
"""

from bisect import bisect_left
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from kbtool.document import Box
from kbtool.layout.across import Across, Bar, Members, Slot
from kbtool.layout.records import records_among
from kbtool.layout.tears import is_torn

#: In em (heights of type). Narrower or with less in it there are labels; a narrow note out of step with its neighbours
#: is a column, too.
_NARROWEST_COLUMN, _NARROWEST_NOTE, _LEAST = 9.0, 4.0, 2.5
#: Both sides in step for this share of their rows are a list of values, unless so many lines on both sides are full.
#: Where names would be as wide as a column of print, fewer are enough: short sections have many short lines.
_IN_STEP, _FULL_LINES = 0.7, 0.45
_WIDEST_NAMES, _FULL_LINES_OF_PRINT = 15.0, 0.25
#: A full line reaches over this share of its column.
_FULL = 0.8
#: In em: middles of boxes in one row.
_SAME_ROW = 0.3


class _Way(Enum):
    """How the two sides of a slot are read; unsure ones are read as others at the same gutter are."""

    ROWS = auto()
    COLUMNS = auto()
    RECORDS = auto()
    UNSURE = auto()


class Parts(NamedTuple):
    """Boxes in groups to be read one after the other, and how many stand at the gutter in records and in columns."""

    parts: list[Members]
    in_records: int
    in_columns: int


class Split:
    """The boxes of a region as a gutter, upright at ``gutter``, parts them; ``em`` is the height of type.

    ``lists`` says whether names and values may stand beside each other, to be read row by row; ``labels`` are those
    of the boxes' lines, if known (see ``records``).
    """

    def __init__(
        self, boxes: Sequence[Box], em: float, gutter: float, *, lists: bool, labels: Sequence[str] = ()
    ) -> None:
        self._boxes = boxes
        self._em = em
        self._gutter = gutter
        self._lists = lists
        self._labels = labels

    def parts(self, members: Members) -> Parts | None:
        """What the gutter makes of the boxes; None where no columns stand at it."""
        by_top = sorted(members, key=lambda member: self._boxes[member].y0)
        bars, slots = Across(self._boxes, self._em, self._gutter).bars_and_slots(by_top)
        bars, slots = self._with_records(bars, slots)
        ways = [self._way(slot, *around) for slot, around in zip(slots, pairwise([None, *bars, None]), strict=True)]
        if not {_Way.COLUMNS, _Way.RECORDS}.intersection(ways):
            return None
        are_parted = {_Way.COLUMNS, _Way.RECORDS, *([_Way.UNSURE] if _Way.COLUMNS in ways else [])}
        parts: list[Members] = []
        together: Members = []
        beside = [0, 0]
        for slot, way, bar in zip(slots, ways, [*bars, None], strict=True):
            if way in are_parted:
                parts += [together, slot.left, slot.right]
                together = []
                beside[way is _Way.RECORDS] += len(slot.left) + len(slot.right)
            else:
                together = together + slot.left + slot.right
            together = together + (bar.members if bar else [])
        return Parts([part for part in [*parts, together] if part], beside[1], beside[0])

    def _with_records(self, bars: list[Bar], slots: list[Slot]) -> tuple[list[Bar], list[Slot]]:
        """Part records side by side from what stands above and below them."""
        found: list[Bar] = []
        cut: list[Slot] = []
        for slot, bar in zip(slots, [*bars, None], strict=True):
            for y in self._records(slot) or ():
                above, slot = self._cut(slot, y)
                cut.append(above)
                found.append(Bar([], y, y))
            cut.append(slot)
            found += [bar] if bar else []
        return found, cut

    def _cut(self, slot: Slot, y: float) -> tuple[Slot, Slot]:
        above, below = Slot(), Slot()
        for member in slot.left:
            (above if self._boxes[member].centre[1] < y else below).left.append(member)
        for member in slot.right:
            (above if self._boxes[member].centre[1] < y else below).right.append(member)
        return above, below

    def _records(self, slot: Slot) -> tuple[float, float] | None:
        """Where records side by side begin and end in a slot, if there are any."""
        if not (self._labels and slot.left and slot.right) or self._in_step(slot) < _IN_STEP:
            return None
        left, right = (
            [(self._boxes[member].centre[1], self._labels[member]) for member in side]
            for side in (slot.left, slot.right)
        )
        return records_among(left, right, _SAME_ROW * self._em)

    def _way(self, slot: Slot, above: Bar | None, below: Bar | None) -> _Way:
        if not (slot.left and slot.right):
            return _Way.ROWS
        if self._records(slot):
            return _Way.RECORDS
        if self._is_torn(slot, above, below):
            return _Way.ROWS
        if self._are_columns(slot):
            return _Way.COLUMNS
        return _Way.ROWS if self._is_list(slot) else _Way.UNSURE

    def _are_columns(self, slot: Slot) -> bool:
        """Whether both sides are surely to be read one after the other."""
        sides = [[self._boxes[member] for member in side] for side in (slot.left, slot.right)]
        if min(_covered(side) for side in sides) < _LEAST * self._em:
            return False
        narrowest = min(_width(side) for side in sides)
        if narrowest < _NARROWEST_NOTE * self._em:
            return False
        if self._in_step(slot) < _IN_STEP:
            return True
        return narrowest >= _NARROWEST_COLUMN * self._em and not self._is_list(slot)

    def _is_torn(self, slot: Slot, above: Bar | None, below: Bar | None) -> bool:
        left, right = ([self._boxes[member] for member in side] for side in (slot.left, slot.right))
        return is_torn(left, right, self._around(above), self._around(below), self._em)

    def _around(self, bar: Bar | None) -> Box | None:
        """The box around what lies across."""
        boxes = [self._boxes[member] for member in bar.members] if bar else []
        return Box(min(b.x0 for b in boxes), bar.y0, max(b.x1 for b in boxes), bar.y1) if bar and boxes else None

    def _is_list(self, slot: Slot) -> bool:
        """Whether both sides are in step and few of their lines full, like names and their values."""
        if not self._lists or self._in_step(slot) < _IN_STEP:
            return False
        narrowest = min(_width([self._boxes[member] for member in side]) for side in (slot.left, slot.right))
        enough = _FULL_LINES if narrowest < _WIDEST_NAMES * self._em else _FULL_LINES_OF_PRINT
        return min(self._fullness(slot.left), self._fullness(slot.right)) < enough

    def _in_step(self, slot: Slot) -> float:
        """The share of the shorter side, as far as the other reaches, that has a neighbour in its row there."""
        near = _SAME_ROW * self._em
        left, right = ([self._boxes[member].centre[1] for member in side] for side in (slot.left, slot.right))
        lower, upper = max(min(left), min(right)) - near, min(max(left), max(right)) + near
        fewer, more = sorted(([y for y in side if lower <= y <= upper] for side in (left, right)), key=len)
        more.sort()
        return sum(_nearest(more, y) <= near for y in fewer) / max(1, len(fewer))

    def _fullness(self, side: Members) -> float:
        boxes = [self._boxes[member] for member in side]
        edge = min(box.x0 for box in boxes) + _FULL * _width(boxes)
        return sum(box.x1 >= edge for box in boxes) / len(side)


def _nearest(values: Sequence[float], wanted: float) -> float:
    """How far the nearest of sorted values is from the wanted one."""
    at = bisect_left(values, wanted)
    return min((abs(value - wanted) for value in values[max(0, at - 1) : at + 1]), default=float("inf"))


def _covered(boxes: Sequence[Box]) -> float:
    """How much of the height boxes from the top cover."""
    covered, bottom = 0.0, -float("inf")
    for box in boxes:
        covered += max(0.0, box.y1 - max(box.y0, bottom))
        bottom = max(bottom, box.y1)
    return covered


def _width(boxes: Sequence[Box]) -> float:
    return max(box.x1 for box in boxes) - min(box.x0 for box in boxes)
