"""Bars across a gutter, and the slots between them where boxes stand at its left and right.

Separate from ``columns``, which tells how the sides of a slot are read. As in T. Breuel's order of lines ("High
performance document layout analysis", 2003) a bar with nothing beside it ends the columns above it; what lies over the
lines of both columns, a stamp or a figure's label, does not.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from kbtool.document import Box

#: In em (heights of type). What reaches over a gutter by less only hangs into it.
_HANGING = 0.3
#: White this high over the whole width ends the columns above it.
_END_OF_COLUMNS = 4.0
#: A cell keeps this far off its neighbours; what is nearer lies over them.
_CLEAR = 0.5
#: A short heading over two columns has white above and beside it; then both start at one height, in smaller type.
_WHITE_ABOVE, _WHITE_BELOW, _MOST_BESIDE, _SAME_START, _SMALLER = 1.0, 0.5, 7.0, 0.8, 0.93
#: The last line of a paragraph across the page is no farther below the line before it.
_NEXT_LINE = 0.9
#: Share of the lower box's height that two boxes side by side have in common.
_BESIDE = 0.5

Members = list[int]


@dataclass(slots=True)
class Bar:
    """Boxes across the gutter, and what stands beside them."""

    members: Members
    y0: float
    y1: float


@dataclass(slots=True)
class Slot:
    """What stands left and right of the gutter between two bars, from the top."""

    left: Members = field(default_factory=list)
    right: Members = field(default_factory=list)


class _Side:
    """Some boxes from the top, with their tops and how far down all to each of them reach."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.boxes = boxes
        self.tops = [box.y0 for box in boxes]
        self.bottoms = list(accumulate((box.y1 for box in boxes), max))


