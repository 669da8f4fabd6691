"""Filled squares and discs, known by their shape: ■ ●.

Separate because Tesseract does not know them and makes 軒 or 還 of a square: they are wiped out before it reads and put
back afterwards.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.raster import Grey

#: Sides in ems, and how unequal they may be.
_LEAST, _MOST, _SQUARE = 0.42, 1.6, 1.25
#: Share of its box that a square fills, and a disc (π/4, give or take); their middle is as dark as ink gets.
_FILLED, _ROUND = 0.86, (0.72, 0.84)
_INSET, _SOLID = 0.2, 0.35
#: On a worn page a middle is that dark but for its palest pixels if these have this share of the page's ink, and half
#: of it is darker than the page's strokes by this: large areas of toner wear less.
_PALEST_PERCENT, _WORN, _DARKER = 95, 0.65, 1.2
#: The corners of a disc's box are white.
_CORNER = 0.13

Boxes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """Pieces of ink that hang together: ``boxes`` (x0, y0, x1, y1), ``areas``, their ``numbers`` in ``labels``.

    ``darkest``: the grey of the page's ink.
    """

    boxes: Boxes
    areas: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int32]
    image: Grey
    darkest: float


@dataclass(frozen=True, slots=True)
class Bullet:
    """A shape, "■" or "●", and where it stands."""

    kind: str
    box: tuple[int, int, int, int]


def find_bullets(ink: Ink, em: float) -> tuple[Bullet, ...]:
    """All bullets among the ink; ``em`` is the height of the common type."""
    x0, y0, x1, y1 = ink.boxes.T
    w, h = x1 - x0, y1 - y0
    even = (np.maximum(w, h) <= _SQUARE * np.minimum(w, h)) & (h >= _LEAST * em) & (h <= _MOST * em)
    found = []
    for i in np.flatnonzero(even):
        kind = _kind(ink, int(i))
        if kind:
            found.append(Bullet(kind, (int(x0[i]), int(y0[i]), int(x1[i]), int(y1[i]))))
    return tuple(found)


def wipe_bullets(image: Grey, bullets: tuple[Bullet, ...]) -> Grey:
    """The page without them."""
    out = image.copy()
    for bullet in bullets:
        x0, y0, x1, y1 = bullet.box
        out[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2] = 255
    return out


def _kind(ink: Ink, i: int) -> str:
    x0, y0, x1, y1 = ink.boxes[i]
    own = (ink.labels[y0:y1, x0:x1] == ink.numbers[i]).astype(np.uint8)
    share = float(own.mean())
    if share < _ROUND[0] or not _is_solid(ink, i):
        return ""
    if share >= _FILLED:
        return "■"
    return "●" if _leaves_corners(own) and _ROUND[0] <= _outline(own) <= _ROUND[1] else ""


def _is_solid(ink: Ink, i: int) -> bool:
    """Whether the middle is dark throughout; dense kanji have light in them."""
    x0, y0, x1, y1 = ink.boxes[i]
    dy, dx = round(_INSET * (y1 - y0)), round(_INSET * (x1 - x0))
    middle = ink.image[y0 + dy : y1 - dy, x0 + dx : x1 - dx]
    if middle.max() < 255 * _SOLID:
        return True
    half, palest = (255 - float(np.percentile(middle, percent)) for percent in (50, _PALEST_PERCENT))
    return palest > _WORN * (255 - ink.darkest) and half > _DARKER * (255 - ink.darkest)


def _leaves_corners(own: npt.NDArray[np.uint8]) -> bool:
    dy, dx = (max(1, round(_CORNER * side)) for side in own.shape)
    return not (own[:dy, :dx].any() or own[:dy, -dx:].any() or own[-dy:, :dx].any() or own[-dy:, -dx:].any())


def _outline(own: npt.NDArray[np.uint8]) -> float:
    """Share of its box that lies within a shape's outline."""
    outlines, _ = cv2.findContours(own, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    height, width = (int(side) for side in own.shape)
    return max(float(cv2.contourArea(outline)) for outline in outlines) / ((height - 1) * (width - 1))
