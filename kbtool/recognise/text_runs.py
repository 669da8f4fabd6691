"""Where lines of words run across a page, seen by their ink before anything is read.

Separate because three things follow from it alone: how a curled page bends, how large the type is, and whether there
is any text at all.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.inked import Labels, labelled
from kbtool.recognise.levels import darker
from kbtool.recognise.raster import Grey

#: Ink is darker than this share of white on a flattened page.
_DARK = 190
#: Parts of characters, in pixels of the picture given (about 120 dpi).
_LEAST_PART_PX, _MOST_PART_PX = 3, 60
#: In heights of type: white that is bridged within a line, the shortest line that tells, and where it is measured.
_BRIDGE, _SHORTEST, _STEP = 0.7, 5.0, 1.5
#: More lines than a page can have, or too few parts to tell their size.
_MOST_RUNS, _LEAST_PARTS = 400, 12

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Part of a line of words: its middle ``y`` at each ``x``, in pixels."""

    x: Floats
    y: Floats

    @property
    def length(self) -> float:
        """Extent in pixels."""
        return float(self.x[-1] - self.x[0])


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """The lines of a page that run from left to right; ``type_px`` the usual height of a character."""

    runs: tuple[Run, ...]
    type_px: float

    @property
    def length(self) -> float:
        """Extent of all lines together, in pixels."""
        return sum(run.length for run in self.runs)


def text_runs(flat: Grey) -> Runs:
    """Follow the lines of a flattened, reduced page; lines may be curved but not steep."""
    parts, type_px = _parts(flat)
    if not type_px:
        return Runs((), 0.0)
    bridge = np.ones((1, max(3, round(_BRIDGE * type_px))), np.uint8)
    joined = cv2.morphologyEx(parts, cv2.MORPH_CLOSE, bridge)
    labels, stats, _ = labelled(np.asarray(joined, np.uint8))
    boxes = stats[1:, :4]
    long = np.nonzero(boxes[:, 2] >= _SHORTEST * type_px)[0]
    long = long[np.argsort(-boxes[long, 2])][:_MOST_RUNS]
    runs = (_run(parts, labels, int(i) + 1, boxes[i], type_px) for i in sorted(long))
    return Runs(tuple(run for run in runs if run is not None), type_px)


def _parts(flat: Grey) -> tuple[Grey, float]:
    """Ink that can be part of a character, neither dust nor rules nor pictures, and the usual height of a character.

    Many characters fall into small parts, so the larger parts tell their height; 0 where there are too few.
    """
    labels, stats, _ = labelled(darker(flat, _DARK))
    height = stats[:, 3]
    extent = np.maximum(stats[:, 2], height)
    fits = (extent >= _LEAST_PART_PX) & (extent <= _MOST_PART_PX)
    fits[0] = False
    telling = height[fits & (height >= 2 * _LEAST_PART_PX)]
    type_px = float(np.percentile(telling, 75)) if len(telling) >= _LEAST_PARTS else 0.0
    return fits.view(np.uint8)[labels], type_px


def _run(parts: Grey, labels: Labels, label: int, box: npt.NDArray[np.int32], type_px: float) -> Run | None:
    """The middle of the ink of a line, every few characters; None for what is no line of words."""
    left, top, width, height = (int(side) for side in box)
    window = slice(top, top + height), slice(left, left + width)
    y, x = np.nonzero((labels[window] == label) & (parts[window] > 0))
    step = _STEP * type_px
    where = (x / step).astype(np.intp)
    count = np.bincount(where)
    enough = count > 0.5 * type_px
    if enough.sum() < _SHORTEST / _STEP:
        return None
    middle_y = np.bincount(where, y)[enough] / count[enough]
    middle_x = np.bincount(where, x)[enough] / count[enough]
    spread = np.sqrt(np.bincount(where, y * y.astype(np.float64))[enough] / count[enough] - middle_y**2)
    if np.median(spread) > 0.6 * type_px:  # several lines grown together, or a picture
        return None
    return Run(middle_x + left, middle_y + top)
