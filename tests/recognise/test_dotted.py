"""Rules of which a fax leaves dots: lines across a table, told from specks and from words."""

import numpy as np
import pytest

from kbtool.recognise.dotted import dotted
from kbtool.recognise.raster import Grey
from tests.recognise.paper import DPI, Sheet

SPANS, LINES, REACH = ((20, 320), (320, 980)), (10, 290), (10, 290)
ROW = 150


def fax(words: bool = True) -> Grey:
    """A table's inside with specks, and words above and below its middle."""
    sheet = Sheet(1000, 300)
    for y in (100, 170) if words else ():
        sheet.text(30, y, "取扱説明書", 26)
        sheet.text(340, y, "一次対応者 口座-E01-A20", 26)
    pixels = sheet.raster().pixels
    grey = np.where((pixels if pixels.ndim == 2 else pixels[..., 0]) < 150, 0, 255).astype(np.uint8)
    grey[np.random.default_rng(2).random(grey.shape) < 0.0003] = 0
    return grey


def test_dots_across_the_table_are_a_line() -> None:
    grey = fax()
    for x in np.random.default_rng(3).integers(20, 980, 25):
        grey[ROW, x : x + 3] = 0
    (found,) = dotted(grey, SPANS, LINES, REACH, DPI)
    assert found.y == pytest.approx(ROW, abs=1)
    assert found.spans == SPANS


def test_specks_and_words_are_none() -> None:
    assert not list(dotted(fax(), SPANS, LINES, REACH, DPI))


def test_nothing_is_looked_for_in_grey() -> None:
    grey = fax(words=False)
    grey[ROW, ::9] = 0
    grey[200:220] = 150
    assert not list(dotted(grey, SPANS, LINES, REACH, DPI))
