"""Dark bars, such as the head of a table in white letters: rectangles whose sides rule like lines.

Separate from rules, which are thin: a bar hides the rule it lies on, and those that cross it.
"""

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.raster import Grey

Bits = npt.NDArray[np.uint8]

#: Large dark areas are lightened when the light is taken out.
_DARK = 205
#: Inches: the smallest bar, the widest white stroke of a letter in it.
_SHORTEST_IN, _LOWEST_IN, _STROKE_IN = 0.5, 0.1, 0.06
#: A bar fills its rectangle, but for white letters; lines of bold type leave more white.
_FULL, _LEAST_DARK = 0.9, 0.6


def find_bars(grey: Grey, dpi: float) -> Bits:
    """Find the level dark bars of a straight page with white paper: 1 all over a bar."""
    dark = (grey < _DARK).astype(np.uint8)
    thick = max(3, round(dpi * _LOWEST_IN / 2))
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((3, thick), np.uint8))  # no letters of dark type
    stroke = max(3, round(dpi * _STROKE_IN))
    filled = cv2.morphologyEx(np.asarray(solid), cv2.MORPH_CLOSE, np.ones((stroke, stroke), np.uint8))
    solid = cv2.morphologyEx(
        filled, cv2.MORPH_OPEN, np.ones((round(dpi * _LOWEST_IN), round(dpi * _SHORTEST_IN)), np.uint8)
    )
    bars = np.zeros(grey.shape, np.uint8)
    for x, y, width, height, area in cv2.connectedComponentsWithStats(np.asarray(solid))[2][1:].tolist():
        if area >= _FULL * width * height and dark[y : y + height, x : x + width].mean() >= _LEAST_DARK:
            bars[y : y + height, x : x + width] = 1
    return bars


def sides_of(bars: Bits) -> tuple[Bits, Bits]:
    """The upper and lower sides of bars, and their left and right ones, as rules of two pixels."""
    cross = np.ones((3, 3), np.uint8)
    level = bars - cv2.erode(bars, cross[:, :1])
    upright = bars - cv2.erode(bars, cross[:1])
    return np.asarray(level, np.uint8), np.asarray(upright, np.uint8)
