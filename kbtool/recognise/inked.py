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
Labels = npt.NDArray[np.integer]

#: What 16 bits can number, white being 0.
_MOST_LABELS = 0xFFFF


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Ink that hangs together, corners included: its rectangle, area and middle (x, y), all in pixels."""

    x: int
    y: int
    width: int
    height: int
    area: int
    centre: tuple[float, float]
    _labels: Labels
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


def rows_of_runs(mask: Bits, length: int) -> Rows:
    """The rows of a mask that may have a run along x of ``length``: all that have, and few others.

    With eight pixels packed in a byte, such a run has so many whole bytes. At the edge of the picture half of one is
    enough, as it may go on beyond.
    """
    bytes_ = (length - 7) // 8
    if bytes_ < 1:
        return np.arange(len(mask))
    whole = (np.packbits(mask, axis=1) == 0xFF).view(np.uint8)
    inside = cv2.erode(whole, np.ones((1, bytes_), np.uint8)).any(axis=1)
    at_edge = mask[:, : length - length // 2].all(axis=1) | mask[:, -(length // 2) - 1 :].all(axis=1)
    return np.flatnonzero(inside | at_edge)


def runs_of(mask: Bits, length: int) -> Bits:
    """The runs along x of at least ``length`` (a morphological opening, done where there is anything to find)."""
    found: Bits = np.zeros(mask.shape, np.uint8)
    rows = rows_of_runs(mask, length)
    if len(rows):
        found[rows] = cv2.morphologyEx(mask[rows], cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return found


def blocks_of(mask: Bits, height: int, width: int) -> Bits:
    """What is covered by rectangles of ink of this size (an opening), done where there is anything to find."""
    found: Bits = np.zeros(mask.shape, np.uint8)
    wide = np.zeros((1, len(mask)), np.uint8)
    wide[0, rows_of_runs(mask, width)] = 1
    rows = near_ink(transposed(runs_of(wide, height)), 2)  # rows beside them keep one block from the next
    if len(rows):
        found[rows] = cv2.morphologyEx(mask[rows], cv2.MORPH_OPEN, np.ones((height, width), np.uint8))
    return found


def window_of(mask: Bits, room: int) -> tuple[slice, slice] | None:
    """The rectangle of all ink with so much room around it, as far as the mask reaches; None where no ink is."""
    down = np.flatnonzero(mask.any(axis=1))
    if not len(down):
        return None
    across = np.flatnonzero(mask[down[0] : down[-1] + 1].any(axis=0))
    return (
        slice(max(0, int(down[0]) - room), int(down[-1]) + 1 + room),
        slice(max(0, int(across[0]) - room), int(across[-1]) + 1 + room),
    )


def transposed(picture: Bits) -> Bits:
    """Rows for columns, in memory too: what works along x then works along y."""
    return np.asarray(cv2.transpose(picture), np.uint8)


def labelled(mask: Bits) -> tuple[Labels, npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    """The number of its piece for every pixel; left, top, width, height and area of each piece, and its middle.

    Short numbers cost a third of long ones. No piece begins but where a run along x does, so runs tell whether the
    short ones are enough for all that is numbered on the way.
    """
    runs = np.count_nonzero(mask[:, 1:] > mask[:, :-1]) + np.count_nonzero(mask[:, 0])
    kind = cv2.CV_16U if runs < _MOST_LABELS else cv2.CV_32S
    _, labels, stats, centres = cv2.connectedComponentsWithStats(mask, ltype=kind)
    return np.asarray(labels, labels.dtype), np.asarray(stats, np.int32), np.asarray(centres, np.float64)


def pieces(mask: Bits) -> Iterator[Piece]:
    """Take a mask apart into the pieces of its ink, by rows of pairs from the top."""
    rows = near_ink(mask, 0)
    if not len(rows):
        return
    labels, stats, centres = labelled(mask[rows])
    for label, (rectangle, (across, down)) in enumerate(zip(stats.tolist(), centres.tolist(), strict=True)):
        x, y, width, height, area = rectangle
        if not label:  # the white around
            continue
        top = int(rows[y])
        middle = (round(down * area) + (top - y) * area) / area
        part = labels[y : y + height, x : x + width]
        yield Piece(x, top, width, height, area, (across, middle), part, label)
