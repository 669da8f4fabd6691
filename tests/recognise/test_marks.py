"""Ticks of all kinds and pens on scans of all kinds, measured without reading a word."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from kbtool.recognise.clean_up import flatten
from kbtool.recognise.marks import TICK_STEP, judge, tick_ink
from kbtool.recognise.raster import Grey

#: Drawn so many times finer than scanned.
FINE = 4
SQUARE_PT, STEP_PT, CHOICES, MARKED = 11, 60, 5, 2
Point = tuple[float, float]

STROKES: dict[str, tuple[tuple[Point, ...], ...]] = {
    "check": (((0.1, 0.45), (0.4, 0.9), (1.2, -0.2)),),
    "レ": (((0.25, 0.1), (0.3, 0.85), (0.95, 0.3)),),
    "cross": (((0.1, 0.1), (0.9, 0.9)), ((0.1, 0.9), (0.9, 0.1))),
    "slash": (((0.1, 0.9), (0.9, 0.1)),),
    "over the box": (((-0.3, 0.2), (0.3, 1.1), (1.6, -0.6)),),
}


def zones(kind: str, dpi: int, pen: int, width_pt: float) -> list[Grey]:
    """The zones of five choices, the third marked, after a scan with grain."""
    scale = dpi / 72 * FINE
    paper = np.full((round(40 * scale), round(CHOICES * STEP_PT * scale)), 255, np.uint8)
    side = round(SQUARE_PT * scale)
    corners = [(round((20 + STEP_PT * i) * scale), round(14 * scale)) for i in range(CHOICES)]
    for x, y in corners:
        cv2.rectangle(paper, (x, y), (x + side, y + side), 30, round(0.8 * scale), cv2.LINE_AA)
    x, y = corners[MARKED]
    for stroke in STROKES.get(kind, ()):
        points = np.array([(round(x + fx * side), round(y + fy * side)) for fx, fy in stroke], np.int32)
        cv2.polylines(paper, [points], False, pen, max(1, round(width_pt * scale)), cv2.LINE_AA)
    small = cv2.resize(paper, None, fx=1 / FINE, fy=1 / FINE, interpolation=cv2.INTER_AREA)
    grain = np.random.default_rng(dpi + pen).normal(0, 6, small.shape)
    scan = flatten(np.clip(cv2.GaussianBlur(small, (0, 0), 0.9) + grain, 0, 255).astype(np.uint8), dpi)
    rim = dpi / 72
    return [
        scan[
            round(y / FINE - rim) : round((y + side) / FINE + rim),
            round(x / FINE - rim) : round((x + side) / FINE + rim),
        ]
        for x, y in corners
    ]


def marked(cut: Callable[[], list[Grey]]) -> list[int]:
    inks = [tick_ink(zone) for zone in cut()]
    return [i for i, (is_marked, _) in enumerate(judge(inks, inks, TICK_STEP)) if is_marked]


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize(("pen", "width_pt"), [(40, 0.6), (110, 1.0), (150, 1.0)])
@pytest.mark.parametrize("kind", STROKES)
def test_a_tick_is_seen(kind: str, pen: int, width_pt: float, dpi: int) -> None:
    assert marked(lambda: zones(kind, dpi, pen, width_pt)) == [MARKED]


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_empty_squares_are_empty(dpi: int) -> None:
    assert marked(lambda: zones("none", dpi, 0, 0)) == []
