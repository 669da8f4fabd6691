"""Reading order of boxes: recursive XY-cut over gutters that many lines agree on.

After G. Nagy and S. Seth, "Hierarchical representation of optically scanned documents" (1984). The plain cut goes
wrong where both columns happen to break at the same height; here a gutter is looked for first, by the vote of all
bands of white-separated lines, and bands that a heading spans end the columns.
"""

from collections.abc import Sequence

from kbtool.document import Box

#: Rows of a region, each a list of positions in the given boxes.
Region = list[list[int]]

#: In em (heights of type).
_NARROWEST_GUTTER = 1.0
_NARROWEST_COLUMN = 7.0
_BREAK_AFTER_COLUMN = 2.0
#: A page has few levels of columns in columns; hostile ones must not exhaust the stack.
_DEEPEST = 12
_MOST_BANDS = 3_000
#: Share of lines that reach across most of their column in running text.
_FULL_LINES = 0.35
_FULL_WIDTH = 0.75


def regions(boxes: Sequence[Box], em: float) -> list[Region]:
    """Put boxes into reading order: regions one after the other, rows from the top, pieces from the left.

    ``em`` is the common height of type, in the unit of the boxes.
    """
    return _Cutter(boxes, max(em, 0.001)).cut(list(range(len(boxes))), 0)


class _Cutter:
    def __init__(self, boxes: Sequence[Box], em: float) -> None:
        self._boxes = boxes
        self._em = em

    def cut(self, members: list[int], depth: int) -> list[Region]:
        if not members:
            return []
        bands = self._bands(members)
        gutter = self._gutter(bands) if depth < _DEEPEST and len(bands) <= _MOST_BANDS else None
        if gutter is None:
            return [self._rows(members)]
        return self._columns(bands, gutter, depth)

    def _bands(self, members: list[int]) -> list[list[int]]:
        """Groups with white between them from edge to edge."""
        bands: list[list[int]] = []
        bottom = 0.0
        slack = 0.1 * self._em
        for member in sorted(members, key=lambda member: self._boxes[member].y0):
            box = self._boxes[member]
            if not bands or box.y0 > bottom - slack:
                bands.append([])
                bottom = box.y1
            bands[-1].append(member)
            bottom = max(bottom, box.y1)
        return bands

    def _gutter(self, bands: list[list[int]]) -> tuple[float, float] | None:
        """The strip that most of the bands' height leaves white between two columns, if there is one."""
        gaps = [(gap, self._height(band)) for band in bands for gap in self._gaps(band)]
        points = sorted({(gap[0] + gap[1]) / 2 for gap, _ in gaps})
        votes = [(sum(h for (a, b), h in gaps if a <= point <= b), point) for point in points[:_MOST_BANDS]]
        for _, point in sorted(votes, reverse=True)[:4]:
            around = [gap for gap, _ in gaps if gap[0] <= point <= gap[1]]
            gutter = max(gap[0] for gap in around), min(gap[1] for gap in around)
            runs = self._runs(bands, gutter)
            if any(self._are_columns(run, gutter) for run, in_columns in runs if in_columns):
                return gutter
        return None

    def _gaps(self, band: list[int]) -> list[tuple[float, float]]:
        spans = sorted((self._boxes[member].x0, self._boxes[member].x1) for member in band)
        gaps = []
        right = spans[0][1]
        for x0, x1 in spans[1:]:
            if x0 - right >= _NARROWEST_GUTTER * self._em:
                gaps.append((right, x0))
            right = max(right, x1)
        return gaps

    def _runs(self, bands: list[list[int]], gutter: tuple[float, float]) -> list[tuple[list[list[int]], bool]]:
        """Consecutive bands that keep off the gutter and use both its sides, and the bands between such runs."""
        runs: list[tuple[list[list[int]], bool]] = []
        for band in bands:
            free = not any(self._boxes[member].x0 < gutter[1] and self._boxes[member].x1 > gutter[0] for member in band)
            broken = bool(runs and runs[-1][0]) and self._is_apart(runs[-1][0], band, gutter)
            if not runs or runs[-1][1] != free or broken:
                runs.append(([], free))
            runs[-1][0].append(band)
        return [(run, free and self._uses_both_sides(run, gutter)) for run, free in runs]

    def _is_apart(self, run: list[list[int]], band: list[int], gutter: tuple[float, float]) -> bool:
        """Whether a one-sided band stands so far below that it belongs to what follows the columns."""
        gap = min(self._boxes[m].y0 for m in band) - max(self._boxes[m].y1 for m in run[-1])
        return gap > _BREAK_AFTER_COLUMN * self._em and not self._uses_both_sides([band], gutter)

    def _uses_both_sides(self, run: list[list[int]], gutter: tuple[float, float]) -> bool:
        sides = {self._boxes[member].x0 >= gutter[1] for band in run for member in band}
        return len(sides) == 2

    def _sides(self, run: list[list[int]], gutter: tuple[float, float]) -> tuple[list[int], list[int]]:
        members = [member for band in run for member in band]
        left = [member for member in members if self._boxes[member].x0 < gutter[1]]
        return left, [member for member in members if self._boxes[member].x0 >= gutter[1]]

    def _are_columns(self, run: list[list[int]], gutter: tuple[float, float]) -> bool:
        """Whether both sides are to be read one after the other, rather than row by row like a list of values."""
        left, right = self._sides(run, gutter)
        for side in (left, right):
            if self._extent(side) < _NARROWEST_COLUMN * self._em or self._height(side) < 2.5 * self._em:
                return False
        aligned = self._aligned(left, right)
        return aligned < 0.7 * min(len(left), len(right)) or (self._fullness(left) >= _FULL_LINES and len(left) > 3)

    def _aligned(self, left: list[int], right: list[int]) -> int:
        """How many boxes on the left have a neighbour in the same row on the right."""
        tops = sorted(self._boxes[member].centre[1] for member in right)
        count = 0
        position = 0
        for y in sorted(self._boxes[member].centre[1] for member in left):
            while position < len(tops) and tops[position] < y - 0.4 * self._em:
                position += 1
            count += position < len(tops) and tops[position] <= y + 0.4 * self._em
        return count

    def _fullness(self, side: list[int]) -> float:
        extent = self._extent(side)
        return sum(self._boxes[member].width >= _FULL_WIDTH * extent for member in side) / len(side)

    def _columns(self, bands: list[list[int]], gutter: tuple[float, float], depth: int) -> list[Region]:
        ordered: list[Region] = []
        for run, in_columns in self._runs(bands, gutter):
            if in_columns and self._are_columns(run, gutter):
                for side in self._sides(run, gutter):
                    ordered.extend(self.cut(side, depth + 1))
            else:
                ordered.extend(self.cut([member for band in run for member in band], depth + 1))
        return ordered

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

    def _height(self, members: list[int]) -> float:
        return max(self._boxes[m].y1 for m in members) - min(self._boxes[m].y0 for m in members)

    def _extent(self, members: list[int]) -> float:
        return max(self._boxes[m].x1 for m in members) - min(self._boxes[m].x0 for m in members)
