"""Line drawings, told from type: the strokes and rings in which an engine reads O, L and 一.

Separate because neither the engine nor layout can tell: only a large piece of ink with next to nothing but such
characters in it is a drawing, and what was read there is no word.
"""

import re
import unicodedata
from collections.abc import Sequence

import cv2
import numpy as np

from kbtool.recognise.engines import OcrLine
from kbtool.recognise.inked import labelled
from kbtool.recognise.levels import darker
from kbtool.recognise.raster import Grey

#: What strokes, rings and corners of a drawing are read as; a line with any other character has words.
_SHAPES = re.compile(r"[OoQCDULlIiJ01|/\\()\[\]「」¬_.,:;'\"`°~*+=\-—ー一二三口ロ日田目工エニハ\s〇○◯●□・、。]+")
_DARK = 200
#: Worn strokes have gaps of this size, in inches.
_GAP_IN = 0.03
#: Smallest drawing, in inches.
_WIDTH_IN, _HEIGHT_IN = 0.6, 0.4
#: Type fills its box; in a drawing it is small: share of the drawing's height that a line has at most.
_TALLEST = 0.35


def without_drawn(lines: Sequence[OcrLine], grey: Grey, dpi: float) -> tuple[OcrLine, ...]:
    """The lines without those that are strokes of line drawings; ``grey`` is the flattened page, its rules on it."""
    doubtful = [line for line in lines if _is_shapes(line.text)]
    if not doubtful:
        return tuple(lines)
    words = [line for line in lines if not _is_shapes(line.text)]
    drawings = [box for box in _large_pieces(grey, dpi) if not any(_holds(box, line) for line in words)]
    drawn = {id(line) for line in doubtful if any(_is_drawn(line, box) for box in drawings)}
    return tuple(line for line in lines if id(line) not in drawn)


def _is_shapes(text: str) -> bool:
    return _SHAPES.fullmatch(unicodedata.normalize("NFKC", text)) is not None


def _large_pieces(grey: Grey, dpi: float) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of what hangs together and is larger than type."""
    gap = np.ones((max(3, round(_GAP_IN * dpi)),) * 2, np.uint8)
    dark = cv2.morphologyEx(darker(grey, _DARK), cv2.MORPH_CLOSE, gap)
    _, stats, _ = labelled(np.asarray(dark, np.uint8))
    large = (stats[:, 2] >= _WIDTH_IN * dpi) & (stats[:, 3] >= _HEIGHT_IN * dpi)
    large[0] = False
    return [(x, y, x + w, y + h) for x, y, w, h, _ in stats[large].tolist()]


def _holds(box: tuple[int, int, int, int], line: OcrLine) -> bool:
    left, top, right, bottom = line.bounds
    x, y = (left + right) / 2, (top + bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_drawn(line: OcrLine, box: tuple[int, int, int, int]) -> bool:
    _, top, _, bottom = line.bounds
    return _holds(box, line) and bottom - top <= _TALLEST * (box[3] - box[1])
