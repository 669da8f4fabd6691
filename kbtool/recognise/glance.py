"""Which way up a page is, seen by a few of its lines before the page is read.

Separate from ``orientation``, which reads whole pages: a page that lies wrong would be read twice or more. A line or
two, read each of four ways, tell as much for a twentieth of the work; where they do not, pages are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from kbtool.recognise import vertical
from kbtool.recognise.engines.line import Glancing, OcrLine
from kbtool.recognise.inked import labelled
from kbtool.recognise.levels import darker
from kbtool.recognise.raster import Grey

_DPI = 100.0
_DARK = 200
#: In inches: characters of a line stand nearer than this; rules are at least so long; lines are so high.
_WITHIN_LINE_IN, _RULE_IN, _HIGH_IN = 0.075, 0.5, (0.06, 0.4)
#: A line is so much longer than high, and so much of it is looked at; so much white is left around it.
_LONG, _LOOKED_AT, _WHITE = 2.5, 11, 0.15
#: So many lines are read at most; what tells is so many characters read surely, such a share of those that may be
#: there, and so many times more than any other way. All a page has may be a title.
_LINES, _ENOUGH, _LEGIBLE, _CLEARLY = 6, 5.0, 0.3, 1.6
_FEW, _PLAINLY = 2.5, 4.0
#: A line that reads two ways reads nearly as well the one way as the other.
_BOTH_WAYS = 0.6
#: A row reads as a whole where so much of it is read surely; upside down or sideways, up to .56 of a row were.
_WHOLE = 0.8
_TURNS = (0, 90, 180, 270)
#: Characters that count: dots and dashes read the same upside down.
_EMPTY = frozenset(" .,、。・-ー一―…|Il1l!:;'\"()~_")

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    """A piece of a line as it stands on the page, and how many characters it may hold."""

    image: Grey
    characters: float

    @property
    def is_row(self) -> bool:
        height, width = self.image.shape
        return bool(width >= height)


def turn_of(page: Grey, dpi: float, engine: Glancing) -> int | None:
    """Degrees by which a straight page must be turned clockwise to stand upright; None where its lines do not tell."""
    found = dict.fromkeys(_TURNS, 0.0)
    characters, rows = 0.0, 0
    for box in _lines(page, dpi)[:_LINES]:
        sample = _cut(page, box, dpi)
        characters += sample.characters
        rows += 1 if sample.is_row else -1
        for turn, sure in _each_way(sample, dpi, engine).items():
            found[turn] += sure
        turn = _best(found, horizontal=rows >= 0)
        if found[turn] >= max(_ENOUGH, _LEGIBLE * characters, _CLEARLY * _rivals(found, turn)):
            return _told(turn, horizontal=rows >= 0)
    turn = _best(found, horizontal=rows >= 0)
    is_plain = found[turn] >= max(_FEW, _LEGIBLE * characters, _PLAINLY * _rivals(found, turn))
    return _told(turn, horizontal=rows >= 0) if is_plain else None


def _told(turn: int, *, horizontal: bool) -> int | None:
    """None where the page would be written in columns: it is read to be sure.

    Small rows that stand so near that they are taken for one line read well as columns too, letter by letter.
    """
    return None if turn in _laid_down(horizontal=horizontal) else turn


def _laid_down(*, horizontal: bool) -> tuple[int, int]:
    """The ways in which lines are columns, to be laid down for an engine."""
    return (90, 270) if horizontal else (0, 180)


def _rivals(found: dict[int, float], turn: int) -> float:
    """How well the best other way reads, but for the one in which the same lines read by nature."""
    return max(sure for other, sure in found.items() if other not in (turn, (turn - 90) % 360))


def _best(found: dict[int, float], *, horizontal: bool) -> int:
    """The way that reads best; ``horizontal``: lines lie as rows on the page as it is.

    A recogniser that knows letters turned anticlockwise reads every line two ways: upright columns as rows, too, turned
    anticlockwise from how they stand; and upright rows backwards, laid down as columns from that same turn.
    """
    laid_down = _laid_down(horizontal=horizontal)
    best = max(_TURNS, key=lambda turn: found[turn])
    before, after = (best - 90) % 360, (best + 90) % 360
    if found[after] < _BOTH_WAYS * found[best]:
        return best
    return after if best not in laid_down or found[after] > found[before] else best


def _each_way(sample: _Sample, dpi: float, engine: Glancing) -> dict[int, float]:
    """How many characters are read surely with the sample turned each way.

    A row that reads as a whole lies as it should, or its letters lie on their side and it reads as a column too: the
    other ways need no look then.
    """
    sure = _these_ways(sample, (0, 90), dpi, engine)
    whole = max(_ENOUGH, _WHOLE * sample.characters, sure.get(90, 0.0) / _BOTH_WAYS)
    if sample.is_row and sure[0] > whole:
        return sure
    return sure | _these_ways(sample, (180, 270), dpi, engine)


def _these_ways(sample: _Sample, turns: Sequence[int], dpi: float, engine: Glancing) -> dict[int, float]:
    ways = {turn: image for turn in turns if (image := _turned(sample, turn)) is not None}
    lines = engine.glance(list(ways.values()), dpi)
    return dict(zip(ways, (_sure(line) if line else 0.0 for line in lines), strict=True))


def _sure(line: OcrLine) -> float:
    """How many characters were read, doubtful ones counting for little."""
    told = zip(line.text, line.confidences, strict=True)
    return sum((confidence / 100) ** 4 for character, confidence in told if character not in _EMPTY)


def _turned(sample: _Sample, degrees: int) -> Grey | None:
    """The sample turned clockwise, a column laid down as the row that an engine reads."""
    image = np.ascontiguousarray(np.rot90(sample.image, -degrees // 90))
    if image.shape[1] >= image.shape[0]:
        return image
    laid = vertical.lay_down(image)
    return laid.image if laid else None


def _lines(page: Grey, dpi: float) -> list[Box]:
    """Boxes of what may be lines of type, in pixels of the page, those that say most first."""
    scale = _DPI / dpi
    # By the scale, not by the size: whole pixels into one cost a tenth of parts of them.
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = darker(np.asarray(small, np.uint8), _DARK)
    rule, side = round(_DPI * _RULE_IN), round(_DPI * _WITHIN_LINE_IN)
    level, upright = (cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(size, np.uint8)) for size in ((1, rule), (rule, 1)))
    rules = np.maximum(level, upright)
    type_ = cv2.subtract(ink, cv2.dilate(rules, np.ones((3, 3), np.uint8)))
    joined = cv2.morphologyEx(type_, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    _, stats, _ = labelled(np.asarray(joined, np.uint8))
    x, y, width, height, _ = stats[1:].astype(np.int64).T
    high, long = np.minimum(width, height), np.maximum(width, height)
    likely = (high >= _HIGH_IN[0] * _DPI) & (high <= _HIGH_IN[1] * _DPI) & (long >= _LONG * high)
    telling = np.minimum(long / np.maximum(1, high), _LOOKED_AT)
    order = sorted(np.flatnonzero(likely).tolist(), key=lambda i: (-round(telling[i]), -int(high[i]), i))
    boxes = ((x[i], y[i], x[i] + width[i], y[i] + height[i]) for i in order)
    return [(int(a / scale), int(b / scale), int(c / scale), int(d / scale)) for a, b, c, d in boxes]


def _cut(page: Grey, box: Box, dpi: float) -> _Sample:
    """The line, or its middle where it is long, with white around it."""
    x0, y0, x1, y1 = box
    high, long = min(x1 - x0, y1 - y0), max(x1 - x0, y1 - y0)
    most = min(long, _LOOKED_AT * high)
    if x1 - x0 >= y1 - y0:
        x0 += (long - most) // 2
        x1 = x0 + most
    else:
        y0 += (long - most) // 2
        y1 = y0 + most
    rim = round(_WHITE * high)
    part = page[max(0, y0 - rim) : y1 + rim, max(0, x0 - rim) : x1 + rim]
    return _Sample(np.pad(part, round(_WHITE * high), constant_values=255), most / high)
