"""Grey levels of a picture, counted: what a page of millions of pixels would be sorted for, from 256 counts.

Separate because it costs a twentieth, and gives what numpy's ``median`` and ``percentile`` give.
"""

import math

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.raster import Grey

#: How many pixels have each of the 256 levels.
Counts = npt.NDArray[np.float64]


def counted(grey: Grey) -> Counts:
    """Count the levels of a picture."""
    counts = cv2.calcHist([np.ascontiguousarray(grey).reshape(1, -1)], [0], None, [256], [0, 256])
    return np.ravel(counts).astype(np.float64)


def median(grey: Grey) -> float:
    """The level that half of the pixels do not reach."""
    return level(counted(grey), 50.0)


def percentile(grey: Grey, percent: float) -> float:
    """The level that ``percent`` of the pixels do not reach; between two levels, in proportion."""
    return level(counted(grey), percent)


def level(counts: Counts, percent: float) -> float:
    """``percentile`` of pixels that were counted."""
    reached = np.cumsum(counts)
    place = (reached[-1] - 1) * percent / 100
    low, high = (int(np.searchsorted(reached, math.floor(place) + more, "right")) for more in (0, 1))
    share = place - math.floor(place)
    return float(high - (high - low) * (1 - share) if share >= 0.5 else low + (high - low) * share)


def darker(grey: Grey, level: float) -> npt.NDArray[np.uint8]:
    """1 where the picture is darker than this: by whole numbers, as comparing with a fraction costs ten times."""
    return (grey < math.ceil(level)).view(np.uint8)
