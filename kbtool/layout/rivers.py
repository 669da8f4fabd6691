"""Lines that run across the white between two columns, cut there.

Readers join words on one line as long as no wide gap parts them, and a gutter can be narrower than that (or a full
stop hangs into it). One line cannot tell; the lines above and below can.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import sub
from statistics import median

from kbtool.document import Box
from kbtool.layout import markers
from kbtool.layout.beside import side_by_side
from kbtool.reading import Line

#: In em (heights of type): the narrowest white between columns, and what may hang into it.
_NARROWEST = 0.45
#: So many rows keep the white, and it is a quarter of them at most that do not.
_FEWEST_ROWS, _ACROSS = 5, 0.25
#: Lines side by side have more than this share of their height in common.
_SAME_LINE = 0.3
#: In em: where less than this stands beside the white there are labels or marks of a list.
_WORDS = 8.0
_MOST_LINES = 1_500


@dataclass(frozen=True, slots=True)
class _White:
    """White inside a line (before character ``at``) or behind it (``at`` 0), with the ends of the words beside it."""

    line: int
    at: int
    start: float
    x0: float
    x1: float
    end: float
    y: float

    @property
    def middle(self) -> float:
        """Halfway between the words."""
        return (self.x0 + self.x1) / 2


def cut_at_rivers(lines: Sequence[Line]) -> list[Line]:
    """Cut level lines where white runs through many rows; other lines stay as they are."""
    level = [number for number, line in enumerate(lines) if not line.vertical and line.text]
    if not _FEWEST_ROWS <= len(level) <= _MOST_LINES:
        return list(lines)
    em = median(lines[number].size_pt for number in level)
    inside = [white for number in level for white in _inside(number, lines[number], em)]
    if not inside:
        return list(lines)
    whites = [*inside, *_between(level, lines, em)]
    boxes = [lines[number].box for number in level]
    cuts: dict[int, list[int]] = {}
    for white, along in _along(inside, whites):
        if _is_river(white, along, boxes, em):
            cuts.setdefault(white.line, []).append(white.at)
    return [piece for number, line in enumerate(lines) for piece in _pieces(line, sorted(cuts.get(number, [])))]


def _inside(number: int, line: Line, em: float) -> Iterator[_White]:
    if len(line.spans) != len(line.text) or _is_close(line, _NARROWEST * em):
        return
    before, x0 = 0, float("inf")
    for at, (char, span) in enumerate(zip(line.text, line.spans, strict=True)):
        if char.isspace():
            continue
        if span[0] - x0 >= _NARROWEST * em and not markers.is_dotted(line.text[before : at + 1]):
            yield _White(number, at, line.box.x0, x0, span[0], line.box.x1, line.box.centre[1])
        before, x0 = at, span[1]


def _is_close(line: Line, white: float) -> bool:
    """Whether no two characters of a line without spaces are so far apart; most lines are, and need no closer look."""
    if line.text.split() != [line.text]:
        return False
    starts, ends = zip(*line.spans, strict=True)
    return max(map(sub, starts[1:], ends), default=0.0) < white


def _between(level: Sequence[int], lines: Sequence[Line], em: float) -> Iterator[_White]:
    """The white between each line and its next neighbour on the right."""
    boxes = [lines[number].box for number in level]
    nearest: dict[int, tuple[float, float]] = {}
    for pair in side_by_side(boxes):
        for one, other in (pair[:2], pair[1::-1]):
            box, right = boxes[one], boxes[other]
            if right.x0 > box.centre[0] and pair[2] > _SAME_LINE * box.height:
                nearest[one] = min(nearest.get(one, (right.x0, right.x1)), (right.x0, right.x1))
    for at, mate in nearest.items():
        box = boxes[at]
        if mate[0] - box.x1 >= _NARROWEST * em:
            yield _White(level[at], 0, box.x0, box.x1, *mate, box.centre[1])


def _along(inside: Sequence[_White], whites: Sequence[_White]) -> Iterator[tuple[_White, list[_White]]]:
    """Each white inside a line, from the left, with all the whites above and below its middle."""
    coming = deque(sorted(whites, key=lambda white: white.x0))
    along: list[_White] = []
    for white in sorted(inside, key=lambda white: white.middle):
        while coming and coming[0].x0 <= white.middle:
            along.append(coming.popleft())
        along = [other for other in along if other.x1 >= white.middle]
        yield white, along


def _is_river(white: _White, along: Sequence[_White], boxes: Sequence[Box], em: float) -> bool:
    """Whether many rows are white where this one is, and few lines cross there."""
    if len(along) < _FEWEST_ROWS:
        return False
    sides = median(other.x0 - other.start for other in along), median(other.end - other.x1 for other in along)
    if min(sides) < _WORDS * em:
        return False
    top, bottom = min(other.y for other in along), max(other.y for other in along)
    across = sum(x0 < white.middle < x1 and top < (y0 + y1) / 2 < bottom for x0, y0, x1, y1 in boxes)
    return across - sum(other.at > 0 for other in along) <= _ACROSS * len(along)


def _pieces(line: Line, cuts: Sequence[int]) -> Iterator[Line]:
    ends = [0, *cuts, len(line.text)]
    if len(ends) == 2:
        yield line
        return
    for start, end in pairwise(ends):
        while end > start and line.text[end - 1].isspace():
            end -= 1
        spans = line.spans[start:end]
        box = Box(spans[0][0], line.box.y0, spans[-1][1], line.box.y1)
        sure = line.confidences[start:end]
        mean = sum(sure) / len(sure) if sure else line.confidence
        yield replace(line, text=line.text[start:end], box=box, spans=spans, confidences=sure, confidence=mean)
