"""The last full stop of a column, which the detector leaves out of its box where the print is soft.

Separate because it knows ink alone, no network: what stands within one character of a column's end, in line with it
and in no other box, belongs to it.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from kbtool.recognise.engines.line import Quad, upright_quad
from kbtool.recognise.raster import Grey

#: Taller than broad by this, a box is a column for certain.
_COLUMN = 4.0
#: So far beyond its end, in breadths of the box, ink may belong to a column; so much white is left after it.
_REACH, _WHITE = 0.75, 0.12
#: Ink is darker than paper by so much, once grain is averaged out.
_DARKER = 25


def with_ends(image: Grey, quads: Sequence[Quad]) -> list[Quad]:
    """The boxes, with columns reaching down to the last ink that is theirs."""
    return [_with_end(image, quad, quads) if _is_column(quad) else quad for quad in quads]


def _is_column(quad: Quad) -> bool:
    (x0, y0), (x1, y1), (x2, y2), (x3, _) = quad
    return x0 == x3 and y0 == y1 and x1 == x2 and y2 - y0 > _COLUMN * (x1 - x0)


def _with_end(image: Grey, quad: Quad, quads: Sequence[Quad]) -> Quad:
    (x0, y0), (x1, _), (_, y1), _ = quad
    left, right, bottom = max(0, round(x0)), round(x1), round(y1)
    end = min([y1 + _REACH * (x1 - x0), *(top for other in quads if (top := _top_below(other, quad)) is not None)])
    below = image[bottom : round(end), left:right]
    if not below.size:
        return quad
    paper = float(np.percentile(image[round(y0) : bottom, left:right], 85))
    inked = np.flatnonzero((cv2.blur(below, (3, 3)) < paper - _DARKER).any(axis=1))
    if not len(inked):
        return quad
    return upright_quad(x0, y0, x1, min(end, bottom + int(inked[-1]) + 1 + _WHITE * (x1 - x0)))


def _top_below(other: Quad, quad: Quad) -> float | None:
    """Where a box that stands in a column's way begins; None where it does not."""
    xs, ys = zip(*other, strict=True)
    apart = min(xs) >= quad[1][0] or max(xs) <= quad[0][0]
    return None if apart or max(ys) <= quad[2][1] else float(min(ys))
