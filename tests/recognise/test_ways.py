"""A sheet of lines as it is shown to Tesseract."""

import cv2
import numpy as np

from kbtool.recognise.engines import ways
from kbtool.recognise.engines.ways import Way
from tests.recognise.paper import Sheet


def sheet(ink: int, blur: float) -> np.ndarray:  # type: ignore[type-arg]
    drawn = Sheet(600, 100)
    drawn.text(40, 30, "定期コースの解約", 32, ink=(ink, ink, ink))
    return np.asarray(cv2.GaussianBlur(np.asarray(drawn.image.convert("L"), np.uint8), (0, 0), blur), np.uint8)


def test_the_first_way_is_the_sheet_as_it_is() -> None:
    plain = sheet(0, 1.0)
    assert np.array_equal(ways.FIRST.show(plain), plain)


def test_sharpened_strokes_are_darker_and_paper_stays() -> None:
    soft = sheet(0, 3.0)
    sharp = Way(32, sharp=0.12).show(soft)
    assert sharp.min() < soft.min() - 40
    assert sharp[:10].min() == 255


def test_pale_ink_becomes_black() -> None:
    black = Way(32, black=True).show(sheet(190, 1.0))
    assert (black.min(), black.max()) == (0, 255)


def test_a_white_sheet_stays_white() -> None:
    white = np.full((100, 100), 255, np.uint8)
    assert all(way.show(white).min() >= 254 for way in ways.OTHERS)
