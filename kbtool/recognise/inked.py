"""Masks that are white for the most part: the rows of them that matter, and the pieces of ink on them.

Separate because of what white costs: to label the pieces of a page of 200 dpi takes longer than to straighten it, and
rules lie on a tenth of its rows. Nothing that is found depends on the rows left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.raster import Mask

Bits = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Ink that hangs together, corners included: its rectangle, area and middle (x, y), all in pixels."""

    x: int
    y: int
    width: int
    height: int
    area: int
    centre: tuple[float, float]
    _labels: npt.NDArray[np.int32]
    _label: int

    @property
    def place(self) -> tuple[slice, slice]:
        """Where its rectangle lies on the page."""
        return slice(self.y, self.y + self.height), slice(self.x, self.x + self.width)

    @property
    def own(self) -> Mask:
        """Which pixels of its rectangle are its own."""
        return np.asarray(self._labels == self._label)


def near_ink(mask: Bits, reach: int) -> Rows:
    """The rows of a mask with ink, and those within ``reach`` of one; in whole pairs, as labelling goes by them."""
    pairs = np.zeros(len(mask) + 1 & ~1, np.bool_)
    pairs[: len(mask)] = mask.any(axis=1)
    inked = np.flatnonzero(pairs[::2] | pairs[1::2])
    ends = np.zeros(len(pairs) // 2 + 1, np.intp)
    around = reach // 2 + 1
    np.add.at(ends, np.maximum(inked - around, 0), 1)
    np.add.at(ends, np.minimum(inked + around + 1, len(ends) - 1), -1)
    return np.flatnonzero(np.repeat(np.cumsum(ends[:-1]) > 0, 2)[: len(mask)])


def pieces(mask: Bits) -> Iterator[Piece]:
    """Take a mask apart into the pieces of its ink, by rows of pairs from the top."""
    rows = near_ink(mask, 0)
    if not len(rows):
        return
    _, found, stats, centres = cv2.connectedComponentsWithStats(np.ascontiguousarray(mask[rows]))
    labels = np.asarray(found, np.int32)
    for label, (rectangle, (across, down)) in enumerate(zip(stats.tolist(), centres.tolist(), strict=True)):
        x, y, width, height, area = rectangle
        if not label:  # the white around
            continue
        top = int(rows[y])
        middle = (round(down * area) + (top - y) * area) / area
        part = labels[y : y + height, x : x + width]
        yield Piece(x, top, width, height, area, (across, middle), part, label)
