"""The shadow of a crease goes, and everything that is printed stays."""

import cv2
import numpy as np
import pytest

from kbtool.recognise.clean_up import clean
from kbtool.recognise.creases import without_creases
from kbtool.recognise.grids import find_grids
from kbtool.recognise.raster import Grey, Raster
from kbtool.recognise.rules import groups_of, table_groups
from kbtool.recognise.ruling import find_rules

DPI = 200
WIDTH, HEIGHT = 1654, 2339


def table(rows: int = 10) -> Grey:
    """A ruled table of three columns in the middle of a page."""
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    bottom = 700 + 60 * rows
    for row in range(rows + 1):
        cv2.line(page, (200, 700 + 60 * row), (1450, 700 + 60 * row), 0, 2)
    for x in (200, 500, 1000, 1450):
        cv2.line(page, (x, 700), (x, bottom), 0, 2)
    return page


def folded(page: Grey, at: int, depth: float = 0.47, width: float = 15.0) -> Grey:
    """A crease across the page, with the grain of a scanner."""
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
    shade = 1 - depth * np.exp(-(((rows - at) / width) ** 2))
    grain = np.random.default_rng(1).normal(0, 5, page.shape)
    return np.clip(page * shade + grain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("at", [970, 1000, 1030])
def test_a_table_over_a_crease_is_one_table(at: int) -> None:
    page = clean(Raster(folded(table(), at), DPI))
    grids = find_grids(table_groups(groups_of(find_rules(page.grey, page.dpi))))
    assert [(len(grid.ys) - 1, len(grid.xs) - 1) for grid in grids] == [(10, 3)]


def test_an_upright_crease_goes_like_a_level_one() -> None:
    level = folded(table(), 1000)
    upright = without_creases(np.ascontiguousarray(level.T), DPI)
    assert np.array_equal(upright.T, without_creases(level, DPI))
    assert int(np.median(without_creases(level, DPI)[1010])) > 240


def test_bars_tints_and_rules_stay_as_they_are() -> None:
    page = table()
    page[300:340, 100:1550] = 60
    page[500:530, 100:1550] = 200
    page[600:606, 100:1550] = 0
    soft = np.asarray(cv2.GaussianBlur(page, (0, 0), 1.4), np.uint8)
    assert np.array_equal(without_creases(soft, DPI), soft)
