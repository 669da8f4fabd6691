"""Grain smoothed where it hides the type: in deep shadow, whose light was multiplied, grain and all.

Separate from the light, because a page is as sharp as it was wherever its grain is that of any scanner.
"""

import cv2
import numpy as np

from kbtool.recognise.raster import Grey

#: Grain is looked at over so many inches, more than a line of type, at every third pixel.
_AROUND_IN, _STEP = 0.25, 3
#: Where pixels differ from their neighbours by so much in the middle (of 255), grain is as dark as type; scanners give
#: 4, small type on a coarse scan 10.
_HEAVY = 14.0
#: Smoothed over so many inches: the stroke of small type.
_SMOOTHED_IN = 0.01


def without_grain(grey: Grey, dpi: float) -> Grey:
    """The page with white paper, smoothed where its grain is heavy."""
    rough = cv2.absdiff(grey, cv2.blur(grey, (3, 3)))[::_STEP, ::_STEP]
    # The middle of what is around: type inks a fifth of its paper, so it does not count.
    usual = cv2.medianBlur(np.ascontiguousarray(rough), round(dpi * _AROUND_IN / _STEP) | 1)
    heavy = (usual > _HEAVY).astype(np.uint8)
    if not heavy.any():
        return grey
    where = cv2.resize(heavy, grey.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    smooth = cv2.GaussianBlur(grey, (0, 0), _SMOOTHED_IN * dpi)
    return np.where(where, smooth, grey).astype(np.uint8)
