"""The light on a page: taken out, so that paper is white everywhere and ink is what is dark.

Separate because geometry is found on flattened pages before the page itself is straight and flattened.
"""

import cv2
import numpy as np

from kbtool.recognise.raster import Colour, Grey, Mask

#: A photograph or black bar is not paper: what is darker than this, or than so much of the bright paper, stays dark.
_DARKEST_PAPER, _DARKEST_SHARE = 80.0, 0.4
#: What has less than this share of the bright paper may be printed dark all over; it is where its edge is as sharp as
#: this, brightness within the second share of that just outside. Shadows so dark are soft.
_PRINTED, _SHARP = 0.5, 0.6


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
    light = _without_printed(np.asarray(light, np.uint8))
    darkest = min(_DARKEST_PAPER, _DARKEST_SHARE * float(np.percentile(light, 90)))
    light = np.maximum(light, round(darkest))
    whole = cv2.resize(light, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    flat = np.asarray(cv2.divide(grey, whole, scale=255), np.uint8)
    if paper is not None:
        flat[~paper] = 255
    return flat


def _without_printed(light: Grey) -> Grey:
    """The reduced picture of the light, printed dark areas lit like the paper around them."""
    dark = (light < _PRINTED * float(np.percentile(light, 90))).astype(np.uint8)
    printed = np.zeros_like(dark)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    reach = np.ones((5, 5), np.uint8)
    for label in range(1, count):
        x, y, width, height = stats[label][:4].tolist()
        if min(x, y, light.shape[1] - x - width, light.shape[0] - y - height) < 3:
            continue  # it reaches the edge: what a scanner sees beside the paper
        part = (slice(y - 3, y + height + 3), slice(x - 3, x + width + 3))
        own = (labels[part] == label).astype(np.uint8)
        grown = cv2.dilate(own, reach)
        rim, around = (own > 0) & (cv2.erode(own, reach[:3, :3]) == 0), (grown > 0) & (own == 0)
        if np.median(light[part][rim]) < _SHARP * np.median(light[part][around]):
            printed[part] |= np.asarray(grown, np.uint8)
    return np.asarray(cv2.inpaint(light, printed, 3, cv2.INPAINT_TELEA), np.uint8) if printed.any() else light
