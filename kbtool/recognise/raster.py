"""What goes into the room: a page as pixels, and how it is to be read."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kbtool.reading import FormZones

#: Height × width grey values, 0 black, 255 white.
Grey = npt.NDArray[np.uint8]
#: Height × width × 3 red, green, blue.
Colour = npt.NDArray[np.uint8]
#: Height × width, true where something was found.
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """A page as pixels: ``pixels`` uint8, H×W grey or H×W×3 RGB; ``dpi`` pixels an inch of paper."""

    pixels: npt.NDArray[np.uint8]
    dpi: float

    def turned(self, degrees: int) -> "Raster":
        """The same page turned clockwise by a multiple of 90 degrees."""
        return Raster(np.ascontiguousarray(np.rot90(self.pixels, -degrees // 90)), self.dpi)


@dataclass(frozen=True, slots=True)
class RecogniseOptions:
    """How pages are read.

    ``engine`` is "auto" or the name of an entry point of the group ``kbtool.ocr_engines``; ``languages`` are
    Tesseract's names; lines less sure than ``doubtful_below`` percent get a second opinion; ``forms`` are the
    printed forms whose zones are to be read.
    """

    engine: str = "auto"
    languages: tuple[str, ...] = ("jpn",)
    doubtful_below: float = 70.0
    forms: tuple[FormZones, ...] = ()
