"""How many pixels of a picture make an inch of paper, where the file does not say so believably.

Separate because it is a guess with its own rules: scanners write their resolution, cameras 72 or nothing. Recognition
looks again at the size of the type.
"""

from typing import NamedTuple

from PIL import Image

_LEAST, _MOST = 100.0, 2400.0
_MM_IN = 25.4
#: What a scanner is set to; a picture of just so many pixels is a scan of the paper that this makes.
_SCANNER_DPI = (100, 120, 150, 200, 240, 300, 350, 400, 600)
#: Short and long side, the likeliest first: A4, A3, A5, Letter, B5, B4.
_PAPER_MM = ((210, 297), (297, 420), (148, 210), (215.9, 279.4), (182, 257), (257, 364))
_OFF_PX = 2.0
_A4_SHORT_SIDE_IN = 210 / _MM_IN


class Resolution(NamedTuple):
    """Pixels an inch, and whether anything but the size of the picture speaks for it."""

    dpi: float
    is_known: bool


def resolution(image: Image.Image) -> Resolution:
    """What the file says, if a scanner may have said it; else what the size suggests; else as if it were A4."""
    written = image.info.get("dpi", (0.0, 0.0))[0]
    if written and _LEAST <= float(written) <= _MOST:
        return Resolution(float(written), True)
    short, long = sorted(image.size)
    for dpi in _SCANNER_DPI:
        for sides in _PAPER_MM:
            width, height = (side / _MM_IN * dpi for side in sides)
            if abs(short - width) <= _OFF_PX and abs(long - height) <= _OFF_PX:
                return Resolution(float(dpi), True)
    return Resolution(max(_LEAST, short / _A4_SHORT_SIDE_IN), False)
