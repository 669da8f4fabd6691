"""Heavy grain is smoothed, and nothing else."""

import numpy as np
import pytest

from kbtool.recognise.engines.tesseract import TesseractEngine
from kbtool.recognise.grain import without_grain
from kbtool.recognise.raster import Grey
from tests.recognise.paper import DPI, MINCHO, Sheet, error_rate

WORDS = ("受付番号", "送り先の住所", "修理受付係", "商品名", "電話番号", "納品書の控え")
#: How far the shadow of a binding reaches, in pixels; the words begin at its end.
SHADOW = 150


def page(grain: float) -> Grey:
    sheet = Sheet(900, 700)
    for row, words in enumerate(WORDS):
        sheet.text(SHADOW + 10, 60 + 100 * row, words, 26, MINCHO)
    noise = np.random.default_rng(5).normal(0, 1, (700, 900)) * 4
    noise[:, :SHADOW] *= grain / 4
    return np.clip(np.asarray(sheet.image.convert("L"), np.float64) + noise, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("grain", [0, 4, 12])
def test_the_grain_of_scanners_stays(grain: float) -> None:
    assert np.array_equal(without_grain(page(grain), DPI), page(grain))


def test_heavy_grain_goes_and_the_rest_stays() -> None:
    before = page(70)
    after = without_grain(before, DPI)
    assert after[:, : SHADOW - 30].std() < 0.25 * before[:, : SHADOW - 30].std()
    assert np.array_equal(after[:, SHADOW + 40 :], before[:, SHADOW + 40 :])


def test_lines_beside_a_deep_shadow_are_found() -> None:
    lines = TesseractEngine().read(without_grain(page(70), DPI), DPI)
    text = "".join(line.text for line in sorted(lines, key=lambda line: line.bounds[1]))
    assert error_rate(text, "".join(WORDS)) <= 0.1
