"""Punched holes: round, alone, at the edge of the sheet, and no letters O."""

import cv2
import numpy as np

from kbtool.recognise.levels import darker
from kbtool.recognise.raster import Grey

#: Punches make holes of 5.5 to 8 mm, 12 mm from the edge; scanned black, or as a ring of shadow.
_DIAMETER_IN, _EDGE_IN = (0.17, 0.36), 0.85
_DARK = 160
#: Share of the circle around it that a hole's outline fills, and how much longer than wide it is.
_ROUND, _LONGER = 0.85, 1.15
#: White around a hole, in its diameters.
_ALONE = 0.5


def without_holes(grey: Grey, dpi: float) -> Grey:
    """The flattened page with its punched holes filled white; the page itself where there are none."""
    rim = round(_EDGE_IN * dpi)
    dark = darker(grey, _DARK)
    inner = dark[rim:-rim, rim:-rim] if min(grey.shape) > 2 * rim else dark[:0]
    inner[:] = 0
    outlines, _ = cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = [box for outline in outlines if (box := _hole(np.asarray(outline), grey, dpi))]
    if not found:
        return grey
    filled = grey.copy()
    for x, y, width, height in found:
        margin = max(2, width // 8)
        filled[max(0, y - margin) : y + height + margin, max(0, x - margin) : x + width + margin] = 255
    return filled


def _hole(outline: Grey, grey: Grey, dpi: float) -> tuple[int, int, int, int] | None:
    x, y, width, height = cv2.boundingRect(outline)
    least, most = (diameter * dpi for diameter in _DIAMETER_IN)
    if not (least <= width <= most and least <= height <= most and max(width, height) <= _LONGER * min(width, height)):
        return None
    _, radius = cv2.minEnclosingCircle(outline)
    if cv2.contourArea(outline) < _ROUND * np.pi * radius**2:
        return None
    reach = round(_ALONE * width)
    around = grey[max(0, y - reach) : y + height + reach, max(0, x - reach) : x + width + reach] < _DARK
    inside = grey[y : y + height, x : x + width] < _DARK
    return (x, y, width, height) if np.count_nonzero(around) <= 1.02 * np.count_nonzero(inside) else None
