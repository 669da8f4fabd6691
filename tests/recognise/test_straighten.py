"""Sheets found in photographs and set straight, against where they were laid; scans left as they are."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from kbtool.recognise import Raster
from kbtool.recognise.light import to_grey
from kbtool.recognise.straighten import straighten
from kbtool.recognise.text_runs import text_runs
from tests.recognise.desk import Shot, photograph
from tests.recognise.paper import MINCHO, Sheet, scanned

WIDTH, HEIGHT = 1400, 1980
#: A mark stands at each of these places of the sheet, in fractions.
MARKS = [(x, y) for x in (0.08, 0.5, 0.92) for y in (0.06, 0.95)]


def letter() -> Sheet:
    """A4 with lines of words, and a small ring at each of the marks."""
    sheet = Sheet(WIDTH, HEIGHT)
    for row in range(24):
        words = "解約は次回お届け予定日の十日前までにお電話ください。返品は未開封に限ります。"
        sheet.text(180, 180 + 66 * row, words[row % 5 : 34 - row % 7], 30, MINCHO)
    for x, y in MARKS:
        x, y = x * WIDTH, y * HEIGHT
        sheet.draw.ellipse((x - 14, y - 14, x + 14, y + 14), outline="black", width=7)
    return sheet


def marks_of(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> list[tuple[float, float]]:
    """Where rings stand on a page, in fractions."""
    grey = to_grey(pixels)
    dark = (cv2.GaussianBlur(grey, (0, 0), 1.5) < 0.75 * cv2.blur(grey, (101, 101))).astype(np.uint8)
    count, _, stats, centres = cv2.connectedComponentsWithStats(1 - dark)
    holes = [i for i in range(1, count) if 20 < stats[i][4] < 900 and 0.7 < stats[i][2] / stats[i][3] < 1.4]
    height, width = grey.shape
    return [(float(centres[i][0]) / width, float(centres[i][1]) / height) for i in holes]


def distance(mark: tuple[float, float], found: list[tuple[float, float]]) -> float:
    return min((float(np.hypot(mark[0] - x, mark[1] - y)) for x, y in found), default=1.0)


SHOTS = {
    "flat": Shot(roll=2),
    "tilted, on wood": Shot(tilt=18, lean=6, roll=3, desk="wood", level=110),
    "steep and small, on cloth": Shot(tilt=30, lean=-12, roll=-6, desk="cloth", level=70, fill=0.72),
    "on a white desk": Shot(tilt=10, roll=-2, level=195),
    "beside a keyboard": Shot(tilt=12, lean=8, roll=4, desk="things", level=120),
    "under a hand's shadow": Shot(tilt=8, hand=True, desk="wood"),
    "in the dark": Shot(tilt=8, lean=3, light=0.35, noise=7),
}


@pytest.mark.parametrize("shot", SHOTS.values(), ids=SHOTS.keys())
def test_cuts_the_sheet_out(shot: Shot) -> None:
    page = straighten(Raster(photograph(np.asarray(letter().image), shot, 1200, 1600), 200))
    height, width = page.pixels.shape[:2]
    assert height / width == pytest.approx(2**0.5, abs=0.01)
    assert page.dpi == pytest.approx(width / 8.27, rel=0.02)
    found = marks_of(page.pixels)
    assert max(distance(mark, found) for mark in MARKS) < 0.012
    assert page.paper is not None and page.paper.mean() > 0.9


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
@pytest.mark.parametrize(
    "shot", [Shot(tilt=12, curl=0.07, level=60), Shot(tilt=8, spine=0.08, curl=0.02, fill=1.06)], ids=["curl", "book"]
)
def test_lays_a_bent_sheet_flat(shot: Shot, quarter: int) -> None:
    photo = photograph(np.asarray(letter().image), shot, 1200, 1600)
    page = straighten(Raster(np.ascontiguousarray(np.rot90(photo, quarter)), 200))
    upright = np.ascontiguousarray(np.rot90(page.pixels, -quarter))
    assert wave(upright) < 1.5


def wave(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> float:
    """How far the long lines of a page leave their height, in pixels of a page 1000 wide."""
    grey = to_grey(pixels)
    small = cv2.resize(grey, (1000, round(1000 * grey.shape[0] / grey.shape[1])), interpolation=cv2.INTER_AREA)
    light = cv2.blur(cv2.dilate(small, np.ones((25, 25), np.uint8)), (25, 25))
    runs = text_runs(np.asarray(cv2.divide(small, light, scale=255), np.uint8))
    return float(np.median([np.percentile(abs(run.y - run.y.mean()), 90) for run in runs.runs if run.length > 500]))


@pytest.mark.parametrize("degrees", [0.0, 0.02])
@pytest.mark.parametrize("shadow", [False, True])
def test_a_straight_scan_keeps_its_pixels(degrees: float, shadow: bool) -> None:
    scan = scanned(letter().raster(), degrees=degrees, noise=6, shadow=shadow)
    page = straighten(scan)
    assert page.pixels is scan.pixels
    assert page.mesh == ()


def test_a_panel_printed_on_the_page_is_no_sheet() -> None:
    sheet = letter()
    whole = Sheet(WIDTH, HEIGHT)
    whole.draw.rectangle((0, 0, WIDTH, HEIGHT), fill=(70, 90, 140))
    for row in range(4):
        whole.text(80, 40 + 60 * row, "取扱説明書 保証書付き 家庭用", 44, ink="white")
    whole.image.paste(sheet.image.resize((1100, 1500)), (150, 330))
    page = straighten(whole.raster())
    assert page.pixels.shape[:2] == (HEIGHT, WIDTH)


def test_the_mesh_tells_where_each_place_came_from() -> None:
    shot = replace(SHOTS["tilted, on wood"], noise=1.0)
    photo = photograph(np.asarray(letter().image), shot, 1200, 1600)
    page = straighten(Raster(photo, 200))
    nodes = np.asarray(page.mesh, np.float32)
    seen = marks_of(photo)
    for x, y in marks_of(page.pixels):
        at = np.array([[x * (nodes.shape[1] - 1), y * (nodes.shape[0] - 1)]], np.float32)
        place = cv2.remap(nodes, at[:, :1], at[:, 1:], cv2.INTER_LINEAR)[0, 0]
        assert distance((float(place[0]), float(place[1])), seen) < 0.003
