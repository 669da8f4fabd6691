"""Ticks and rings: whether a printed choice is marked.

Judged against the choices beside it, never by ink alone: a dark copy, a coarse print or a thick pen change all
choices alike, a mark changes one.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from kbtool.recognise.raster import Grey

_DARK = 150
#: Grey of paper with its grain, and how much darker counts as full ink: a pale pen leaves less, but leaves it.
_PAPER, _FULL_INK = 225, 120.0
#: The printed square itself lies within this share of a tick's zone, from each side.
_SQUARE = 0.2
#: Ink by which a ticked square exceeds its empty neighbours: a thin check mark gives about .12, one in pale pencil .03,
#: an empty square of a noisy scan .001.
TICK_STEP = 0.025
#: Share of its zone by which a ring exceeds the print of its neighbours. One printed character fills up to .15,
#: a ring drawn small about .35.
RING_STEP = 0.15


def tick_ink(zone: Grey) -> float:
    """Ink inside the printed square of a zone, 1 where all of it is as dark as print."""
    height, width = zone.shape
    dy, dx = round(height * _SQUARE), round(width * _SQUARE)
    inside = zone[dy : height - dy, dx : width - dx]
    if not inside.size:
        return 0.0
    return float((np.clip(_PAPER - inside.astype(np.float32), 0, _FULL_INK) / _FULL_INK).mean())


def ring_extent(zone: Grey) -> float:
    """Share of a zone that its largest connected stroke goes round, closed or not; print alone is small pieces."""
    dark = (zone < _DARK).astype(np.uint8)
    strokes, _ = cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return max((cv2.contourArea(cv2.convexHull(stroke)) for stroke in strokes), default=0.0) / zone.size


def judge(values: Sequence[float], everywhere: Sequence[float], step: float) -> list[tuple[bool, float]]:
    """For each choice of a group whether it is marked, and how surely in percent.

    ``everywhere`` are the same measures of all groups of the page: they tell what an empty choice looks like where
    all choices of a group are marked.
    """
    empty = min(*values, _lower_quarter(everywhere))
    return [_judge(value - empty, step) for value in values]


def _lower_quarter(values: Sequence[float]) -> float:
    """What empty choices measure: on any filled form far more than a quarter of them are."""
    return sorted(values)[len(values) // 4]


def _judge(excess: float, step: float) -> tuple[bool, float]:
    distance = min(1.0, abs(excess - step) / step)
    return excess > step, round(50.0 + 49.0 * distance, 1)
