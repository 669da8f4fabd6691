"""Ticks and rings: whether a printed choice is marked, and whether the mark was taken back.

Judged against the choices beside it, never by ink alone: a dark copy, a coarse print or a thick pen change all
choices alike, a mark changes one. Places are [x0, y0, x1, y1] in pixels.
"""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.raster import Grey

PixelBox = tuple[float, float, float, float]
Bits = npt.NDArray[np.uint8]

#: Grey of paper with its grain, and how much darker counts as full ink: a pale pen leaves less, but leaves it.
_PAPER, _FULL_INK = 225, 120.0
#: The printed square or circle itself lies outside of an oval of this share of a tick's zone.
_INSIDE = 0.62
#: Ink by which a ticked square exceeds its empty neighbours: a thin check mark gives about .12, one in pale pencil .03,
#: an empty square of a noisy scan .001.
TICK_STEP = 0.025
#: Share of its zone's width that a ring covers above and below the words: a small one round a figure about .3, one that
#: a fax left in pieces .13; an empty choice nothing.
RING_STEP = 0.1
#: What is darker than one of these may be a ring: pencil and pen part from paper and from print at different greys.
_LEVELS = (110, 150, 180, 205, 228)
#: A ring may leave its zone by so much of it, above and below. Kanji reach so much higher than figures.
_ROOM, _CLEAR = 0.25, 0.07
_STEPS = 16
_SPECK_IN2 = 3 / 200**2
#: A line that takes a mark back: how far from the middle, how steep, how much of it is inked; how far it runs on beside
#: a square, where nothing is printed before the words.
_OFF_MIDDLE, _STEEPEST, _DRAWN_THROUGH = 0.3, 0.25, 0.95
_BEFORE_SQUARE, _BEHIND_SQUARE = 0.12, 0.75
_STRUCK_INK = 0.3


def tick_ink(page: Grey, zone: PixelBox) -> float:
    """Ink inside the printed square of a zone, 1 where all of it is as dark as print."""
    inside = _ink(_part(page, zone))
    height, width = inside.shape
    y, x = np.ogrid[:height, :width]
    oval = ((x + 0.5) / width - 0.5) ** 2 + ((y + 0.5) / height - 0.5) ** 2 < (_INSIDE / 2) ** 2
    return float(inside[oval].mean()) if oval.any() else 0.0


def rings(page: Grey, zones: Sequence[PixelBox], dpi: float) -> list[float]:
    """How much of its width each zone has inked both above and below the height of the page's printed choices.

    Words leave that room for a ring. It counts piece by piece, for worn toner and rules break rings.
    """
    found = [_beyond_words([_inked(page, zone, level, dpi) for zone in zones]) for level in _LEVELS]
    return [max(measures) for measures in zip(*found, strict=True)]


def is_struck(page: Grey, zone: PixelBox) -> bool:
    """Whether a line goes level through a printed square and on towards its words."""
    x0, y0, x1, y1 = zone
    width, height = x1 - x0, y1 - y0
    start, end = x0 - _BEFORE_SQUARE * width, x1 + _BEHIND_SQUARE * width
    xs = np.arange(max(0, round(start)), min(page.shape[1], round(end)))
    middles = (y0 + y1) / 2 + np.linspace(-_OFF_MIDDLE, _OFF_MIDDLE, 13) * height
    slopes = np.linspace(-_STEEPEST, _STEEPEST, 9)
    if not len(xs):
        return False
    ys = middles[:, None, None] + slopes[None, :, None] * (xs - xs.mean())[None, None, :]
    top, bottom = max(0, round(y0 - height)), round(y1 + height)
    broad = cv2.erode(page[top:bottom], np.ones((3, 1), np.uint8))  # no hand draws a straight line
    inked = _ink(broad[np.clip(np.rint(ys - top).astype(np.int64), 0, len(broad) - 1), xs]) > _STRUCK_INK
    return bool(inked.mean(axis=2).max() >= _DRAWN_THROUGH)


def judge(values: Sequence[float], everywhere: Sequence[float], step: float) -> list[tuple[bool, float]]:
    """For each choice of a group whether it is marked, and how surely in percent.

    ``everywhere`` are the same measures of all groups of the page: they tell what an empty choice looks like where
    all choices of a group are marked, or where the words of one (a lone 1) measure next to nothing.
    """
    usual = _lower_quarter(everywhere)
    empty = min(values)
    if not usual <= empty <= usual + step:
        empty = usual
    return [_judge(value - empty, step) for value in values]


def _lower_quarter(values: Sequence[float]) -> float:
    """What empty choices measure: on any filled form far more than a quarter of them are."""
    return sorted(values)[len(values) // 4]


def _judge(excess: float, step: float) -> tuple[bool, float]:
    distance = min(1.0, abs(excess - step) / step)
    return excess > step, round(50.0 + 49.0 * distance, 1)


def _ink(grey: Grey) -> npt.NDArray[np.float32]:
    return np.clip(_PAPER - grey.astype(np.float32), 0, _FULL_INK) / np.float32(_FULL_INK)


def _part(page: Grey, box: PixelBox) -> Grey:
    x0, y0, x1, y1 = (max(0, round(side)) for side in box)
    return page[y0 : max(y0 + 1, y1), x0 : max(x0 + 1, x1)]


def _inked(page: Grey, zone: PixelBox, level: int, dpi: float) -> Bits:
    """What is darker than a grey in a zone and the room above and below it, specks aside; 1 is ink."""
    x0, y0, x1, y1 = zone
    room = _ROOM * (y1 - y0)
    dark = (_part(page, (x0, y0 - room, x1, y1 + room)) < level).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    specks = np.flatnonzero(np.asarray(stats)[:, cv2.CC_STAT_AREA] < _SPECK_IN2 * dpi * dpi)
    return np.where(np.isin(labels, specks), 0, dark).astype(np.uint8)


def _beyond_words(parts: Sequence[Bits]) -> list[float]:
    """For each zone how much of its width is inked above and below where words stand on this page."""
    extents = [np.flatnonzero(part.any(axis=1))[[0, -1]] / len(part) for part in parts if part.any()]
    if not extents:
        return [0.0] * len(parts)
    tops, bottoms = zip(*extents, strict=True)
    # Most choices bear no ring: theirs are the inner ones.
    top, bottom = float(np.quantile(tops, 0.75)) - _CLEAR, float(np.quantile(bottoms, 0.25)) + _CLEAR
    return [min(_covered(p[: round(top * len(p))]), _covered(p[round(bottom * len(p)) :])) for p in parts]


def _covered(band: Bits) -> float:
    """Share of the band's width with ink in it, counted in steps."""
    steps = np.array_split(band.any(axis=0), _STEPS) if band.size else []
    return sum(bool(step.any()) for step in steps) / _STEPS
