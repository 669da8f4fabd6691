"""Where pages are drawn: pixels for scans, a PDF for born-digital pages; both in points from the top left.

Separate so that a layout is written once and can be both.
"""

import io
import re
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from PIL import Image, ImageDraw
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.reading.faces import Face, file_of, load
from kbtool.document import Box

A4_PT = (595.0, 842.0)
DPI = 300
_SCALE = DPI / 72
#: Distance of the baseline from the top of the em box.
_ASCENT = 0.88
#: Characters that lie on their side in vertical lines.
_SIDEWAYS = "ー－〜…（）「」『』【】〔〕()-：=:~"
_UPPER_RIGHT = "、。，．"
_EM_BOX = re.compile(r"(?<![0-9A-Za-z.,:/-])[0-9]{2}(?![0-9A-Za-z.,:/-])|.")
_SMALL = "ぁぃぅぇぉっゃゅょァィゥェォッャュョ"


class Surface(Protocol):
    """What a layout needs: words at the top left corner of their em box, rules, rings."""

    def text(self, x: float, y: float, text: str, size: float, face: Face, ink: int = 0) -> None: ...
    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6) -> None: ...
    def fill(self, box: Box, grey: int) -> None: ...
    def ring(self, box: Box, width: float = 1.2) -> None: ...
    def stroke(self, points: Sequence[tuple[float, float]], width: float, ink: int = 0) -> None: ...


def measure(text: str, size: float, face: Face) -> float:
    """Return the length of a line of text in points."""
    return load(face, round(size * _SCALE)).getlength(text) / _SCALE


def em_boxes(text: str) -> list[str]:
    """Return what stands in each em box of a vertical line: a character, or a number of two figures side by side."""
    return _EM_BOX.findall(text)


class Pixels:
    """A grey page at 300 dpi."""

    def __init__(self) -> None:
        self.image = Image.new("L", (round(A4_PT[0] * _SCALE), round(A4_PT[1] * _SCALE)), 255)
        self._draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, text: str, size: float, face: Face, ink: int = 0) -> None:
        """Draw a level line in a grey."""
        font = load(face, round(size * _SCALE))
        self._draw.text((x * _SCALE, (y + _ASCENT * size) * _SCALE), text, fill=ink, font=font, anchor="ls")

    def upright(self, x: float, y: float, text: str, size: float, face: Face) -> None:
        """Draw a vertical line downwards; ``x`` is its left side. What ``em_boxes`` keeps together shares a box."""
        for index, unit in enumerate(em_boxes(text)):
            if len(unit) == 1:
                self._character(x, y + index * size, unit, size, face)
            else:
                width = measure(unit, size, face)
                self.text(x + (size - width) / 2, y + index * size, unit, size, face)

    def _character(self, x: float, y: float, character: str, size: float, face: Face) -> None:
        if character in _SIDEWAYS:
            side = round(size * _SCALE)
            tile = Image.new("L", (side, side), 255)
            ImageDraw.Draw(tile).text((0, _ASCENT * side), character, fill=0, font=load(face, side), anchor="ls")
            self.image.paste(tile.rotate(-90), (round(x * _SCALE), round(y * _SCALE)))
            return
        if character in _UPPER_RIGHT:
            x, y = x + 0.55 * size, y - 0.55 * size
        elif character in _SMALL:
            x, y = x + 0.1 * size, y - 0.1 * size
        elif (width := measure(character, size, face)) < 0.8 * size:
            x += (size - width) / 2
        self.text(x, y, character, size, face)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6) -> None:
        """Draw a rule."""
        ends = [value * _SCALE for value in (x0, y0, x1, y1)]
        self._draw.line(ends, fill=0, width=max(1, round(width * _SCALE)))

    def fill(self, box: Box, grey: int) -> None:
        """Fill a box with a grey."""
        self._draw.rectangle([value * _SCALE for value in box], fill=grey)

    def ring(self, box: Box, width: float = 1.2) -> None:
        """Draw an oval inside a box."""
        self._draw.ellipse([value * _SCALE for value in box], outline=0, width=round(width * _SCALE))

    def stroke(self, points: Sequence[tuple[float, float]], width: float, ink: int = 0) -> None:
        """Draw through points with a pen of a grey."""
        placed = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.line(placed, fill=ink, width=max(1, round(width * _SCALE)), joint="curve")


class Sheets:
    """Pages of a PDF with a text layer; ``page()`` begins the next one."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self._canvas = Canvas(self._bytes, pagesize=A4_PT, invariant=1)
        self._pages = 0

    def page(self) -> "Sheets":
        """Begin a page and return this surface."""
        if self._pages:
            self._canvas.showPage()
        self._pages += 1
        return self

    @cached_property
    def data(self) -> bytes:
        """The finished PDF."""
        self._canvas.save()
        return self._bytes.getvalue()

    def text(self, x: float, y: float, text: str, size: float, face: Face, ink: int = 0) -> None:
        """Draw a level line in a grey."""
        name = file_of(face).stem
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, file_of(face)))
        self._canvas.setFillGray(ink / 255)
        self._canvas.setFont(name, size)
        self._canvas.drawString(x, A4_PT[1] - y - _ASCENT * size, text)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6) -> None:
        """Draw a rule."""
        self._canvas.setLineWidth(width)
        self._canvas.line(x0, A4_PT[1] - y0, x1, A4_PT[1] - y1)

    def fill(self, box: Box, grey: int) -> None:
        """Fill a box with a grey."""
        self._canvas.setFillGray(grey / 255)
        self._canvas.rect(box.x0, A4_PT[1] - box.y1, box.width, box.height, stroke=0, fill=1)

    def ring(self, box: Box, width: float = 1.2) -> None:
        """Draw an oval inside a box."""
        self._canvas.setLineWidth(width)
        self._canvas.ellipse(box.x0, A4_PT[1] - box.y1, box.x1, A4_PT[1] - box.y0)

    def stroke(self, points: Sequence[tuple[float, float]], width: float, ink: int = 0) -> None:
        """Draw through points with a pen of a grey."""
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], A4_PT[1] - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, A4_PT[1] - y)
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeGray(ink / 255)
        self._canvas.drawPath(path)
        self._canvas.setStrokeGray(0)
