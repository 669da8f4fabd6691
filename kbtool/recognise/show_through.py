"""Words of the back of a sheet, shining through: mirrored, pale, and read as nonsense.

Separate because only reading tells them from worn print: both are pale, but worn print is read surely.
"""

import numpy as np

from kbtool.recognise.engines import OcrLine
from kbtool.recognise.raster import Grey

#: Share of a line's pixels that is its ink.
_INK_PERCENT = 5.0
#: Read more surely than this, a line is print; so many such characters, and such a share of all, show how dark print
#: is on this page.
_PRINT, _ENOUGH, _SHARE = 90.0, 4, 0.25
#: Less sure than this and so much paler than print, a line is not of this side. Mirrored words were read with up to 67
#: percent; soft small print of this side with 74 and more, and is not to be lost.
_NONSENSE, _PALER = 70.0, 0.4
#: On a page without print: such nonsense whose ink is not even this much darker than paper (0 to 255).
_PALE = 80.0


def of_this_side(lines: tuple[OcrLine, ...], grey: Grey) -> tuple[OcrLine, ...]:
    """The lines without those that shine through from the back; ``grey`` is the flattened page."""
    darkness = [_darkness(line, grey) for line in lines]
    pairs = list(zip(lines, darkness, strict=True))
    print_ = [dark for line, dark in pairs if line.confidence > _PRINT for _ in line.text]
    if len(print_) >= max(_ENOUGH, _SHARE * sum(len(line.text) for line in lines)):
        limit = _PALER * float(np.median(print_))
    else:
        limit = _PALE
    return tuple(line for line, dark in pairs if dark >= limit or line.confidence >= _NONSENSE)


def _darkness(line: OcrLine, grey: Grey) -> float:
    """How much darker than white the ink of a line is."""
    left, top, right, bottom = (max(0, round(side)) for side in line.bounds)
    place = grey[top:bottom, left:right]
    return 255.0 - float(np.percentile(place, _INK_PERCENT)) if place.size else 0.0
