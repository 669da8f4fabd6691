"""Two pages on one sheet are read one after the other, each with its own page number."""

import pytest

from kbtool.document import Box, Method
from kbtool.layout import build_page
from kbtool.reading import Line, PageReading


def line(text: str, x: float, y: float, *, vertical: bool = False) -> Line:
    extent = 10.0 * len(text)
    box = Box(x, y, x + 10, y + extent) if vertical else Box(x, y, x + extent, y + 10)
    start = y if vertical else x
    spans = tuple((start + 10 * i, start + 10 * i + 10) for i in range(len(text)))
    return Line(text, box, spans, 10.0, vertical=vertical, engine="x")


@pytest.mark.parametrize("vertical", [False, True])
def test_order_of_halves(vertical: bool) -> None:
    words = [("左の頁の文章です", 60.0), ("右の頁の文章です", 480.0)]
    lines = tuple(
        line(text, x + (16 * row if vertical else 0), 80 + (0 if vertical else 16 * row), vertical=vertical)
        for text, x in words
        for row in range(4)
    )
    reading = PageReading(1, 842.0, 595.0, Method.OCR, "x", lines=lines, gutter_pt=421.0)
    text = "".join(block.text for block in build_page(reading, "a").blocks)
    first, second = ("右", "左") if vertical else ("左", "右")
    assert text.rindex(first) < text.index(second)
