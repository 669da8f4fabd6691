"""The ways in which a sheet of lines is shown to Tesseract: in two sizes, sharper, with more contrast.

Separate because they are pictures alone. Soft type, as a photograph has it, reads better sharpened, worn type worse;
which it is shows in how surely it is read.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from kbtool.recognise.raster import Grey

#: So much of what a soft copy lacks is added to sharpen.
_SHARPENED = 2.0


@dataclass(frozen=True, slots=True)
class Way:
    """Height of the type in pixels; sharpened by a Gauss of ``sharp`` heights of type; or ink drawn out to black."""

    type_px: int
    sharp: float = 0.0
    black: bool = False

    def show(self, sheet: Grey) -> Grey:
        """The sheet, its type ``type_px`` high, as this way has it."""
        if self.sharp:
            soft = cv2.GaussianBlur(sheet, (0, 0), self.sharp * self.type_px)
            return np.asarray(cv2.addWeighted(sheet, 1 + _SHARPENED, soft, -_SHARPENED, 0), np.uint8)
        if self.black:
            ink = np.uint8(min(254, int(np.percentile(sheet[::3, ::3], 1))))
            return np.asarray(cv2.convertScaleAbs(np.maximum(sheet, ink) - ink, alpha=255 / (255 - int(ink))), np.uint8)
        return sheet


FIRST = Way(32)
#: What is read less surely the first way is read in these ways as well.
OTHERS = (Way(26), Way(32, sharp=0.12), Way(32, sharp=0.08), Way(32, black=True))
