"""A scan made fit to be read: straight, on white paper, without the stamps.

Separate because every engine profits: on Tesseract deskewing, flattening and a light Gauss together leave .40 of
the errors of the raw page, and dropping red ink .39 on stamped pages.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from kbtool.document import Mesh
from kbtool.recognise.light import flatten, to_grey
from kbtool.recognise.raster import Colour, Grey, Mask, Raster
from kbtool.recognise.straighten import straighten
from kbtool.recognise.view import turned_mesh

#: Redder than its other channels by so much, a pixel is ink of a stamp (grey noise reaches about 20).
_REDNESS = 40


@dataclass(frozen=True, slots=True, eq=False)
class CleanPage:
    """A straight page: ``grey`` with white paper, ``colour`` before any other treatment (None on grey scans).

    ``mesh`` tells where its places lie in the picture that came, turned like the page; empty where they lie the same.
    """

    grey: Grey
    colour: Colour | None
    dpi: float
    mesh: Mesh = ()

    def turned(self, degrees: int) -> "CleanPage":
        """The same page turned clockwise by a multiple of 90 degrees."""
        if not degrees:
            return self
        colour = None if self.colour is None else _turned(self.colour, degrees)
        return CleanPage(_turned(self.grey, degrees), colour, self.dpi, turned_mesh(self.mesh, degrees))


def clean(raster: Raster) -> CleanPage:
    """Straighten and flatten a page."""
    page = straighten(raster)
    grey = flatten(to_grey(page.pixels), page.dpi, page.paper)
    colour = page.pixels if page.pixels.ndim == 3 and _is_coloured(page.pixels) else None
    if colour is not None and page.paper is not None:
        colour[~page.paper] = 255
    return CleanPage(grey, colour, page.dpi, page.mesh)


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


def _turned(pixels: Colour | Grey, degrees: int) -> Colour | Grey:
    return np.ascontiguousarray(np.rot90(pixels, -degrees // 90))
