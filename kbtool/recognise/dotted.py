"""Hairlines of which a fax leaves a row of dots: found by how many lonely dots lie in line across a table.

Separate because single stretches say nothing here: a dot in line is as often a speck, and only the whole width of a
table holds more of them than chance would put there. Looked for on black and white pictures alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp

import cv2
import numpy as np

from kbtool.recognise.places import SAME_IN
from kbtool.recognise.raster import Grey, Mask

#: Ink and paper of a fax; it has fewer pixels between them than this share of its ink.
_BLACK, _WHITE, _BETWEEN = 90, 200, 0.25
#: Inches: a dot is no higher, and has white above and below as far as this; dots are counted by pieces of a line.
_HIGH_IN, _ALONE_IN, _PIECE_IN = 0.012, 0.035, 0.08
#: Specks are counted at the heights with the fewest, in percent; the others may be lines.
_USUAL = 95
#: So few false lines are expected in a table by chance; a line has dots in so many of its quarters.
_BY_CHANCE, _QUARTERS = 1e-5, 3
#: Where so many dots are to be expected and none is there, the line is not.
_TELLING = 3.0
#: Words lie across a line where this share of a stretch has ink on it and beside it.
_CROSSED = 0.06


@dataclass(frozen=True, slots=True)
class Dotted:
    """A line of dots at a height, and in which spans it runs."""

    y: int
    spans: tuple[tuple[int, int], ...]


def dotted(
    grey: Grey, spans: Sequence[tuple[int, int]], lines: Sequence[int], reach: tuple[int, int], dpi: float
) -> Iterator[Dotted]:
    """Find the level lines of dots between known ``lines`` that run over the ``spans``; ``reach`` as the columns'."""
    black = grey < _BLACK
    if np.count_nonzero((grey >= _BLACK) & (grey < _WHITE)) > _BETWEEN * np.count_nonzero(black):
        return
    alone = _lonely(black, dpi)
    piece = max(2, round(dpi * _PIECE_IN))
    starts = np.arange(spans[0][0], spans[-1][1] - piece, piece)
    dots = np.add.reduceat(alone[:, : spans[-1][1]], starts, axis=1, dtype=np.int32) > 0
    counts = dots.sum(axis=1)
    same = round(dpi * SAME_IN)
    counts[: max(0, reach[0])], counts[reach[1] + 1 :] = 0, 0
    for y in lines:
        counts[max(0, y - same) : y + same + 1] = 0
    usual = counts[counts <= np.percentile(counts, _USUAL)]
    least = _more_than_chance(float(usual.mean()), len(counts))
    while counts.max(initial=0) >= least:
        y = int(counts.argmax())
        if sum(bool(part.any()) for part in np.array_split(dots[y], 4)) >= _QUARTERS:
            rate = counts[y] / len(starts) / piece
            yield Dotted(y, tuple(span for span in spans if _runs(black, alone, y, span, float(rate), dpi)))
        counts[max(0, y - same) : y + same + 1] = 0


def _lonely(black: Mask, dpi: float) -> Mask:
    """Low dots with nothing above and below, each marked a pixel up and down as well."""
    high, far = max(2, round(dpi * _HIGH_IN)), round(dpi * _ALONE_IN)
    ink = black.astype(np.uint8)
    run = np.ones((far, 2 * far + 1), np.uint8)
    near = [
        np.roll(np.asarray(cv2.dilate(ink, run), np.uint8), shift, axis=0)
        for shift in (high + far // 2 + 1, -high - far // 2 - 1)
    ]
    dots = ink & (1 - near[0]) & (1 - near[1])
    return np.asarray(cv2.dilate(dots, np.ones((3, 1), np.uint8)), np.uint8) > 0


def _runs(black: Mask, alone: Mask, y: int, span: tuple[int, int], rate: float, dpi: float) -> bool:
    """Whether a line of so many dots a pixel runs through a span: it shows, or is too short to and has no words on."""
    across = slice(*span)
    if alone[y, across].any():
        return True
    if rate * (span[1] - span[0]) >= _TELLING:
        return False
    high = max(2, round(dpi * _HIGH_IN))
    return bool(black[max(0, y - high) : y + high + 1, across].all(axis=0).mean() < _CROSSED)


def _more_than_chance(mean: float, heights: int) -> int:
    """The least count that is not to be expected once among so many, where counts follow Poisson's law."""
    chance = left = exp(-mean)
    least = 1
    while (1 - left) * heights > _BY_CHANCE:
        chance *= mean / least
        left += chance
        least += 1
    return least
