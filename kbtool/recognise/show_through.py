"""Words of the back of a sheet, shining through: mirrored, pale, and read as nonsense.

Separate because only reading tells them from worn print: both are pale, but worn print is read surely.
"""

import numpy as np

from kbtool.recognise.engines import OcrLine
from kbtool.recognise.levels import percentile
from kbtool.recognise.raster import Grey

#: Share of a line's pixels that is its ink.
_INK_PERCENT = 5.0
#: Read more surely than this, a line is print; so many such characters, and such a share of all, show how dark print
#: is on this page. Where there are none, lines that are kept anyway show it: all of a page may be worn.
_PRINT, _ENOUGH, _SHARE = 90.0, 4, 0.25
#: Less sure than this and so much paler than print, a line is not of this side. Mirrored words were read with up to 72
#: percent; soft small print of this side with 74 and more, and is not to be lost.
_NONSENSE, _PALER = 73.0, 0.4
#: On a page without print: such nonsense whose ink is not even this much darker than paper (0 to 255).
_PALE = 80.0


def of_this_side(lines: tuple[OcrLine, ...], grey: Grey) -> tuple[OcrLine, ...]:
    """The lines without those that shine through from the back; ``grey`` is the flattened page."""
    darkness = [_darkness(line, grey) for line in lines]
    limit = _limit(lines, darkness)
    pairs = zip(lines, darkness, strict=True)
    return tuple(line for line, dark in pairs if dark >= limit or line.confidence >= _NONSENSE)


def _limit(lines: tuple[OcrLine, ...], darkness: list[float]) -> float:
    """How much darker than paper the ink of a line of this side is at least."""
    enough = max(_ENOUGH, _SHARE * sum(len(line.text) for line in lines))
    for sure in (_PRINT, _NONSENSE):
        print_ = [d for line, d in zip(lines, darkness, strict=True) if line.confidence > sure for _ in line.text]
        if len(print_) >= enough:
            return _PALER * float(np.median(print_))
    return _PALE


def _darkness(line: OcrLine, grey: Grey) -> float:
    """How much darker than white the ink of a line is."""
    left, top, right, bottom = (max(0, round(side)) for side in line.bounds)
    place = grey[top:bottom, left:right]
    return 255.0 - percentile(place, _INK_PERCENT) if place.size else 0.0
