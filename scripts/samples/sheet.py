"""A clean sheet of paper to draw on, in millimetres from its top left corner.

Separate from what a page says: it knows text, rules and shaded boxes. Sizes of type are in points, as in a word
processor.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from samples import fonts, paper
from samples.wrap import wrap

MM_PER_POINT = 25.4 / 72
BLACK = (16, 16, 16)
SHADE = (238, 238, 238)
LATIN = re.compile(r"([A-Za-z0-9.]+)")
RULE_PT = 1.0
RULE_PX = paper.px(RULE_PT * MM_PER_POINT)

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set: typeface, size in points, leading as a multiple of the size.

    `latin_face`, where given, sets Latin letters and digits, as office documents do.
    """

    face: str
    size_pt: float
    bold: bool = False
    leading: float = 1.7
    ink: Colour = BLACK
    latin_face: str = ""

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """The loaded typeface at this size."""
        return fonts.load(self.face, paper.px(self.size_mm))

    def runs(self, text: str) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
        """Yield `text` in parts, each with the typeface that it is set in."""
        for part in LATIN.split(text):
            face = self.latin_face if self.latin_face and LATIN.fullmatch(part) else self.face
            yield part, fonts.load(face, paper.px(self.size_mm))

    @property
    def size_mm(self) -> float:
        """Height of the type in millimetres."""
        return self.size_pt * MM_PER_POINT

    @property
    def line_mm(self) -> float:
        """Distance from line to line in millimetres."""
        return self.size_mm * self.leading

    def length_mm(self, text: str) -> float:
        """Return the width of `text` on one line in millimetres."""
        return sum(font.getlength(part) for part, font in self.runs(text)) / paper.DPI * 25.4


class Sheet:
    """One page being drawn."""

    def __init__(self, *, landscape: bool = False) -> None:
        page = paper.blank()
        self.image: Image.Image = page.transpose(Image.Transpose.ROTATE_90) if landscape else page
        self.width_mm, self.height_mm = paper.A4_MM[::-1] if landscape else paper.A4_MM
        self._draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, text: str, style: Style, *, align: str = "left") -> None:
        """Draw one line whose top is at `y`; `x` is its left end, middle or right end as `align` says."""
        x -= style.length_mm(text) * {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
        left = float(paper.px(x))
        for part, font in style.runs(text):
            self._draw.text((round(left), paper.px(y)), part, style.ink, font, stroke_width=1 if style.bold else 0)
            left += font.getlength(part)

    def lines(self, text: str, style: Style, width: float) -> list[str]:
        """Return `text` broken into lines of at most `width` millimetres; a newline in it always breaks."""
        return [line for part in text.split("\n") for line in wrap(part, width, style.length_mm)]

    def rule(self, x0: float, y0: float, x1: float, y1: float, *, points: float = RULE_PT, ink: Colour = BLACK) -> None:
        """Draw a straight rule."""
        self._draw.line([paper.px(x0), paper.px(y0), paper.px(x1), paper.px(y1)], ink, paper.px(points * MM_PER_POINT))

    def box(self, x0: float, y0: float, x1: float, y1: float, *, fill: Colour | None = None) -> None:
        """Draw a ruled box, shaded with `fill`; boxes side by side share the rule between them."""
        left, top, right, bottom = (paper.px(edge) for edge in (x0, y0, x1, y1))
        before, after = RULE_PX // 2, (RULE_PX - 1) // 2
        if fill:
            self._draw.rectangle([left, top, right, bottom], fill)
        for y in (top, bottom):
            self._draw.rectangle([left - before, y - before, right + after, y + after], BLACK)
        for x in (left, right):
            self._draw.rectangle([x - before, top - before, x + after, bottom + after], BLACK)

    def arrow_right(self, x0: float, x1: float, y: float) -> None:
        """Draw an arrow from `x0` to `x1`."""
        self.rule(x0, y, x1 - 1.5, y)
        tip = [(x1, y), (x1 - 2.6, y - 1.3), (x1 - 2.6, y + 1.3)]
        self._draw.polygon([(paper.px(a), paper.px(b)) for a, b in tip], BLACK)
