"""Cells of a dark ground, on which rules are hard to see: what a worn print leaves of a dark head, and merged heads.

Separate from bars, which are found by their shape on the whole page: here the lattice of a table says where cells lie,
so that a ground too uneven for a bar can be told by its brightness alone.
"""

from itertools import pairwise

import cv2
import numpy as np

from kbtool.recognise.places import SAME_IN, lines_of
from kbtool.recognise.raster import Grey
from kbtool.recognise.rules import Bits, Rules
from kbtool.recognise.stretches import stretch

#: A pixel as dark as this share of the way from paper to ink is ground or ink; a cell with fewer others is dark.
_DARK, _LEAST_BRIGHT = 0.45, 0.35
#: Of so many pixels one is looked at.
_EVERY = 3
#: What lies this near to the rules, in inches, belongs to them; a rule may lie so far off its line.
_INSET_IN, _OFF_IN = 0.01, 0.02
#: A rule so sure is one in spite of the dark; what then has less than this share of the surest, or less than so much,
#: is none.
_SEEN, _SHARE, _NONE = 4.0, 0.12, 2.0


def dark_cells(rules: Rules, grey: Grey) -> Bits:
    """The cells of a table that are dark, from line to line."""
    some = grey[::_EVERY, ::_EVERY]
    paper, ink = float(np.median(some)), float(np.percentile(some, 1))
    sums = cv2.integral((some >= paper - _DARK * (paper - ink)).astype(np.uint8))
    ys, xs = lines_of(rules)
    inset = max(1, round(rules.dpi * _INSET_IN))
    dark = np.zeros_like(rules.bars)
    for top, bottom in pairwise(round(y) for y in ys):
        for left, right in pairwise(round(x) for x in xs):
            y0, y1, x0, x1 = (side // _EVERY for side in (top + inset, bottom - inset, left + inset, right - inset))
            bright = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
            if y1 > y0 and x1 > x0 and bright < _LEAST_BRIGHT * (y1 - y0) * (x1 - x0):
                dark[top:bottom, left:right] = 1
    return dark


def opened(rules: Rules, picture: Grey) -> Bits:
    """The bars without what shows no rule where they show others: the cells of a merged head.

    ``picture`` is the page turned on its side.
    """
    dpi, bars = rules.dpi, rules.bars.copy()
    ys, xs = lines_of(rules)
    off, same, inset = (max(1, round(dpi * size)) for size in (_OFF_IN, SAME_IN, _INSET_IN))
    for top, bottom in pairwise(round(y) for y in ys):
        rows = slice(top + inset, bottom - inset)
        places = [slice(max(0, round(x) - off), round(x) + off + 1) for x in xs[1:-1]]
        hidden = [at for at in places if bars[rows, at].size and bars[rows, at].mean() > 0.5]
        if len(hidden) < 2:
            continue
        sureness = stretch(picture[:, rows], dpi).sureness
        seen = [float(sureness[at].max()) for at in hidden]
        for at, one in zip(hidden, seen, strict=True):
            if max(seen) >= _SEEN and one < max(_NONE, _SHARE * max(seen)):
                bars[top:bottom, max(0, at.start - same) : at.stop + same] = 0
    return bars
