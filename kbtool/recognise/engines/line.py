"""What an engine returns, and what it must be able to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from kbtool.recognise.raster import Grey

#: Four corners (x, y) in pixels, clockwise from the top left.
Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line as an engine reads it.

    ``spans``: start and end of each character in pixels along x, or along y where ``vertical``. ``confidences``:
    one percentage a character. ``sideways``: the letters lie on their side, as words do on a page that was turned.
    ``measured``: the spans are where the recogniser saw each character, not a word's box shared out evenly.
    """

    text: str
    quad: Quad
    confidence: float
    spans: tuple[Span, ...]
    confidences: tuple[float, ...]
    vertical: bool = False
    sideways: bool = False
    engine: str = ""
    measured: bool = True

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        xs, ys = zip(*self.quad, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


class Engine(Protocol):
    """An OCR engine: named, dated, and able to read a page.

    Made with the languages to read (Tesseract's names); raises EnvironmentMissing when it cannot work here.
    """

    name: str
    #: Name, version, model, precision, processor features: same fingerprint, same reading.
    fingerprint: str

    def read(self, image: Grey, dpi: float) -> tuple[OcrLine, ...]:
        """Find and read the lines of an upright, straight image, in any order."""

    def read_line(self, image: Grey, dpi: float) -> OcrLine | None:
        """Read an image that holds one horizontal line; None where it sees no words."""


@runtime_checkable
class Glancing(Protocol):
    """An engine that can also read a few short lines for little, which tells which way up a page is."""

    def glance(self, images: Sequence[Grey], dpi: float) -> list[OcrLine | None]:
        """Read images of one horizontal line each, once and without a second opinion; None where it sees no words."""


def upright_quad(x0: float, y0: float, x1: float, y1: float) -> Quad:
    """The corners of an upright rectangle."""
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)
