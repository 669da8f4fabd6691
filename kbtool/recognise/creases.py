"""The shadows of creases: soft grey bands right across a page, taken out so that rules run on through them.

Separate from ``light``, whose idea of the paper is coarser than a crease is wide. What begins and ends at once is
print: a rule, a dark bar, a tinted row.
"""

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.inked import transposed
from kbtool.recognise.raster import Grey

#: The paper of a row is what so many percent of it do not outshine, its grain smoothed over so many pixels: a crease
#: runs on through the margins, which the tinted or dark row of a table leaves white.
_PAPER, _GRAIN_PX = 90.0, 9
#: A band is darker than so much of the page's paper; darker than the second share it hides what lies in it.
_SHADOW, _DARKEST = 0.94, 0.3
#: Inches: bands are wider than any rule, and narrower than a picture.
_RULE_IN, _NARROWEST_IN, _WIDEST_IN = 0.04, 0.06, 0.6
#: Print reaches this share of its depth within so many inches; shadows are softer.
_EDGE, _EDGE_IN = 0.5, 0.02


def without_creases(grey: Grey, dpi: float) -> Grey:
    """The flattened page with level and upright creases as white as the rest of its paper."""
    return transposed(_evened(transposed(_evened(grey, dpi)), dpi))


def _evened(grey: Grey, dpi: float) -> Grey:
    """The page without level creases."""
    paper = _paper_of_rows(grey, dpi)
    usual = float(np.median(paper))
    even = grey
    for start, end in _runs(paper < _SHADOW * usual):
        if _is_crease(paper, start, end, usual, dpi):
            even = grey.copy() if even is grey else even
            share = np.minimum(1.0, paper[start:end] / usual)[:, None]
            even[start:end] = np.minimum(255.0, grey[start:end] / share)
    return even


def _paper_of_rows(grey: Grey, dpi: float) -> npt.NDArray[np.float32]:
    """How bright the paper of each row is, rules left out."""
    calm = cv2.blur(grey, (_GRAIN_PX, 1))[:, ::8]
    rows = np.percentile(calm, _PAPER, axis=1).astype(np.float32)[:, None]
    rule = max(3, round(dpi * _RULE_IN))
    closed = cv2.morphologyEx(rows, cv2.MORPH_CLOSE, np.ones((rule, 1), np.uint8))
    return np.asarray(closed, np.float32)[:, 0]


def _is_crease(paper: npt.NDArray[np.float32], start: int, end: int, usual: float, dpi: float) -> bool:
    step = max(1, round(dpi * _EDGE_IN))
    around = paper[max(0, start - 2 * step) : end + 2 * step]
    falls = np.abs(around[step:] - around[:-step])
    fits = _NARROWEST_IN * dpi <= end - start <= _WIDEST_IN * dpi
    inside = start > 0 and end < len(paper)
    darkest = float(around.min())
    return fits and inside and darkest > _DARKEST * usual and float(falls.max()) < _EDGE * (usual - darkest)


def _runs(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where flags begin and end to be set."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
