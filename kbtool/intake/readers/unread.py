"""What the text layer of a page says nothing of: pictures that may hold words, and how they are shown to a recogniser.

Separate from the pictures as figures, because most of these hold no words and a recogniser is costly: it is started
only for what is large enough for a few lines and has the sharp edges on even ground that writing has.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kbtool.document import Box
from kbtool.intake.readers.characters import Characters
from kbtool.intake.readers.figures import in_one_piece
from kbtool.intake.readers.seen import inside

#: Share of the page: a smaller picture has no room for lines of words.
_LEAST_AREA = 0.08
#: Pixels an inch at which ``may_be_written`` looks: type of 6 points is still 6 pixels high.
LOOK_DPI = 72
#: Pixels: half an inch, about three lines of a manual.
_TILE = 36
#: Grey levels from one pixel to the next: ink on paper makes more than the one, even ground less than the other.
_STEP, _EVEN = 40, 8
#: Of a tile with writing, so much at least is edges of ink and so much even ground (grain has none).
_LEAST_EDGES, _LEAST_EVEN = 0.04, 0.35
#: Tiles with writing; the rim of a thing on a white table fills a few as well, but seldom more.
_FEWEST_TILES = 3
#: A pixel around each character, in points.
_AROUND_PT = 0.5

Pixel = npt.NDArray[np.uint8]


def large_pictures(pictures: Sequence[Box], size: tuple[float, float]) -> list[Box]:
    """The pictures that have room for words, on a page of ``size``; tiles of one picture as one."""
    least = _LEAST_AREA * size[0] * size[1]
    return [box for box in in_one_piece(pictures) if box.width * box.height >= least]


def alone(array: Pixel, areas: Sequence[Box], known: Characters, size: tuple[float, float]) -> Pixel:
    """A drawn page of ``size`` points with white paper outside of ``areas`` and over the characters that are known."""
    shown = np.full_like(array, 255)
    for box in areas:
        place = _slices(array, box, size)
        shown[place] = array[place]
    if areas and len(known):
        here = known.boxes[inside(*known.centres, areas)]
        for x0, y0, x1, y1 in here.tolist():
            around = Box(x0 - _AROUND_PT, y0 - _AROUND_PT, x1 + _AROUND_PT, y1 + _AROUND_PT)
            shown[_slices(array, around, size)] = 255
    return shown


def may_be_written(array: Pixel, area: Box, known: Characters, size: tuple[float, float]) -> bool:
    """Tell whether an area of a page drawn at ``LOOK_DPI`` looks like writing, apart from the characters known."""
    place = _slices(array, area, size)
    covered = np.ones(array.shape[:2], np.uint8)
    told = alone(covered, [area], known, size)[place] == 255
    grey = array[place] if array.ndim == 2 else array[place][:, :, 1]
    steps = np.abs(np.diff(grey.astype(np.int16), axis=1))
    edges, even, known_here = (_by_tiles(flags) for flags in (steps >= _STEP, steps <= _EVEN, told[:, 1:]))
    written = (edges >= _LEAST_EDGES) & (even >= _LEAST_EVEN) & (known_here == 0)
    return int(np.count_nonzero(written)) >= _FEWEST_TILES


def _by_tiles(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """The share of flags set in each whole tile."""
    rows, columns = (side // _TILE for side in flags.shape)
    whole = flags[: rows * _TILE, : columns * _TILE].reshape(rows, _TILE, columns, _TILE)
    return np.asarray(whole.mean(axis=(1, 3), dtype=np.float64))


def _slices(array: Pixel, box: Box, size: tuple[float, float]) -> tuple[slice, slice]:
    """The pixels of a box in points."""
    height, width = array.shape[:2]
    across, down = width / size[0], height / size[1]
    x0, x1 = (min(width, max(0, round(x * across))) for x in (box.x0, box.x1))
    y0, y1 = (min(height, max(0, round(y * down))) for y in (box.y0, box.y1))
    return slice(y0, y1), slice(x0, x1)