class Across:
    """What lies across a gutter, upright at ``gutter``, and what beside it; ``em`` is the height of type."""

    def __init__(self, boxes: Sequence[Box], em: float, gutter: float) -> None:
        self._boxes = boxes
        self._em = em
        self._gutter = gutter

    def bars_and_slots(self, members: Members) -> tuple[list[Bar], list[Slot]]:
        """Bars from the top, and the slots before, between and after them; ``members`` come from the top."""
        across = {member for member in members if self._crosses(member)}
        aside = _Side([self._boxes[member] for member in members if member not in across])
        spanning = [member for member in members if member in across and not self._lies_over(member, aside)]
        bars = self._bars(spanning)
        slots = [Slot() for _ in range(len(bars) + 1)]
        barred = set(spanning)
        tops, bottoms = [bar.y0 for bar in bars], [bar.y1 for bar in bars]
        for member in members:
            if member not in barred:
                box = self._boxes[member]
                near = bars[bisect_right(bottoms, box.y0) : bisect_left(tops, box.y1)]
                self._put(member, near, slots[bisect_left(tops, box.centre[1])])
        bars, slots = self._with_headings(*self._with_whites(bars, slots))
        for number, bar in enumerate(bars):
            if bar.members:
                self._draw_up(bar, slots[number + 1])
                self._draw_down(bar, slots[number])
        return bars, slots

    def _crosses(self, member: int) -> bool:
        box, hanging = self._boxes[member], _HANGING * self._em
        return box.x0 < self._gutter - hanging and box.x1 > self._gutter + hanging

    def _lies_over(self, member: int, aside: _Side) -> bool:
        """Whether lines of both columns stand beside a box across the gutter, and it keeps no distance from them."""
        box = self._boxes[member]
        near = aside.boxes[bisect_right(aside.bottoms, box.y0) : bisect_left(aside.tops, box.y1)]
        beside = [other for other in near if _are_beside(box, other)]
        gaps = [max(other.x0 - box.x1, box.x0 - other.x1) for other in beside]
        sides = {self._is_left(other) for other in beside}
        return len(sides) == 2 and min(gaps) < _CLEAR * self._em

    def _is_left(self, box: Box) -> bool:
        return box.centre[0] < self._gutter

    def _bars(self, spanning: Members) -> list[Bar]:
        bars: list[Bar] = []
        for member in spanning:
            box = self._boxes[member]
            if bars and box.centre[1] < bars[-1].y1:
                bars[-1].members.append(member)
                bars[-1].y1 = max(bars[-1].y1, box.y1)
            else:
                bars.append(Bar([member], box.y0, box.y1))
        return bars

    def _put(self, member: int, near: Sequence[Bar], slot: Slot) -> None:
        """Put a box into the bar that it stands beside, one of those ``near``, or else into its slot."""
        box = self._boxes[member]
        mate = next((bar for bar in near if _are_beside(bar, box)), None)
        if mate:
            mate.members.append(member)
        else:
            (slot.left if self._is_left(box) else slot.right).append(member)

    def _with_whites(self, bars: list[Bar], slots: list[Slot]) -> tuple[list[Bar], list[Slot]]:
        """Make bars of high white over the whole width."""
        found: list[Bar] = []
        cut: list[Slot] = []
        for slot, bar in zip(slots, [*bars, None], strict=True):
            rest = Slot()
            bottom = None
            left = set(slot.left)
            for member in sorted(slot.left + slot.right, key=lambda member: self._boxes[member].y0):
                box = self._boxes[member]
                if bottom is not None and box.y0 - bottom > _END_OF_COLUMNS * self._em:
                    cut.append(rest)
                    found.append(Bar([], bottom, box.y0))
                    rest = Slot()
                bottom = max(bottom or box.y1, box.y1)
                (rest.left if member in left else rest.right).append(member)
            cut.append(rest)
            found += [bar] if bar else []
        return found, cut

    def _with_headings(self, bars: list[Bar], slots: list[Slot]) -> tuple[list[Bar], list[Slot]]:
        """Make bars of headings over two columns that are too short to reach the gutter."""
        found: list[Bar] = []
        cut: list[Slot] = []
        for slot, bar in zip(slots, [*bars, None], strict=True):
            rest = slot
            sides = [_Side([self._boxes[member] for member in side]) for side in (slot.left, slot.right)]
            for heading in [member for at, member in enumerate(slot.left) if self._heads_both(at, *sides)]:
                box = self._boxes[heading]
                above = Slot(*([m for m in side if self._boxes[m].y0 < box.y0] for side in (rest.left, rest.right)))
                below = Slot(*([m for m in side if self._boxes[m].y0 > box.y0] for side in (rest.left, rest.right)))
                cut.append(above)
                found.append(Bar([heading], box.y0, box.y1))
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

    def _draw_up(self, bar: Bar, slot: Slot) -> None:
        """Give the bar the short last lines of its paragraph, which lead the slot below on the left."""
        while slot.left:
            box = self._boxes[slot.left[0]]
            nearer = slot.right and box.y1 > self._boxes[slot.right[0]].centre[1]
            if nearer or box.y0 - bar.y1 > _NEXT_LINE * self._em:
                return
            bar.members.append(slot.left.pop(0))
            bar.y1 = box.y1

    def _draw_down(self, bar: Bar, slot: Slot) -> None:
        """Give the bar its own short heading, which ends the slot above on the left."""
        right = max((self._boxes[member].y1 for member in slot.right), default=0.0)
        while len(slot.left) > 1 and slot.right:
            before, box = (self._boxes[member] for member in slot.left[-2:])
            if box.centre[1] < right or bar.y0 - box.y1 >= box.y0 - before.y1 - _HANGING * self._em:
                return
            bar.members.append(slot.left.pop())
            bar.y0 = box.y0


def _are_beside(first: Box | Bar, second: Box) -> bool:
    top, bottom = max(first.y0, second.y0), min(first.y1, second.y1)
    return bottom > top and bottom - top > _BESIDE * min(first.y1 - first.y0, second.y1 - second.y0)
