"""Boxes at both sides of a gutter: which are columns, and which bars lie across and end them.

Separate from ``order``, which looks for gutters and cuts again what comes out here. As in T. Breuel's order of lines
("High performance document layout analysis", 2003) a bar with nothing beside it ends the columns above it; what lies
over the lines of both columns, a stamp or a figure's label, does not.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from kbtool.document import Box
from kbtool.layout.records import are_records

#: In em (heights of type). What reaches over a gutter by less only hangs into it.
_HANGING = 0.3
#: Narrower or with less in it there are labels; a narrow note out of step with its neighbours is a column, too.
_NARROWEST_COLUMN, _NARROWEST_NOTE, _LEAST = 9.0, 4.0, 2.5
#: White this high over the whole width ends the columns above it.
_END_OF_COLUMNS = 4.0
#: Both sides in step for this share of their rows are a list of values, unless so many lines on both sides are full.
#: Where names would be as wide as a column of print, fewer are enough: short sections have many short lines.
_IN_STEP, _FULL_LINES = 0.7, 0.45
_WIDEST_NAMES, _FULL_LINES_OF_PRINT = 15.0, 0.25
#: A full line reaches over this share of its column.
_FULL = 0.8
#: A cell keeps this far off its neighbours; what is nearer lies over them.
_CLEAR = 0.5
#: A short heading over two columns has white above and beside it; then both start at one height, in smaller type.
_WHITE_ABOVE, _WHITE_BELOW, _MOST_BESIDE, _SAME_START, _SMALLER = 1.0, 0.5, 7.0, 0.8, 0.93
#: The last line of a paragraph across the page is no farther below the line before it.
_NEXT_LINE = 0.9
#: Share of the lower box's height that two boxes side by side have in common.
_BESIDE = 0.5
#: In em: middles of boxes in one row.
_SAME_ROW = 0.3

Members = list[int]


@dataclass(slots=True)
class _Bar:
    """Boxes across the gutter, and what stands beside them."""

    members: Members
    y0: float
    y1: float


@dataclass(slots=True)
class _Slot:
    """What stands left and right of the gutter between two bars, from the top."""

    left: Members = field(default_factory=list)
    right: Members = field(default_factory=list)


class _Side:
    """The boxes at one side from the top, with their tops and how far down all to each of them reach."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.boxes = boxes
        self.tops = [box.y0 for box in boxes]
        self.bottoms = list(accumulate((box.y1 for box in boxes), max))


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

    def parts(self, members: Members) -> list[Members] | None:
        """Boxes in groups to be read one after the other; None where no columns stand at the gutter."""
        bars, slots = self._bars_and_slots(sorted(members, key=lambda member: self._boxes[member].y0))
        sure = [self._are_columns(slot) for slot in slots]
        if not any(sure):
            return None
        parts: list[Members] = []
        together: Members = []
        for slot, is_sure, bar in zip(slots, sure, [*bars, None], strict=True):
            if is_sure or (slot.left and slot.right and not self._is_list(slot)):
                parts += [together, slot.left, slot.right]
                together = []
            else:
                together = together + slot.left + slot.right
            together = together + (bar.members if bar else [])
        return [part for part in [*parts, together] if part]

    def _bars_and_slots(self, members: Members) -> tuple[list[_Bar], list[_Slot]]:
        """Bars from the top, and the slots before, between and after them."""
        across = {member for member in members if self._crosses(member)}
        aside = [self._boxes[member] for member in members if member not in across]
        spanning = [member for member in members if member in across and not self._lies_over(member, aside)]
        bars = self._bars(spanning)
        slots = [_Slot() for _ in range(len(bars) + 1)]
        barred = set(spanning)
        for member in members:
            if member not in barred:
                self._put(member, bars, slots)
        bars, slots = self._with_headings(*self._with_whites(bars, slots))
        for number, bar in enumerate(bars):
            if bar.members:
                self._draw_up(bar, slots[number + 1])
                self._draw_down(bar, slots[number])
        return bars, slots

    def _crosses(self, member: int) -> bool:
        box, hanging = self._boxes[member], _HANGING * self._em
        return box.x0 < self._gutter - hanging and box.x1 > self._gutter + hanging

    def _lies_over(self, member: int, aside: Sequence[Box]) -> bool:
        """Whether lines of both columns stand beside a box across the gutter, and it keeps no distance from them."""
        box = self._boxes[member]
        beside = [other for other in aside if _are_beside(box, other)]
        gaps = [max(other.x0 - box.x1, box.x0 - other.x1) for other in beside]
        sides = {self._is_left(other) for other in beside}
        return len(sides) == 2 and min(gaps) < _CLEAR * self._em

    def _is_left(self, box: Box) -> bool:
        return box.centre[0] < self._gutter

    def _bars(self, spanning: Members) -> list[_Bar]:
        bars: list[_Bar] = []
        for member in spanning:
            box = self._boxes[member]
            if bars and box.centre[1] < bars[-1].y1:
                bars[-1].members.append(member)
                bars[-1].y1 = max(bars[-1].y1, box.y1)
            else:
                bars.append(_Bar([member], box.y0, box.y1))
        return bars

    def _put(self, member: int, bars: list[_Bar], slots: list[_Slot]) -> None:
        """Put a box into the bar that it stands beside, or else into its slot."""
        box = self._boxes[member]
        mate = next((bar for bar in bars if _are_beside(bar, box)), None)
        if mate:
            mate.members.append(member)
            return
        slot = slots[sum(bar.y0 < box.centre[1] for bar in bars)]
        (slot.left if self._is_left(box) else slot.right).append(member)

    def _with_whites(self, bars: list[_Bar], slots: list[_Slot]) -> tuple[list[_Bar], list[_Slot]]:
        """Make bars of high white over the whole width."""
        found: list[_Bar] = []
        cut: list[_Slot] = []
        for slot, bar in zip(slots, [*bars, None], strict=True):
            rest = _Slot()
            bottom = None
            left = set(slot.left)
            for member in sorted(slot.left + slot.right, key=lambda member: self._boxes[member].y0):
                box = self._boxes[member]
                if bottom is not None and box.y0 - bottom > _END_OF_COLUMNS * self._em:
                    cut.append(rest)
                    found.append(_Bar([], bottom, box.y0))
                    rest = _Slot()
                bottom = max(bottom or box.y1, box.y1)
                (rest.left if member in left else rest.right).append(member)
            cut.append(rest)
            found += [bar] if bar else []
        return found, cut

    def _with_headings(self, bars: list[_Bar], slots: list[_Slot]) -> tuple[list[_Bar], list[_Slot]]:
        """Make bars of headings over two columns that are too short to reach the gutter."""
        found: list[_Bar] = []
        cut: list[_Slot] = []
        for slot, bar in zip(slots, [*bars, None], strict=True):
            rest = slot
            sides = [_Side([self._boxes[member] for member in side]) for side in (slot.left, slot.right)]
            for heading in [member for at, member in enumerate(slot.left) if self._heads_both(at, *sides)]:
                box = self._boxes[heading]
                above = _Slot(*([m for m in side if self._boxes[m].y0 < box.y0] for side in (rest.left, rest.right)))
                below = _Slot(*([m for m in side if self._boxes[m].y0 > box.y0] for side in (rest.left, rest.right)))
                cut.append(above)
                found.append(_Bar([heading], box.y0, box.y1))
                rest = below
            cut.append(rest)
            found += [bar] if bar else []
        return found, cut

    def _heads_both(self, at: int, left_side: _Side, right_side: _Side) -> bool:
        """Whether the box at ``at`` of the left side is such a heading."""
        box, em = left_side.boxes[at], self._em
        first, beside = bisect_left(left_side.tops, box.y0), bisect_left(right_side.tops, box.y0)
        following = first + (first == at)
        if not first or not beside or following == len(left_side.boxes) or beside == len(right_side.boxes):
            return False
        left, right = left_side.boxes[following], right_side.boxes[beside]
        bottom = max(left_side.bottoms[first - 1], right_side.bottoms[beside - 1])
        return (
            box.y0 - bottom >= _WHITE_ABOVE * em
            and min(left.y0, right.y0) - box.y1 >= _WHITE_BELOW * em
            and right.y0 - right_side.bottoms[beside - 1] <= box.height + _MOST_BESIDE * em
            and abs(left.y0 - right.y0) <= _SAME_START * em
            and max(left.height, right.height) < _SMALLER * box.height
        )

    def _draw_up(self, bar: _Bar, slot: _Slot) -> None:
        """Give the bar the short last lines of its paragraph, which lead the slot below on the left."""
        while slot.left:
            box = self._boxes[slot.left[0]]
            nearer = slot.right and box.y1 > self._boxes[slot.right[0]].centre[1]
            if nearer or box.y0 - bar.y1 > _NEXT_LINE * self._em:
                return
            bar.members.append(slot.left.pop(0))
            bar.y1 = box.y1

    def _draw_down(self, bar: _Bar, slot: _Slot) -> None:
        """Give the bar its own short heading, which ends the slot above on the left."""
        right = max((self._boxes[member].y1 for member in slot.right), default=0.0)
        while len(slot.left) > 1 and slot.right:
            before, box = (self._boxes[member] for member in slot.left[-2:])
            if box.centre[1] < right or bar.y0 - box.y1 >= box.y0 - before.y1 - _HANGING * self._em:
                return
            bar.members.append(slot.left.pop())
            bar.y0 = box.y0

    def _are_columns(self, slot: _Slot) -> bool:
        """Whether both sides are surely to be read one after the other."""
        sides = [[self._boxes[member] for member in side] for side in (slot.left, slot.right)]
        if not all(sides) or min(_covered(side) for side in sides) < _LEAST * self._em:
            return False
        narrowest = min(_width(side) for side in sides)
        if narrowest < _NARROWEST_NOTE * self._em:
            return False
        if self._in_step(slot) < _IN_STEP or self._are_records(slot):
            return True
        return narrowest >= _NARROWEST_COLUMN * self._em and not self._is_list(slot)

    def _is_list(self, slot: _Slot) -> bool:
        """Whether both sides are in step and few of their lines full, like names and their values."""
        if not self._lists or self._in_step(slot) < _IN_STEP or self._are_records(slot):
            return False
        narrowest = min(_width([self._boxes[member] for member in side]) for side in (slot.left, slot.right))
        enough = _FULL_LINES if narrowest < _WIDEST_NAMES * self._em else _FULL_LINES_OF_PRINT
        return min(self._fullness(slot.left), self._fullness(slot.right)) < enough

    def _are_records(self, slot: _Slot) -> bool:
        """Whether the rows of both sides begin alike, as those of two addresses do."""
        if not self._labels:
            return False
        left, right = (
            [(self._boxes[member].centre[1], self._labels[member]) for member in side]
            for side in (slot.left, slot.right)
        )
        return are_records(left, right, _SAME_ROW * self._em)

    def _in_step(self, slot: _Slot) -> float:
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


def _are_beside(first: Box | _Bar, second: Box) -> bool:
    top, bottom = max(first.y0, second.y0), min(first.y1, second.y1)
    return bottom > top and bottom - top > _BESIDE * min(first.y1 - first.y0, second.y1 - second.y0)


def _covered(boxes: Sequence[Box]) -> float:
    """How much of the height boxes from the top cover."""
    covered, bottom = 0.0, -float("inf")
    for box in boxes:
        covered += max(0.0, box.y1 - max(box.y0, bottom))
        bottom = max(bottom, box.y1)
    return covered


def _width(boxes: Sequence[Box]) -> float:
    return max(box.x1 for box in boxes) - min(box.x0 for box in boxes)
