"""Ticks, rings and strokes through them, of all pens on scans of all kinds, measured without reading a word."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from kbtool.recognise.light import flatten
from kbtool.recognise.marks import RING_STEP, TICK_STEP, PixelBox, is_struck, judge, rings, tick_ink
from kbtool.recognise.raster import Grey
from tests.recognise.paper import Sheet

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
    inks = [tick_ink(zone, (0, 0, *zone.shape[::-1])) for zone in cut()]
    return [i for i, (is_marked, _) in enumerate(judge(inks, inks, TICK_STEP)) if is_marked]


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize(("pen", "width_pt"), [(40, 0.6), (110, 1.0), (150, 1.0)])
@pytest.mark.parametrize("kind", STROKES)
def test_a_tick_is_seen(kind: str, pen: int, width_pt: float, dpi: int) -> None:
    assert marked(lambda: zones(kind, dpi, pen, width_pt)) == [MARKED]


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_empty_squares_are_empty(dpi: int) -> None:
    assert marked(lambda: zones("none", dpi, 0, 0)) == []


#: Choices stand 200 pixels apart; each zone has room for a ring.
CHOICE_PX, WORDS = 200, ("1", "要", "不要", "一万円")


def choices(pen: int, width: int, parts: tuple[tuple[int, int], ...]) -> tuple[Grey, list[PixelBox]]:
    """A row of printed choices, the third in a ring drawn in parts (from degrees, to degrees)."""
    sheet = Sheet(1000, 120)
    zones: list[PixelBox] = []
    for i, word in enumerate(WORDS):
        x = 60 + CHOICE_PX * i
        sheet.text(x, 44, word, 30)
        wide = len(word) * (15 if word.isascii() else 30)
        zones.append((x - 18, 28, x + wide + 18, 92))
    x0, y0, x1, y1 = zones[MARKED]
    for start, end in parts:
        sheet.draw.arc((x0 + 4, y0 + 6, x1 - 6, y1 - 4), start, end, fill=(pen, pen, pen), width=width)
    return flatten(sheet.raster().pixels[..., 0].copy(), 200), zones


@pytest.mark.parametrize(("pen", "width"), [(20, 4), (120, 3), (190, 2)])
@pytest.mark.parametrize(
    "parts", [((0, 360),), ((-60, 250),), ((0, 70), (90, 170), (190, 265), (280, 350))], ids=["whole", "open", "broken"]
)
def test_a_ring_is_seen(parts: tuple[tuple[int, int], ...], pen: int, width: int) -> None:
    page, zones = choices(pen, width, parts)
    covers = rings(page, zones, 200)
    assert [marked for marked, _ in judge(covers, covers, RING_STEP)] == [False, False, True, False]


def test_words_are_no_ring() -> None:
    page, zones = choices(0, 1, ())
    assert max(rings(page, zones, 200)) == 0


def test_a_line_through_a_choice_takes_its_mark_back() -> None:
    """Two level lines through square and words; a tick that runs far out of its square is none."""
    sheet = Sheet(700, 120)
    zones = [(48, 38, 82, 72), (298, 38, 332, 72), (548, 38, 582, 72)]
    for x, _, _, _ in zones:
        sheet.draw.rectangle((x + 2, 40, x + 32, 70), outline="black", width=2)
        sheet.text(x + 42, 38, "返品", 32)
        sheet.draw.line(((x + 4, 52), (x + 14, 68), (x + 62, 18)), fill="black", width=4)
    for y in (50, 60):
        sheet.draw.line((288, y, 420, y + 4), fill=(60, 60, 60), width=3)
    page = sheet.raster().pixels[..., 0]
    assert [is_struck(page, zone) for zone in zones] == [False, True, False]
