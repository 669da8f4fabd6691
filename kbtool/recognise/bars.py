"""Dark bars, such as the head of a table in white letters: rectangles whose sides rule like lines.

Separate from rules, which are thin: a bar hides the rule it lies on, and those that cross it.
"""

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.inked import near_ink, pieces
from kbtool.recognise.raster import Grey

Bits = npt.NDArray[np.uint8]

#: Large dark areas are lightened when the light is taken out.
_DARK = 205
#: Inches: the smallest bar, the widest white stroke of a letter in it.
_SHORTEST_IN, _LOWEST_IN, _STROKE_IN = 0.5, 0.1, 0.06
#: A bar fills its rectangle, but for white letters; lines of bold type leave more white.
_FULL, _LEAST_DARK = 0.9, 0.6
#: So much darker (0 to 255) a bar is so far inside its long sides than so far outside; the shadow of a crease is soft.
_EDGE, _EDGE_IN = 60.0, 0.02
#: Letters so much darker than their ground, and none near white, lie under a marker or on a tint, which rules nothing.
_DARKER, _NEAR_WHITE = 60.0, 225.0


def find_bars(grey: Grey, dpi: float) -> Bits:
    """Find the level dark bars of a straight page with white paper: 1 all over a bar."""
    dark = (grey < _DARK).astype(np.uint8)
    thick = max(3, round(dpi * _LOWEST_IN / 2))
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((3, thick), np.uint8))  # no letters of dark type
    stroke, lowest = max(3, round(dpi * _STROKE_IN)), round(dpi * _LOWEST_IN)
    rows = near_ink(np.asarray(solid, np.uint8), stroke + lowest)  # no look goes further from what is solid
    bars = np.zeros(grey.shape, np.uint8)
    if not len(rows):
        return bars
    filled = cv2.morphologyEx(solid[rows], cv2.MORPH_CLOSE, np.ones((stroke, stroke), np.uint8))
    whole = np.zeros(grey.shape, np.uint8)
    whole[rows] = cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((lowest, round(dpi * _SHORTEST_IN)), np.uint8))
    edge = round(dpi * _EDGE_IN)
    for piece in pieces(whole):
        x, y, width, height, area = piece.x, piece.y, piece.width, piece.height, piece.area
        is_full = area >= _FULL * width * height and dark[y : y + height, x : x + width].mean() >= _LEAST_DARK
        is_bar = is_full and _is_sharp(grey[:, x : x + width], y, y + height, edge)
        if is_bar and not _bears_ink(grey[y + 2 * edge : y + height - 2 * edge, x + 2 * edge : x + width - 2 * edge]):
            bars[y : y + height, x : x + width] = 1
    return bars


def _is_sharp(columns: Grey, top: int, bottom: int, step: int) -> bool:
    """Whether what stands between two rows of ``columns`` begins and ends at once."""
    rows = np.median(columns, axis=1)
    first, last = max(0, top - step), min(len(rows) - 1, bottom - 1 + step)
    steps = (rows[first] - rows[top + step], rows[last] - rows[bottom - 1 - step])
    return bool(min(steps) >= _EDGE)


def sides_of(bars: Bits) -> tuple[Bits, Bits]:
    """The upper and lower sides of bars, and their left and right ones, as rules of two pixels."""
    cross = np.ones((3, 3), np.uint8)
    level = bars - cv2.erode(bars, cross[:, :1])
    upright = bars - cv2.erode(bars, cross[:1])
    return np.asarray(level, np.uint8), np.asarray(upright, np.uint8)


def _bears_ink(bar: Grey) -> bool:
    """Whether its letters are darker than the ground, not white; ``bar`` without its sides, which may be ruled."""
    ink, ground, brightest = np.percentile(bar, (3, 50, 99))
    return bool(ground - ink >= _DARKER and brightest < _NEAR_WHITE)
