"""Where two pages lie side by side on one sheet: an open book, or two pages printed on one.

Separate because nothing else needs it: the reading says where the gutter is, and layout reads each half by itself.
"""

import re
import unicodedata
from collections.abc import Sequence

from kbtool.recognise.engines import OcrLine

#: A sheet of two pages is this much wider than high; the gutter lies in its middle fifth, so wide at least.
_WIDE, _MIDDLE, _GUTTER = 1.15, (0.4, 0.6), 0.025
#: Prose fills its half: so many lines, of which such a share reaches across so much of it.
_LEAST_LINES, _FULL_SHARE, _FULL = 5, 0.35, 0.7
#: Lines this near to each other's height, in heights of type, stand in one row; so many of them make a list.
_SAME_ROW, _IN_ROWS = 0.35, 0.7
#: Page numbers stand within this share of the height from the top or bottom; in the margin stands nothing else.
_EDGE, _MARGIN = 0.12, 0.055
_NUMBER = re.compile(r"[^0-9]{0,3}([0-9]{1,4})[^0-9]{0,3}")

Bounds = tuple[float, float, float, float]


def gutter_of(lines: Sequence[OcrLine], others: Sequence[Bounds], size: tuple[int, int]) -> float | None:
    """The x between two pages on a sheet of this width and height; None where it is one page.

    Nothing may cross the gutter, neither a line nor ``others`` (tables), and both sides must look like pages: running
    text that fills them, page numbers that follow each other, or lines that do not stand in rows.
    """
    width, height = size
    if width < _WIDE * height:
        return None
    gap = _widest_gap([line.bounds for line in lines] + list(others), width)
    if gap is None:
        return None
    left = [line for line in lines if line.bounds[2] <= gap]
    right = [line for line in lines if line.bounds[0] >= gap]
    if min(len(left), len(right)) < _LEAST_LINES:
        return None
    pages = all(map(_is_full, (left, right))) or _numbers_follow(left, right, height) or not _in_rows(left, right)
    return gap if pages else None


def _widest_gap(boxes: Sequence[Bounds], width: int) -> float | None:
    """The middle of the widest strip near the middle of the sheet that nothing crosses."""
    low, high = (share * width for share in _MIDDLE)
    gaps, reach = [], 0.0
    for left, _, right, _ in sorted(boxes):
        gaps.append((max(reach, low), min(left, high)))
        reach = max(reach, right)
    start, end = max(gaps, key=lambda gap: gap[1] - gap[0], default=(0.0, 0.0))
    return (start + end) / 2 if end - start >= _GUTTER * width else None


def _is_full(lines: Sequence[OcrLine]) -> bool:
    lengths = [_length(line) for line in lines]
    full = sum(length >= _FULL * max(lengths) for length in lengths)
    return full >= _FULL_SHARE * len(lengths)


def _length(line: OcrLine) -> float:
    left, top, right, bottom = line.bounds
    return bottom - top if line.vertical else right - left


def _in_rows(left: Sequence[OcrLine], right: Sequence[OcrLine]) -> bool:
    """Whether the lines of the emptier side stand beside lines of the other, as the values of a list do."""
    few, many = sorted((left, right), key=len)
    spans = [(line.bounds[1], line.bounds[3]) for line in many]
    middles = [((line.bounds[1] + line.bounds[3]) / 2, line.bounds[3] - line.bounds[1]) for line in few]
    beside = sum(any(abs((a + b) / 2 - y) < _SAME_ROW * height for a, b in spans) for y, height in middles)
    return beside >= _IN_ROWS * len(few)


def _numbers_follow(left: Sequence[OcrLine], right: Sequence[OcrLine], height: int) -> bool:
    """Whether both sides carry page numbers on the same height: one apart, or where nothing else can stand."""
    return any(
        abs(y - other_y) < 0.02 * height
        and (abs(first - second) == 1 or not _MARGIN * height < y < (1 - _MARGIN) * height)
        for first, y in _numbers(left, height)
        for second, other_y in _numbers(right, height)
    )


def _numbers(lines: Sequence[OcrLine], height: int) -> list[tuple[int, float]]:
    found = ((_NUMBER.fullmatch(unicodedata.normalize("NFKC", line.text)), line.bounds) for line in lines)
    places = ((int(number[1]), (bounds[1] + bounds[3]) / 2) for number, bounds in found if number)
    return [(number, y) for number, y in places if not _EDGE * height < y < (1 - _EDGE) * height]
