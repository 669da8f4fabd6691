"""How people mark a form: with what pen, which kind of tick, what ring, and how they take a mark back.

Separate from the forms, which say where something is to be marked: whoever fills a form keeps to one pen and one habit.
"""

import math
import random
from dataclasses import dataclass

from benchmarks.reading.surface import Surface
from kbtool.document import Box

#: Kinds of ticks; strokes in shares of the printed box, which some leave.
_TICKS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "check": (((0.1, 0.45), (0.4, 0.92), (1.08, -0.1)),),
    "long check": (((-0.1, 0.3), (0.4, 1.05), (1.9, -0.75)),),
    "レ": (((0.3, 0.1), (0.33, 0.85), (0.95, 0.35)),),
    "cross": (((0.1, 0.1), (0.92, 0.9)), ((0.1, 0.92), (0.9, 0.1))),
    "wide cross": (((-0.25, -0.2), (1.2, 1.15)), ((-0.2, 1.2), (1.25, -0.2))),
    "slash": (((0.05, 0.95), (0.95, 0.05)),),
    "dot": (),
    "filled": (),
}
KINDS = tuple(_TICKS)
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Pen:
    """One person's pen and habit: grey and width (points) of a line, kind of tick, how wide and open a ring is."""

    ink: int = 0
    width: float = 1.2
    kind: str = "check"
    reach: float = 1.0
    gap: float = 0.0
    unsteady: float = 0.0


def choose(rng: random.Random) -> Pen:
    """Draw a person: a third write in pencil, one ring in four stays open or overlaps."""
    ink = rng.choice((0, 40, 80, rng.randint(110, 150)))
    gap = rng.choice((0.0, -0.1, rng.uniform(0.05, 0.15), 0.0))
    return Pen(ink, rng.uniform(0.7, 1.7), rng.choice(KINDS), rng.uniform(0.95, 1.25), gap, rng.uniform(0.0, 0.08))


def tick(surface: Surface, box: Box, pen: Pen, rng: random.Random) -> None:
    """Mark a printed box in the person's way."""
    if pen.kind in ("filled", "dot"):
        inset = 0.08 if pen.kind == "filled" else 0.27
        _hatch(surface, Box(*_within(box, inset)), pen)
    for stroke in _TICKS[pen.kind]:
        points = [
            (box.x0 + (x + rng.uniform(-0.08, 0.08)) * box.width, box.y0 + (y + rng.uniform(-0.08, 0.08)) * box.height)
            for x, y in stroke
        ]
        surface.stroke(points, pen.width, pen.ink)


def ring(surface: Surface, words: Box, pen: Pen, rng: random.Random) -> None:
    """Draw a ring round printed words, off their middle by a little, as round as a hand draws."""
    wide, high = words.width / 2 + 4 * pen.reach, words.height / 2 + 3.5 * pen.reach
    x, y = (words.x0 + words.x1) / 2 + rng.uniform(-1.5, 1.5), (words.y0 + words.y1) / 2 + rng.uniform(-1.2, 1.2)
    start, waves = rng.uniform(0, 2 * math.pi), rng.uniform(0, 2 * math.pi)
    points = []
    for step in range(_STEPS + 1):
        angle = start + 2 * math.pi * (1 - pen.gap) * step / _STEPS
        off = 1 + pen.unsteady * math.sin(2 * angle + waves)
        points.append((x + wide * off * math.cos(angle), y + high * off * math.sin(angle)))
    surface.stroke(points, pen.width, pen.ink)


def strike(surface: Surface, words: Box, pen: Pen) -> None:
    """Take a mark back: two lines through box and words."""
    for share in (0.38, 0.62):
        y = words.y0 + share * words.height
        surface.stroke([(words.x0 - 3, y), (words.x1 + 3, y)], pen.width, pen.ink)


def _within(box: Box, inset: float) -> tuple[float, float, float, float]:
    dx, dy = inset * box.width, inset * box.height
    return box.x0 + dx, box.y0 + dy, box.x1 - dx, box.y1 - dy


def _hatch(surface: Surface, box: Box, pen: Pen) -> None:
    """Fill a box back and forth, as a pen does."""
    rows = max(2, round(box.height / (0.7 * pen.width)))
    points = [
        (box.x1 if (row + side) % 2 else box.x0, box.y0 + box.height * row / rows)
        for row in range(rows + 1)
        for side in (0, 1)
    ]
    surface.stroke(points, pen.width, pen.ink)
