"""Whether a page is written in columns, seen by its ink before anything is read.

Separate because Tesseract must be told: with its data for rows it reads nothing of a vertical page.
"""

import cv2
import numpy as np

from kbtool.recognise.inked import labelled
from kbtool.recognise.levels import darker
from kbtool.recognise.raster import Grey

_DPI = 100.0
_DARK = 200
#: Characters of a line stand nearer than this, lines farther, in inches.
_WITHIN_LINE_IN = 0.075
#: A line is this much longer than broad; columns must outweigh rows by so much.
_LONG, _CLEARLY = 4, 3


def stands_in_columns(image: Grey, dpi: float) -> bool:
    """Whether most of the ink of an upright page, or of one that lies on its side, joins to tall lines."""
    scale = _DPI / dpi
    # By the scale, not by the size: whole pixels into one cost a tenth of parts of them.
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    side = round(_DPI * _WITHIN_LINE_IN)
    ink = darker(np.asarray(small, np.uint8), _DARK)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    _, stats, _ = labelled(np.asarray(joined, np.uint8))
    width, height, area = stats[1:, 2:].astype(np.int64).T
    columns, rows = area[height > _LONG * width].sum(), area[width > _LONG * height].sum()
    return bool(columns > _CLEARLY * rows and columns > 0.3 * area.sum())
