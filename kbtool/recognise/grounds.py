"""Where the ground of a page changes at once along a whole stretch: the side of a tint or of a dark head.

Separate from rules, which are darker than both their sides: beside a ground a rule hardly stands out, and a worn print
leaves of the head of a table nothing but its speckled ground.
"""

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.raster import Grey

Floats = npt.NDArray[np.float32]

#: A stretch is looked at in parts of so many inches, at most so many: a ground changes in all of them.
_PART_IN, _MOST_PARTS = 0.25, 4
#: Inches: the blur of a side, and how far the ground on both sides is of one grey.
_EDGE_IN, _BAND_IN = 0.015, 0.06
#: The ground of a row is brighter than this share of it; in a short stretch words hide more of it.
_GROUND, _GROUND_OF_SHORT = 0.5, 0.65
#: So much of the unevenness at its sides is taken off a step: a ramp, as of a shadow, then is none.
_UNEVEN, _UNEVEN_OF_SHORT = 0.5, 1.0
#: Every second pixel is enough to judge by.
_EVERY = 2


def step_of(grey: Grey, dpi: float) -> Floats:
    """By how many grey levels the ground changes at each height of a stretch, all along it."""
    count = int(np.clip(grey.shape[1] / (dpi * _PART_IN), 1, _MOST_PARTS))
    share, even = (_GROUND, _UNEVEN) if count > 1 else (_GROUND_OF_SHORT, _UNEVEN_OF_SHORT)
    parts = [_steps(part[:, ::_EVERY], dpi, share, even) for part in np.array_split(grey, count, axis=1)]
    brighter, darker = (np.min(steps, axis=0) for steps in zip(*parts, strict=True))
    return np.asarray(np.maximum(np.maximum(brighter, darker), 0), np.float32)


def _steps(grey: Grey, dpi: float, share: float, even: float) -> tuple[Floats, Floats]:
    """How much brighter, and how much darker, the ground is below each height than above it."""
    at = int(share * (grey.shape[1] - 1))
    ground = np.partition(grey, at, axis=1)[:, at]
    aside, half = max(2, round(dpi * _EDGE_IN)), max(2, round(dpi * _BAND_IN / 2))
    band, far = np.ones((2 * half + 1, 1), np.uint8), aside + half
    least, most = (
        np.pad(np.asarray(way(ground[:, None], band), np.float32).ravel(), far, mode="edge")
        for way in (cv2.erode, cv2.dilate)
    )
    above, below = slice(0, len(ground)), slice(2 * far, 2 * far + len(ground))
    uneven = even * np.maximum(most[above] - least[above], most[below] - least[below])
    return least[below] - most[above] - uneven, least[above] - most[below] - uneven
