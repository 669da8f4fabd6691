"""The light on a page: taken out, so that paper is white everywhere and ink is what is dark.

Separate because geometry is found on flattened pages before the page itself is straight and flattened.
"""

import cv2
import numpy as np

from kbtool.recognise.raster import Colour, Grey, Mask

#: A photograph or black bar is not paper: what is darker than this, or than so much of the bright paper, stays dark.
_DARKEST_PAPER, _DARKEST_SHARE = 80.0, 0.4


def to_grey(pixels: Colour | Grey) -> Grey:
    """Luminance of a page."""
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.asarray(grey, np.uint8)


def flatten(grey: Grey, dpi: float, paper: Mask | None = None) -> Grey:
    """Divide by the paper's own brightness: shadows, grey bands and filled cells become white.

    What lies outside of ``paper``, where given, has no part in it and becomes white.
    """
    step = max(1, round(dpi / 40))
    seen = grey if paper is None else np.where(paper, grey, 0).astype(np.uint8)
    small = cv2.resize(seen, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    size = 15  # of the reduced page: .4 inch, wider than any stroke
    light = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8)), 5)
    darkest = min(_DARKEST_PAPER, _DARKEST_SHARE * float(np.percentile(light, 90)))
    light = np.maximum(light, round(darkest))
    whole = cv2.resize(light, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    flat = np.asarray(cv2.divide(grey, whole, scale=255), np.uint8)
    if paper is not None:
        flat[~paper] = 255
    return flat
