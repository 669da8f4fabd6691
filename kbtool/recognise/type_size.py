"""How large the type of a line is, measured on the page.

The boxes engines draw are loose in different ways; headings are known by their size, so it is measured from the ink.
"""

import re

import numpy as np

from kbtool.recognise.engines.line import OcrLine
from kbtool.recognise.raster import Grey

#: Ink of a line's highest characters, as a share of the type's size: Japanese, and figures and capitals alone.
_JAPANESE_INK, _LATIN_INK = 0.9, 0.72
_TALL = re.compile(r"[\u3041-\u9fff\uff01-\uff9d]")
#: White rows narrower than this share of the line are inside a character (二, 言).
_INNER_WHITE = 0.2
#: Engines draw no box more than twice as high as its type.
_LEAST = 0.5


def type_size(line: OcrLine, image: Grey) -> float:
    """Size of the type in pixels."""
    x0, y0, x1, y1 = (max(0, round(side)) for side in line.bounds)
    part = image[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
    if line.vertical:
        part = part.T
    dark = part < (int(part.min()) + 255) // 2
    inked = np.flatnonzero(np.count_nonzero(dark, axis=1) / dark.shape[1] > 0.004)
    share = _JAPANESE_INK if _TALL.search(line.text) else _LATIN_INK
    thick = float(part.shape[0])
    return min(thick, max(_LEAST * thick, _run_round_middle(inked, part.shape[0]) / share))


def _run_round_middle(inked: np.ndarray[tuple[int], np.dtype[np.intp]], length: int) -> int:
    """Extent of the ink in the middle: neighbours above and below, parted by white, do not count."""
    if not len(inked):
        return length
    breaks = np.flatnonzero(np.diff(inked) > _INNER_WHITE * length)
    firsts, lasts = inked[[0, *(breaks + 1)]], inked[[*breaks, -1]]
    nearest = np.abs((firsts + lasts) / 2 - length / 2).argmin()
    return int(lasts[nearest] - firsts[nearest] + 1)
