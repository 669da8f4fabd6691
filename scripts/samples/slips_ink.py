"""What a person puts on a slip: typed text, tick marks, filled squares, rings, handwriting.

Separate from the printed form so that it is drawn with its own unsteady hand. All randomness comes from the
generator of the page and is drawn in whole numbers, so that a slip comes out the same everywhere.
"""

from itertools import pairwise

import numpy as np
from PIL import ImageDraw

from . import fonts
from .slips_form import Box
from .wrap import wrap

Point = tuple[float, float]

TYPED_PX = 30
LINE_PITCH_PX = 58
INK = 30
JITTER_PX = 3
RING = ((0.0, -1.0), (0.85, -0.78), (1.0, 0.0), (0.78, 0.8), (0.0, 1.0), (-0.82, 0.76), (-1.0, 0.0), (-0.7, -0.82))
"""Eight points of a ring around the origin; a person's ring is neither round nor closed exactly."""
WRITTEN_PITCH_PX = 48
STROKES = (
    ((-17, 0), (0, -1), (17, -4)),
    ((-10, -8), (0, -9), (10, -11)),
    ((0, -19), (1, 0), (-1, 19)),
    ((-2, -17), (-5, 2), (-17, 17)),
    ((-8, -6), (3, 4), (17, 17)),
    ((-14, -13), (13, -15), (12, 12), (6, 16)),
    ((-13, 5), (0, -14), (16, 2), (3, 17), (-8, 8)),
    ((-12, -14), (-13, 14), (14, 13)),
)
"""Strokes of a pen in pixels around the middle of a character: across, down, sweeps, corners, a loop."""


class Hand:
    """Fills one slip: a drawing surface together with the generator of its unsteadiness."""

    def __init__(self, pen: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
        self._pen = pen
        self._rng = rng

    def type(self, text: str, box: Box, face: str) -> None:
        """Type `text` into `box`, wrapped at its width; each line sits up to 3 px off its place."""
        font = fonts.load(face, TYPED_PX)
        lines = wrap(text, box[2] - box[0] - 40, font.getlength)
        top = (box[1] + box[3]) // 2
        if box[3] - box[1] > 2 * LINE_PITCH_PX:
            top = box[1] + 40
        for order, line in enumerate(lines):
            x, y = box[0] + 14 + self._off(), top + order * LINE_PITCH_PX + self._off()
            self._pen.text((x, y), line, INK, font, "lm")

    def check(self, box: Box) -> None:
        """Draw a tick mark over the square `box`."""
        x0, y0, x1, y1 = box
        points = [(x0 + 3, (y0 + y1) // 2), ((x0 + x1) // 2 - 2, y1 - 3), (x1 + 7, y0 - 6)]
        self._stroke([self._near(point) for point in points], 5)

    def fill(self, box: Box) -> None:
        """Fill the square `box`, not quite to its edges."""
        x0, y0, x1, y1 = box
        dx, dy = self._off(), self._off()
        self._pen.rectangle((x0 + 5 + dx, y0 + 5 + dy, x1 - 5 + dx, y1 - 5 + dy), fill=INK)

    def ring(self, box: Box) -> None:
        """Draw a ring inside `box`, around the choice printed there."""
        x0, y0, x1, y1 = box
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        half_x, half_y = (x1 - x0) / 2 - 5, (y1 - y0) / 2 - 4
        points = [self._near((middle_x + x * half_x, middle_y + y * half_y)) for x, y in RING]
        self._stroke(_smooth([*points, self._near(points[0]), points[1]]), 4)

    def scribble(self, characters: int, box: Box) -> None:
        """Fill `box` with strokes that look like `characters` handwritten ones and mean nothing."""
        columns = (box[2] - box[0] - 40) // WRITTEN_PITCH_PX
        top = box[1] + min(LINE_PITCH_PX + 10, box[3] - box[1]) // 2
        for index in range(characters):
            x = box[0] + 40 + index % columns * WRITTEN_PITCH_PX + self._off()
            y = top + index // columns * LINE_PITCH_PX + self._off()
            for _ in range(int(self._rng.integers(2, 6))):
                self._stroke(self._written(x, y), 3)

    def _written(self, x: int, y: int) -> list[Point]:
        """Return one stroke, chosen at random, of a character centred at (x, y)."""
        shape = STROKES[int(self._rng.integers(len(STROKES)))]
        x += 2 * self._off()
        y += 2 * self._off()
        return _smooth([self._near((x + dx, y + dy)) for dx, dy in shape])

    def _stroke(self, points: list[Point], width: int) -> None:
        """Draw a way through `points` as a round pen does: one dot beside the other."""
        for (x0, y0), (x1, y1) in pairwise(points):
            steps = int(max(abs(x1 - x0), abs(y1 - y0))) + 1
            for step in range(steps + 1):
                x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
                self._pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=INK)

    def _near(self, point: Point) -> Point:
        return point[0] + self._off(), point[1] + self._off()

    def _off(self) -> int:
        return int(self._rng.integers(-JITTER_PX, JITTER_PX + 1))


def _smooth(points: list[Point]) -> list[Point]:
    """Return `points` with their corners cut three times (Chaikin's algorithm, 1974)."""
    for _ in range(3):
        cut = [points[0]]
        for (x0, y0), (x1, y1) in pairwise(points):
            cut += [(0.75 * x0 + 0.25 * x1, 0.75 * y0 + 0.25 * y1), (0.25 * x0 + 0.75 * x1, 0.25 * y0 + 0.75 * y1)]
        points = [*cut, points[-1]]
    return points
