"""Pages drawn as text: what a case file shows is what the page looks like.

A row of the drawing is a row of the page, a column half the width of a Japanese character. Three spaces or more part
the lines of a row. ``<16>`` or ``<b>`` at the end of a line says its size or that it is bold.
"""

import re
import unicodedata

from kbtool.document import Box, Method, Page
from kbtool.reading import Line, PageReading

EM = 10.0
PITCH = 15.0
_PIECE = re.compile(r"\S+(?: {1,2}\S+)*")
_MARK = re.compile(r"<(b|\d+)>$")


def read(drawing: str, number: int = 2, method: Method = Method.TEXT_LAYER) -> PageReading:
    lines = []
    rows = drawing.strip("\n").split("\n")
    for index, row in enumerate(rows):
        for found in _PIECE.finditer(row):
            lines.append(_line(found.group(), 60 + _columns(row[: found.start()]) * EM / 2, 120 + index * PITCH))
    return PageReading(number, 595, 842, method, "drawing", tuple(lines))


def show(page: Page) -> str:
    return "\n".join(f"{block.kind}{block.level or ''}: {block.text}" for block in page.blocks)


def _line(text: str, x: float, y: float) -> Line:
    size, bold = EM, False
    while mark := _MARK.search(text):
        text = text[: mark.start()].rstrip()
        bold = bold or mark.group(1) == "b"
        size = float(mark.group(1)) if mark.group(1) != "b" else size
    spans = []
    left = x
    for char in text:
        width = _columns(char) * size / 2
        spans.append((left, left + width))
        left += width
    return Line(text, Box(x, y, left, y + size), tuple(spans), size, bold=bold, engine="drawing")


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
