"""Commas and full stops among figures, as the paper has them, whatever was read."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from kbtool.recognise.engines.commas import settle_commas
from kbtool.recognise.engines.line import OcrLine, upright_quad
from kbtool.recognise.raster import Grey
from tests.recognise.paper import GOTHIC, MINCHO, Sheet

#: Pixels a figure of IPA's fixed-width faces takes, as a share of the type's size.
_STEP = 0.5


def written(words: str, size: int, mincho: bool) -> tuple[OcrLine, Grey]:
    sheet = Sheet(500, 80)
    sheet.text(40, 20, words, size, MINCHO if mincho else GOTHIC)
    image = cv2.GaussianBlur(np.asarray(sheet.image.convert("L"), np.uint8), (0, 0), 0.8)
    spans = tuple((40 + _STEP * size * i, 40 + _STEP * size * (i + 1)) for i in range(len(words)))
    box = upright_quad(40, 20 + 0.1 * size, spans[-1][1], 20 + 0.9 * size)
    return OcrLine(words, box, 90.0, spans, (90.0,) * len(words)), np.asarray(image, np.uint8)


@pytest.mark.parametrize("size", [20, 28, 40])
@pytest.mark.parametrize("mincho", [False, True])
@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("43,340", "43.340"),
        ("43,340", "43,340"),
        ("1,243,340", "1.243.340"),
        ("43.340", "43.340"),
        ("3.6", "3.6"),
        ("12.5", "12,5"),
    ],
)
def test_a_mark_before_three_figures(printed: str, read: str, size: int, mincho: bool) -> None:
    line, image = written(printed, size, mincho)
    expected = read if read == "12,5" else printed
    assert settle_commas(replace(line, text=read), image).text == expected


def test_a_mark_read_as_two() -> None:
    line, image = written("100,650", 28, False)
    spans = (*line.spans[:3], (line.spans[3][0], line.spans[3][0] + 7), (line.spans[3][0] + 7, line.spans[3][1]))
    read = replace(line, text="100,.650", spans=(*spans, *line.spans[4:]), confidences=(90.0,) * 8)
    settled = settle_commas(read, image)
    assert settled.text == "100,650"
    assert (settled.spans, len(settled.confidences)) == (line.spans, 7)
