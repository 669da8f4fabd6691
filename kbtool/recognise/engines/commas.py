"""Commas among figures, told from full stops by how far they reach: 43,340 and 43.340.

Separate because Tesseract sees the two as one shape and writes one or the other, or both; the paper tells them apart.
Only a mark before three figures is looked at, where it may part thousands.
"""

import re
from dataclasses import replace

import cv2
import numpy as np

from kbtool.recognise.engines.line import OcrLine
from kbtool.recognise.raster import Grey

_FIGURES = re.compile(r"[\d.,]*\d[.,]+\d{3}(?!\d)[\d.,]*")
_MARKS = re.compile(r"[.,]+")
_THOUSANDS = re.compile(r"(?<=\d)[.,]+(?=\d{3}(?!\d))")
#: Ink, as a share of the way from paper to the darkest of the place.
_INK = 0.45
#: In heights of a figure: figures are so high, as shares of the line; marks are lower, narrower and begin so deep.
_FIGURE, _MARK_HIGH, _MARK_WIDE, _DEEP = 0.5, 0.5, 0.45, 0.55
#: What a mark is high and hangs below the figures: dots come to .32 at most and are broad, commas to .28 and more.
_COMMA, _HIGH_COMMA = 0.34, 0.27


def settle_commas(line: OcrLine, image: Grey) -> OcrLine:
    """The line with commas between thousands where its marks reach down like commas."""
    if line.vertical:
        return line
    for found in reversed(list(_FIGURES.finditer(line.text))):
        marks = list(_MARKS.finditer(found[0]))
        seen = _are_commas(line, found.start(), found.end(), image)
        if len(marks) != len(seen):
            continue
        for mark, is_comma in reversed(list(zip(marks, seen, strict=True))):
            if is_comma and _THOUSANDS.match(found[0], mark.start()):
                line = _with_comma(line, found.start() + mark.start(), found.start() + mark.end())
    return line


def _are_commas(line: OcrLine, start: int, end: int, image: Grey) -> list[bool]:
    """Of each low small mark among figures, from the left, whether it is a comma."""
    _, y0, _, y1 = (round(side) for side in line.bounds)
    x0, x1 = round(line.spans[start][0]), round(line.spans[end - 1][1])
    rim = max(1, (y1 - y0) // 8)
    part = image[max(0, y0 - rim) : y1 + 2 * rim, max(0, x0 - rim) : x1 + rim]
    if not part.size:
        return []
    dark = (part < 255 - _INK * (255 - float(np.percentile(part, 2)))).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
    x, y, wide, high, _ = np.asarray(stats)[1:].astype(np.int64).T
    figures = high > _FIGURE * (y1 - y0)
    if not figures.any():
        return []
    size, foot = float(np.median(high[figures])), float(np.median((y + high)[figures]))
    is_mark = (high < _MARK_HIGH * size) & (wide < _MARK_WIDE * size) & (y > foot - (1 - _DEEP) * size)
    is_mark &= high * wide > (size / 10) ** 2
    reach = (y + 2 * high - foot) / size
    is_comma = (reach > _COMMA) | ((reach > _HIGH_COMMA) & (high > wide))
    own = np.flatnonzero(is_mark)
    return [bool(is_comma[i]) for i in own[np.argsort(x[own])]]


def _with_comma(line: OcrLine, start: int, end: int) -> OcrLine:
    spans, sure = line.spans, line.confidences
    return replace(
        line,
        text=f"{line.text[:start]},{line.text[end:]}",
        spans=(*spans[:start], (spans[start][0], spans[end - 1][1]), *spans[end:]),
        confidences=(*sure[:start], min(sure[start:end]), *sure[end:]),
    )
